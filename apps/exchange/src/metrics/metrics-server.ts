// Metrics on a port of their own: they are for the operator, not for callers of the API.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export type MetricsAddress = { readonly host: string; readonly port: number };
export type MetricsServer = { readonly port: number; close(): Promise<void> };

const HEADERS_TIMEOUT_MS = 5_000;
const MAX_CONNECTIONS = 32;

function serverOf(registry: Registry): Server {
  const server = createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, async (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    } catch {
      response.writeHead(500).end();
    }
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

export async function serveMetrics(registry: Registry, at: MetricsAddress): Promise<MetricsServer> {
  const server = serverOf(registry);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
