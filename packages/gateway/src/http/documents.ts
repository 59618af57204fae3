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

const FRONT_STYLE = `:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:4rem auto;padding:0 1rem}
pre{padding:.8rem 1rem;border-radius:.5rem;overflow-x:auto;background:color-mix(in srgb,CanvasText 8%,Canvas)}
a{color:light-dark(#1d5fa8,#8ab8f0)}`;

/** Without the bar of the reader's own makers, and dark where the system is. */
const READER_THEME = {
  css: [{ filename: 'glasshouse.css', content: '.swagger-ui .topbar{display:none}' }],
  js: [
    {
      filename: 'glasshouse.js',
      content:
        "document.documentElement.classList.toggle('dark-mode',matchMedia('(prefers-color-scheme: dark)').matches)",
    },
  ],
};

function frontPage(title: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${FRONT_STYLE}</style>
<h1>${escaped(title)}</h1>
<p>An exchange that speaks the Backpack API: this address answers HTTP and WebSocket.</p>
<ul>
<li><a href="/docs/">Every operation, to read and try</a></li>
<li><a href="/openapi.json">The same for machines (OpenAPI 3.1)</a></li>
<li><a href="/api/v1/markets">Markets</a>, <a href="/api/v1/tickers">tickers</a>, <a href="/glass/v1/parameters">parameters</a>, <a href="/glass/v1/state">state of the log</a></li>
</ul>
<p>An account with play money, where this venue is a sandbox:</p>
<pre><code>npx glasshouse account new --fund USDC=1000000,SOL=10000 --json</code></pre>
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
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    theme: { title: options.title, ...READER_THEME },
    uiConfig: { docExpansion: 'list' },
  });
}
