// An exchange, or a gateway before one, as a process: says where it is, ends in order on a signal, and at once when it must not go on.
import { type ExchangeOptions, type RunningExchange, startExchange } from './exchange.js';
import { type GatewayProcessOptions, type RunningGateway, startGatewayProcess } from './gateways/gateway-process.js';
import { type Log, silentLog } from './log.js';
import type { ExchangeStopped } from './pipeline-contract.js';

export const SERVE_EXIT = {
  /** A signal ended it, and the log is in order. */
  closed: 0,
  /** The node stopped by itself; the log holds everything that was acknowledged. */
  stopped: 3,
} as const;

export type ServeOptions = Omit<ExchangeOptions, 'onStopped'> & {
  readonly onStarted?: (exchange: RunningExchange) => void;
  /** What else must end before the exchange does. */
  readonly beforeClose?: () => Promise<void>;
};

export type ServeGatewayOptions = Omit<GatewayProcessOptions, 'onStopped'> & {
  readonly onStarted?: (gateway: RunningGateway) => void;
};

/** Callers still get their answer that the exchange has stopped; after this nobody is waited for. */
const LAST_ANSWERS_MS = 1_000;

/** The first signal; a second one of its kind ends the process at once, which the log survives. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function atMost(work: Promise<unknown>, ms: number): Promise<unknown> {
  return Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, ms).unref())]);
}

type Running = { readonly url: string; readonly port: number; close(): Promise<void> };

type Serving<Served extends Running> = {
  readonly start: (onStopped: (error: ExchangeStopped) => void) => Promise<Served>;
  readonly log: Log;
  readonly onStarted?: ((served: Served) => void) | undefined;
  readonly beforeClose?: (() => Promise<void>) | undefined;
  /** A signal ends the process at once while it starts: there is nothing to leave in order, and it may wait for ever. */
  readonly mayDieStarting?: boolean;
};

/** Runs until a signal or a failure, and gives the exit code. Throws when it cannot start. */
async function serve<Served extends Running>(serving: Serving<Served>): Promise<number> {
  const { start, log, onStarted, beforeClose, mayDieStarting = false } = serving;
  let onStopped: (error: ExchangeStopped) => void = () => {};
  const failure = new Promise<ExchangeStopped>((resolve) => {
    onStopped = resolve;
  });
  const early = mayDieStarting ? undefined : signalled();
  const served = await start(onStopped);
  const ended = Promise.race([failure, early ?? signalled()]);
  onStarted?.(served);
  const error = await ended;
  if (error === undefined) {
    await beforeClose?.();
    await served.close();
    return SERVE_EXIT.closed;
  }
  log.error('the exchange has stopped', { seq: error.seq, reason: error.message });
  await atMost(served.close(), LAST_ANSWERS_MS);
  return SERVE_EXIT.stopped;
}

export function serveExchange(options: ServeOptions): Promise<number> {
  const { log = silentLog, onStarted, beforeClose } = options;
  return serve({ start: (onStopped) => startExchange({ ...options, onStopped }), log, onStarted, beforeClose });
}

/** The exchange may stop and come back meanwhile: this goes on, and says for so long that it cannot serve. */
export function serveGateway(options: ServeGatewayOptions): Promise<number> {
  const { log = silentLog, onStarted } = options;
  const start = (onStopped: (error: ExchangeStopped) => void) => startGatewayProcess({ ...options, onStopped });
  return serve({ start, log, onStarted, mayDieStarting: true });
}
