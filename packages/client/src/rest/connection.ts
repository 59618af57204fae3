// Sends operations: dates and signs them, retries what is safe to repeat, keeps in step with the exchange's clock.
import { DEFAULT_WINDOW_MS, type OperationName, operationOf, type Validity } from '@glasshouse/api';
import { ExchangeError } from '../errors.js';
import type { Signer } from '../keys.js';
import { type HttpAnswer, jsonOf, type Patience, send, withRetries } from './http.js';
import { type Prepared, prepare, signedHeaders } from './prepare.js';
import { ServerClock } from './server-clock.js';

export type ConnectionOptions = {
  readonly url: string;
  readonly windowMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  /** How often a query, or a request refused by a rate limit, is repeated. */
  readonly retries?: number | undefined;
  /** Delay before the first repetition; it doubles. */
  readonly retryDelayMs?: number | undefined;
};

/** A request whose signature is fixed: sending it twice cannot do more than sending it once. */
export type SealedRequest = {
  readonly name: OperationName;
  readonly prepared: Prepared;
  readonly headers: Readonly<Record<string, string>>;
  /** When the exchange stops accepting it, by the exchange's clock. */
  readonly expiresMs: number;
  readonly timestampMs: number;
};

export class Connection {
  readonly clock: ServerClock;
  private readonly origin: string;
  private readonly windowMs: number;
  private readonly timeoutMs: number;
  private readonly patience: Patience;

  constructor(
    options: ConnectionOptions,
    readonly signer: Signer | undefined,
  ) {
    this.origin = options.url.replace(/\/+$/, '');
    this.windowMs = options.windowMs ?? DEFAULT_WINDOW_MS;
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.patience = { retries: options.retries ?? 3, firstDelayMs: options.retryDelayMs ?? 200 };
    this.clock = new ServerClock(async () =>
      Number((await this.dispatch('time', prepare(operationOf('time'), undefined), {})).text),
    );
  }

  /** Streams are served at the root of the same port. */
  get streamUrl(): string {
    return `${this.origin.replace(/^http/, 'ws')}/`;
  }

  async call(name: OperationName, params: object | undefined): Promise<unknown> {
    const operation = operationOf(name);
    const prepared = prepare(operation, params);
    const attempt = async (): Promise<HttpAnswer> =>
      operation.auth === 'signed'
        ? this.dispatchSealed(await this.sealed(name, prepared))
        : this.dispatch(name, prepared, {});
    const answer = await this.patiently(attempt, operation.kind === 'query');
    return operation.contentType === 'text' ? answer.text : jsonOf(name, answer);
  }

  /** Repeats what was refused at the door, and, when doing it twice is harmless (`safe`), what got no answer. */
  patiently<Result>(attempt: () => Promise<Result>, safe: boolean): Promise<Result> {
    return withRetries(() => this.inStep(attempt), this.patience, safe);
  }

  async seal(name: OperationName, params: object): Promise<SealedRequest> {
    return this.sealed(name, prepare(operationOf(name), params));
  }

  /** Sends a sealed request once. */
  async sendSealed(request: SealedRequest): Promise<unknown> {
    return jsonOf(request.name, await this.dispatch(request.name, request.prepared, request.headers));
  }

  private async sealed(name: OperationName, prepared: Prepared): Promise<SealedRequest> {
    if (this.signer === undefined) throw new TypeError(`${name} needs an API key and secret`);
    await this.clock.ready();
    const validity: Validity = { timestampMs: this.clock.nowMs(), windowMs: this.windowMs };
    const headers = signedHeaders(this.signer, operationOf(name).instruction ?? '', prepared, validity);
    const expiresMs = validity.timestampMs + validity.windowMs;
    return { name, prepared, headers, expiresMs, timestampMs: validity.timestampMs };
  }

  /** A timestamp found wrong is refused before anything happens, so one more try on a fresh clock is safe for commands too. */
  private async inStep<Result>(attempt: () => Promise<Result>): Promise<Result> {
    try {
      return await attempt();
    } catch (error) {
      if (!isClockTrouble(error)) throw error;
      this.clock.invalidate();
      return attempt();
    }
  }

  private dispatchSealed(request: SealedRequest): Promise<HttpAnswer> {
    return this.dispatch(request.name, request.prepared, request.headers);
  }

  private dispatch(name: string, prepared: Prepared, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const { method } = operationOf(name as OperationName);
    const typed = prepared.body === undefined ? headers : { ...headers, 'content-type': 'application/json' };
    const url = this.origin + prepared.path;
    return send({ operation: name, method, url, headers: typed, body: prepared.body, timeoutMs: this.timeoutMs });
  }
}

/** The exchange says so in words that its clients match on. */
function isClockTrouble(error: unknown): boolean {
  if (!(error instanceof ExchangeError) || error.code !== 'INVALID_CLIENT_REQUEST') return false;
  return error.reason.includes('timestamp') || error.reason.includes('Request has expired');
}
