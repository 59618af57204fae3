// Pages for people and machines: the OpenAPI document, its reader, and a first page. All assets come from this process.
import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { openApiDocument } from '@glasshouse/api';
import type { FastifyInstance } from 'fastify';

export type DocumentOptions = { readonly title: string; readonly version: string };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

function frontPage(title: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
<h1>${escaped(title)}</h1>
<p>The API answers here, and the WebSocket on this same address.</p>
<ul>
<li><a href="/docs/">API documentation</a></li>
<li><a href="/openapi.json">OpenAPI document</a></li>
<li><a href="/api/v1/markets">Markets</a></li>
</ul>
</html>
`;
}

export async function addDocuments(app: FastifyInstance, options: DocumentOptions): Promise<void> {
  const document = openApiDocument({ version: options.version, serverUrl: '/' });
  const text = JSON.stringify(document);
  const page = frontPage(options.title);
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(text),
  );
  app.get('/', (_request, reply) => reply.header('content-type', 'text/html; charset=utf-8').send(page));
  await app.register(fastifySwagger, { mode: 'static', specification: { document: JSON.parse(text) } });
  await app.register(fastifySwaggerUi, { routePrefix: '/docs', uiConfig: { docExpansion: 'list' } });
}
