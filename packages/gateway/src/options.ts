// Everything that can be set about a gateway, with the values it has otherwise.
import { REQUEST_LIMITS, STREAM_KEEPALIVE, STREAM_LIMITS } from '@glasshouse/api';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { VerifyPoolOptions } from './auth/verify-pool.js';
import type { ServerLimits } from './http/server.js';
import type { RequestRates } from './limits/request-limiter.js';
import type { FaucetLimits } from './sandbox/internal-commands.js';
import type { KeepAlive, StreamServerLimits } from './streams/stream-server.js';

export type GatewayOptions = {
  /** Shown on the first page and in the OpenAPI document. */
  readonly title?: string;
  readonly version?: string;
  /** A pino logger; silent without one. */
  readonly logger?: FastifyBaseLogger;
  /** Where the gateway counts what it does; it counts nothing without one. */
  readonly metrics?: Registry;
  /** Proxies whose X-Forwarded-For is believed: none by default, else anyone could choose the address it is limited by. */
  readonly trustProxy?: boolean | string | string[];
  readonly rates?: Partial<RequestRates>;
  /** For requests from this machine; what is not given is as for the others. */
  readonly loopbackRates?: Partial<RequestRates>;
  readonly http?: Partial<ServerLimits>;
  readonly streams?: Partial<StreamServerLimits>;
  readonly keepAlive?: Partial<KeepAlive>;
  readonly verification?: VerifyPoolOptions;
  readonly faucet?: Partial<FaucetLimits>;
  /** After this a command whose outcome is not known yet is answered as such. */
  readonly answerTimeoutMs?: number;
};

export const DEFAULT_RATES: RequestRates = {
  standardPerMinute: REQUEST_LIMITS.standardPerMinute,
  historicalPerMinute: REQUEST_LIMITS.historicalPerMinute,
  failedSignaturesPerMinute: 120,
  sandboxPerMinute: 30,
};

export const DEFAULT_HTTP: ServerLimits = {
  maxBodyBytes: REQUEST_LIMITS.maxBodyBytes,
  maxHeaderBytes: 16_384,
  maxConnections: 20_000,
  maxConnectionsPerAddress: 1_000,
  requestTimeoutMs: 30_000,
  headersTimeoutMs: 15_000,
  keepAliveTimeoutMs: 75_000,
};

export const DEFAULT_STREAMS: StreamServerLimits = {
  ...STREAM_LIMITS,
  maxConnections: 5_000,
  maxKeptBytes: 134_217_728,
};
export const DEFAULT_KEEP_ALIVE: KeepAlive = STREAM_KEEPALIVE;
export const DEFAULT_FAUCET: FaucetLimits = { maxPerCall: {}, defaultMaxPerCall: '10000000' };
