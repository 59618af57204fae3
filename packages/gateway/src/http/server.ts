// The HTTP server: limits that a hostile connection meets before any of our code does, CORS, parsing, routes.
import fastifyCors from '@fastify/cors';
import { OPERATION_NAMES, operationOf } from '@glasshouse/api';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Registry } from 'prom-client';
import { measureRequests } from '../metrics/gateway-metrics.js';
import type { ExchangePort } from '../ports.js';
import { Problem } from '../problem.js';
import { limitConnections } from './connection-limit.js';
import { addDocuments } from './documents.js';
import { addErrorHandlers, answerClientError, problemOf } from './errors.js';
import { addHealth } from './health.js';
import { addRoutes, type RouteParts } from './routes.js';
import { PAGE_HEADERS, sendProblem } from './send.js';

export type ServerLimits = {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** Idle ones count too. Trusted proxies have no such limit. */
  readonly maxConnectionsPerAddress: number;
  /** For a whole request to arrive. */
  readonly requestTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
};

export type ServerOptions = {
  readonly title: string;
  readonly version: string;
  readonly limits: ServerLimits;
  /** Believe X-Forwarded-For from these proxies; see fastify's trustProxy. */
  readonly trustProxy: boolean | string | string[];
  readonly logger: FastifyBaseLogger | undefined;
  readonly metrics: Registry | undefined;
};

const CORS_MAX_AGE_SECONDS = 86_400;
/** Slow connections are found this many times while their time runs out. */
const CHECKS_PER_TIMEOUT = 3;
const REQUEST_ID_SPACE = 36 ** 8;

function requestIds(): () => string {
  const start = Math.floor(Math.random() * REQUEST_ID_SPACE);
  let count = 0;
  return () => {
    count += 1;
    return `${start.toString(36)}-${count.toString(36)}`;
  };
}

function createApp(options: ServerOptions): FastifyInstance {
  const { limits } = options;
  const app = Fastify({
    ...(options.logger === undefined ? { logger: false } : { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    trustProxy: options.trustProxy,
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: Math.ceil(limits.headersTimeoutMs / CHECKS_PER_TIMEOUT),
    },
    routerOptions: { querystringParser: () => ({}) },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, problemOf(error) ?? new Problem('serverError'));
    },
  });
  app.server.maxConnections = limits.maxConnections;
  limitConnections(app.server, limits.maxConnectionsPerAddress, options.trustProxy);
  return app;
}

/** The text itself is kept: it is what was signed. */
function keepBodyText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of OPERATION_NAMES.map(operationOf)) {
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  return methods;
}

async function allowBrowsers(app: FastifyInstance): Promise<void> {
  await app.register(fastifyCors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: [...PAGE_HEADERS, 'Retry-After', 'X-Request-Id', 'Idempotent-Replayed'],
    maxAge: CORS_MAX_AGE_SECONDS,
    strictPreflight: false,
  });
}

const IDLE_SWEEP_MS = 50;

/** Ends when the last answer under way has left; what is still open after the grace period is cut. */
async function drain(app: FastifyInstance, graceMs: number): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}

export class Server {
  private closing = false;

  private constructor(readonly app: FastifyInstance) {}

  static async create(options: ServerOptions, port: ExchangePort, parts: RouteParts): Promise<Server> {
    const server = new Server(createApp(options));
    const { app } = server;
    if (options.metrics !== undefined) measureRequests(app, options.metrics);
    server.refuseWhenClosing();
    keepBodyText(app);
    await allowBrowsers(app);
    const methods = methodsByPath();
    addErrorHandlers(app, (path) => methods.get(path));
    addHealth(app, port, () => server.closing);
    await addDocuments(app, options);
    addRoutes(app, parts);
    return server;
  }

  private refuseWhenClosing(): void {
    this.app.addHook('onRequest', async (request) => {
      if (this.closing && request.url !== '/healthz' && request.url !== '/readyz') throw new Problem('maintenance');
    });
    this.app.addHook('onSend', async (_request, reply) => {
      if (this.closing) reply.header('connection', 'close');
    });
  }

  refuseNew(): void {
    this.closing = true;
  }

  close(graceMs: number): Promise<void> {
    this.refuseNew();
    return drain(this.app, graceMs);
  }
}
