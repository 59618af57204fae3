import type { ApiErrorCode, ErrorDetails } from '@glasshouse/api';

/**
 * What went wrong with a call. Codes of the exchange, or of the client itself:
 * NO_ANSWER: nothing came back, a command may or may not have happened;
 * NOT_PLACED: the order was sent, its reply was lost, and it is certain that it was not placed;
 * BAD_ANSWER: what came back is not this API.
 */
export type ClientErrorCode = ApiErrorCode | 'NO_ANSWER' | 'NOT_PLACED' | 'BAD_ANSWER';

export type FailureFacts = {
  readonly code: ClientErrorCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly details?: ErrorDetails | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: ClientErrorCode;
  readonly status: number;
  readonly details: ErrorDetails | undefined;
  readonly retryAfterMs: number | undefined;
  /** The exchange's text alone. */
  readonly reason: string;

  constructor(operation: string, reason: string, facts: FailureFacts) {
    super(`${operation}: ${facts.code}: ${reason}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.reason = reason;
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** True when the request may have been carried out although it failed from here. */
  get outcomeUnknown(): boolean {
    return this.code === 'NO_ANSWER' || this.code === 'BAD_ANSWER' || this.status >= 500;
  }
}
