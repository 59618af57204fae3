// What a gateway counts for its operator: rate, errors and duration of every operation, and what waits or was turned away.
// Operations and codes are closed lists: nothing that a caller chooses becomes a label.
import type { OperationName } from '@glasshouse/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which operation of the API the route serves; documents and health have none. */
    operation?: OperationName;
  }
}

/** Seconds: from an answer out of memory to the time-out of a command. */
const DURATION_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Counted = {
  /** WebSocket connections that are open. */
  readonly connections: () => number;
  readonly subscriptions: () => number;
  readonly signaturesWaiting: () => number;
  readonly framesSent: () => number;
  readonly bytesSent: () => number;
  /** Connections that were cut off because they read too slowly. */
  readonly slowConsumers: () => number;
};

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

/** Of a number that only grows and is kept elsewhere. */
function counter(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}

function operationName(request: FastifyRequest): string {
  return request.routeOptions.config.operation ?? 'none';
}

/** Measures from the request's headers to the last byte of its answer. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const duration = new Histogram({
    name: 'glasshouse_http_request_duration_seconds',
    help: 'Time from the headers of a request to the end of its answer, by operation and status code.',
    labelNames: ['operation', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  let openConnections = 0;
  const help = 'Open TCP connections, those of streams included.';
  gauge(registry, 'glasshouse_http_connections', help, () => openConnections);
  app.server.on('connection', (socket) => {
    openConnections += 1;
    socket.once('close', () => {
      openConnections -= 1;
    });
  });
  app.addHook('onResponse', async (request, reply) => {
    duration.observe({ operation: operationName(request), status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
}

export function countStreams(registry: Registry, counted: Counted): void {
  gauge(registry, 'glasshouse_stream_connections', 'Open WebSocket connections.', counted.connections);
  gauge(registry, 'glasshouse_stream_subscriptions', 'Streams that someone listens to.', counted.subscriptions);
  gauge(
    registry,
    'glasshouse_signatures_waiting',
    'Signatures in the queue of the verifying threads.',
    counted.signaturesWaiting,
  );
  counter(registry, 'glasshouse_stream_frames_total', 'Frames sent to subscribers.', counted.framesSent);
  counter(registry, 'glasshouse_stream_bytes_total', 'Bytes of frames sent to subscribers.', counted.bytesSent);
  counter(
    registry,
    'glasshouse_stream_slow_consumers_total',
    'Connections cut off because too much was waiting for them.',
    counted.slowConsumers,
  );
}
