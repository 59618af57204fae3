// The outside door: HTTP and WebSocket on one port, put together.
import type { AddressInfo } from 'node:net';
import { REQUEST_LIMITS } from '@glasshouse/api';
import type { Registry } from 'prom-client';
import { Authenticator } from './auth/authenticator.js';
import { VerifyPool } from './auth/verify-pool.js';
import { Catalogue } from './exchange/catalogue.js';
import { DeleverageQueues } from './exchange/deleverage-queues.js';
import { follow, type Picture } from './exchange/follow.js';
import { guardedPort } from './exchange/guarded-port.js';
import { KeyRing } from './exchange/key-ring.js';
import type { HistoryPort } from './history-port.js';
import { addressReader } from './http/client-address.js';
import type { RouteParts } from './http/routes.js';
import { Server, type ServerLimits } from './http/server.js';
import { RequestLimiter, type RequestRates } from './limits/request-limiter.js';
import { countStreams } from './metrics/gateway-metrics.js';
import { commandAnswers } from './operations/command-answers.js';
import { publicQueries } from './operations/public-queries.js';
import type { PublishedLimits } from './operations/query-parts.js';
import { ServiceSubmission } from './operations/service-submission.js';
import { signedQueries } from './operations/signed-queries.js';
import { Submission } from './operations/submission.js';
import {
  DEFAULT_FAUCET,
  DEFAULT_HTTP,
  DEFAULT_KEEP_ALIVE,
  DEFAULT_RATES,
  DEFAULT_STREAMS,
  type GatewayOptions,
} from './options.js';
import type { Committed, ExchangePort, LogProof, SecretVault } from './ports.js';
import { internalCommands, type SandboxSigners } from './sandbox/internal-commands.js';
import { SecondFactor } from './second-factor/second-factor.js';
import type { KeepingLimits } from './streams/channels.js';
import { LiveFeed } from './streams/live-feed.js';
import { type KeepAlive, StreamServer, type StreamServerLimits } from './streams/stream-server.js';
import { SubscriptionDesk } from './streams/subscription-desk.js';

export type GatewayParts = {
  readonly port: ExchangePort;
  readonly history: HistoryPort;
  /** Service keys for what the sandbox does on a caller's behalf; without them it is refused. */
  readonly signers?: SandboxSigners;
  /** Without it, or without a key of the role, nobody can ask for two-factor codes. */
  readonly vault?: SecretVault | undefined;
  readonly logProof?: () => LogProof;
  readonly options?: GatewayOptions;
};

export type Gateway = {
  /** Port 0 takes any free one. */
  listen(at: { readonly host: string; readonly port: number }): Promise<AddressInfo>;
  /** Takes nothing new, finishes what it has, says goodbye to the streams. The exchange behind it must still be running. */
  close(): Promise<void>;
  readonly address: AddressInfo | undefined;
};

/** What follows the committed requests. */
class Live {
  readonly catalogue: Catalogue;
  readonly keys: KeyRing;
  readonly feed: LiveFeed;
  streams: StreamServer | undefined;

  constructor(port: ExchangePort, history: HistoryPort, picture: Picture, keeping: KeepingLimits) {
    this.catalogue = new Catalogue(port, picture.contents);
    this.keys = new KeyRing(port);
    const nowUs = () => port.nowUs();
    this.feed = new LiveFeed({ catalogue: this.catalogue, statistics: history, port, nowUs, keeping }, picture);
  }

  readonly observe = (committed: Committed): void => {
    for (const event of committed.events) {
      this.catalogue.observe(event);
      this.keys.observe(event);
      this.streams?.observe(event);
    }
    this.feed.observe(committed);
  };
}

const NO_PROOF: LogProof = { logHash: null, checkpoint: null };

function addressOf(server: Server): AddressInfo | undefined {
  const address = server.app.server.address();
  return address === null || typeof address === 'string' ? undefined : address;
}

class OpenGateway implements Gateway {
  constructor(
    private readonly server: Server,
    private readonly streams: StreamServer,
    private readonly live: Live,
    private readonly pool: VerifyPool,
    private readonly stopFollowing: () => void,
    private readonly graceMs: number,
  ) {}

  get address(): AddressInfo | undefined {
    return addressOf(this.server);
  }

  async listen(at: { readonly host: string; readonly port: number }): Promise<AddressInfo> {
    await this.server.app.listen(at);
    this.live.feed.start();
    return this.address as AddressInfo;
  }

  async close(): Promise<void> {
    this.server.refuseNew();
    await Promise.all([this.streams.close(), this.server.close(this.graceMs)]);
    this.live.feed.stop();
    this.stopFollowing();
    await this.pool.close();
  }
}

type Resolved = {
  readonly rates: RequestRates;
  readonly loopbackRates: RequestRates;
  readonly http: ServerLimits;
  readonly streams: StreamServerLimits;
  readonly keepAlive: KeepAlive;
};

