// One HTTP exchange: sends, reads everything, turns every failure into an ExchangeError.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiError } from '@glasshouse/api';
import { ExchangeError } from '../errors.js';
import { type HttpAnswer, type HttpRequest, roundTrip } from './round-trip.js';

export type { HttpAnswer };

function noAnswer(request: HttpRequest, cause: unknown): ExchangeError {
  // Aborted by nothing but the time limit.
  const timedOut = cause instanceof Error && cause.name === 'AbortError';
  const reason = timedOut
    ? `no answer within ${request.timeoutMs} ms`
    : `no connection to ${new URL(request.url).origin}`;
  return new ExchangeError(request.operation, reason, { code: 'NO_ANSWER', status: 0, cause });
}

function retryAfterMs({ retryAfter }: HttpAnswer): number | undefined {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

function refusal(request: HttpRequest, answer: HttpAnswer): ExchangeError {
  const body = parsed(answer.text);
  const retry = retryAfterMs(answer);
  if (isApiError(body)) {
    const facts = { code: body.code, status: answer.status, details: body.details, retryAfterMs: retry };
    return new ExchangeError(request.operation, body.message, facts);
  }
  const reason = `HTTP ${answer.status}: ${answer.text.slice(0, 200)}`;
  return new ExchangeError(request.operation, reason, {
    code: 'BAD_ANSWER',
    status: answer.status,
    retryAfterMs: retry,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Resolves with an answer of the 2xx family; rejects with ExchangeError otherwise. */
export async function send(request: HttpRequest): Promise<HttpAnswer> {
  let answer: HttpAnswer;
  try {
    answer = await roundTrip(request);
  } catch (cause) {
    throw noAnswer(request, cause);
  }
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw refusal(request, answer);
}

/** The JSON value of an answer, undefined for an empty body. */
export function jsonOf(operation: string, answer: HttpAnswer): unknown {
  if (answer.text === '') return undefined;
  const value = parsed(answer.text);
  if (value !== undefined) return value;
  throw new ExchangeError(operation, 'the answer is not JSON', { code: 'BAD_ANSWER', status: answer.status });
}

export type Patience = { readonly retries: number; readonly firstDelayMs: number };

function mayRetry(error: unknown, safe: boolean): error is ExchangeError {
  if (!(error instanceof ExchangeError)) return false;
  // Refused at the door before anything happened: safe whatever the operation.
  return error.status === 429 || (safe && error.outcomeUnknown);
}

/** Repeats `attempt` with doubling delays, or after what Retry-After says. `safe`: doing it twice is the same as once. */
export async function withRetries<Result>(
  attempt: () => Promise<Result>,
  patience: Patience,
  safe: boolean,
): Promise<Result> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (failures >= patience.retries || !mayRetry(error, safe)) throw error;
      await sleep(error.retryAfterMs ?? patience.firstDelayMs * 2 ** failures);
    }
  }
}