function resolved(options: GatewayOptions): Resolved {
  const rates = { ...DEFAULT_RATES, ...options.rates };
  return {
    rates,
    loopbackRates: { ...rates, ...options.loopbackRates },
    http: { ...DEFAULT_HTTP, ...options.http },
    streams: { ...DEFAULT_STREAMS, ...options.streams },
    keepAlive: { ...DEFAULT_KEEP_ALIVE, ...options.keepAlive },
  };
}

/** A limit that is switched off is published as the largest number there is. */
const published = (limit: number): number => Math.min(limit, Number.MAX_SAFE_INTEGER);

function publishedLimits({ rates, http, streams }: Resolved): PublishedLimits {
  return {
    limits: {
      standardPerMinute: published(rates.standardPerMinute),
      historicalPerMinute: published(rates.historicalPerMinute),
      maxBodyBytes: http.maxBodyBytes,
      maxBatchOrders: REQUEST_LIMITS.maxBatchOrders,
      maxKlines: REQUEST_LIMITS.maxKlines,
    },
    streams: {
      maxConnectionsPerAddress: published(streams.maxConnectionsPerAddress),
      maxConnectionsPerKey: published(streams.maxConnectionsPerKey),
      resumeGraceMs: streams.resumeGraceMs,
      maxKeptBytesPerStream: streams.maxKeptBytesPerStream,
      maxStreamsPerConnection: published(streams.maxStreamsPerConnection),
      maxFrameBytes: streams.maxFrameBytes,
      maxFramesPerMinute: published(streams.maxFramesPerMinute),
      maxBufferedBytes: published(streams.maxBufferedBytes),
    },
  };
}

type Wired = Omit<GatewayParts, 'options'> & {
  readonly options: GatewayOptions;
  readonly limits: Resolved;
  readonly live: Live;
  readonly limiter: RequestLimiter;
  readonly authenticator: Authenticator;
};

function routeParts({
  port,
  history,
  signers = {},
  vault,
  logProof,
  options,
  limits,
  live,
  limiter,
  authenticator,
}: Wired): RouteParts {
  const { catalogue, keys } = live;
  const submission = new Submission(port, options.answerTimeoutMs);
  const queues = new DeleverageQueues(port);
  const service = new ServiceSubmission(port, submission);
  const venue = () => catalogue.rules.name;
  const secondFactor = new SecondFactor({ port, service, signer: signers.twoFactor, vault, venue });
  const faucet = { ...DEFAULT_FAUCET, ...options.faucet };
  return {
    authenticator,
    limiter,
    submission,
    secondFactor,
    publicQueries: publicQueries({
      port,
      history,
      catalogue,
      queues,
      limits: publishedLimits(limits),
      logProof: logProof ?? (() => NO_PROOF),
    }),
    signedQueries: signedQueries({ port, history, catalogue, queues, secondFactor }),
    commandAnswers: commandAnswers(port, catalogue),
    internalCommands: internalCommands({ port, catalogue, keys, service, signers, faucet }),
  };
}

function createHttp(wired: Wired): Promise<Server> {
  const { options, limits, live, port } = wired;
  const serverOptions = {
    title: options.title ?? live.catalogue.rules.name,
    version: options.version ?? '1.0.0',
    limits: limits.http,
    trustProxy: options.trustProxy ?? false,
    logger: options.logger,
    metrics: options.metrics,
  };
  return Server.create(serverOptions, port, routeParts(wired));
}

function createStreams({ options, limits, live, authenticator }: Wired, server: Server): StreamServer {
  const streams = new StreamServer({
    channels: live.feed.channels,
    desk: new SubscriptionDesk(live.catalogue, authenticator),
    limits: limits.streams,
    keepAlive: limits.keepAlive,
    addressOf: addressReader(options.trustProxy ?? false),
    nowMs: Date.now,
    onError: (error) => server.app.log.error({ err: error }, 'a stream request failed by our fault'),
  });
  streams.attach(server.app.server);
  return streams;
}

function countGateway(metrics: Registry, streams: StreamServer, live: Live, pool: VerifyPool): void {
  countStreams(metrics, {
    connections: () => streams.size,
    subscriptions: () => live.feed.channels.size,
    signaturesWaiting: () => pool.queued,
    framesSent: () => streams.sent.frames,
    bytesSent: () => streams.sent.bytes,
    slowConsumers: () => streams.sent.slowConsumers,
  });
}

export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { history, options = {} } = parts;
  const port = guardedPort(parts.port);
  const limits = resolved(options);
  const { made: live, stop } = await follow(port, (picture) => new Live(port, history, picture, limits.streams));
  const limiter = new RequestLimiter(limits.rates, limits.loopbackRates, Date.now);
  const pool = new VerifyPool(options.verification);
  const { catalogue, keys } = live;
  const authenticator = new Authenticator({ port, catalogue, keys, pool, limiter });
  const wired = { ...parts, port, options, limits, live, limiter, authenticator };
  const server = await createHttp(wired);
  const streams = createStreams(wired, server);
  live.streams = streams;
  if (options.metrics !== undefined) countGateway(options.metrics, streams, live, pool);
  const { shutdownGraceMs } = limits.keepAlive;
  return new OpenGateway(server, streams, live, pool, stop, shutdownGraceMs);
}
