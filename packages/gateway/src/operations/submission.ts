// The last step before the log: decoded once more, put in the queue, and waited for.
import { decodeCommand, isMalformed, REJECT_REASONS, type RejectReason, signedRequest } from '@glasshouse/protocol';
import type { Committed, ExchangePort } from '../ports.js';
import { Problem } from '../problem.js';
import { rejection } from './rejection.js';

const ANSWER_TIMEOUT_MS = 10_000;

export type Signed = { readonly keyId: number; readonly signature: Uint8Array; readonly payload: Uint8Array };

function refuseMalformed(payload: Uint8Array): void {
  const decoded = decodeCommand(payload, 0, payload.length);
  if (!isMalformed(decoded)) return;
  throw new Problem('malformedCommand', {
    message: `failed to parse parameter \`${decoded.field}\`: ${decoded.malformed}`,
  });
}

/** The log takes what it takes: a request whose answer is late may still be applied. */
function inTime(answer: Promise<Committed>, timeoutMs: number): Promise<Committed> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Problem('outcomeUnknown')), timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const FIRST_ABOUT_ELEMENTS = REJECT_REASONS.indexOf('accountIsOperators');

/** The first reasons of the precedence are about who signed and when: then no element of a batch was looked at. */
function concernsWhole(reason: RejectReason): boolean {
  return REJECT_REASONS.indexOf(reason) < FIRST_ABOUT_ELEMENTS;
}

export class Submission {
  constructor(
    private readonly port: ExchangePort,
    private readonly timeoutMs: number = ANSWER_TIMEOUT_MS,
  ) {}

  /** Throws a Problem when the command was rejected; elements of a batch may have been, one by one. */
  async submit(signed: Signed, isBatch: boolean): Promise<Committed> {
    refuseMalformed(signed.payload);
    const request = signedRequest(signed.keyId, signed.signature, signed.payload);
    const committed = await inTime(this.port.submit(request), this.timeoutMs);
    const rejected = committed.events.find((event) => event.kind === 'rejected');
    if (rejected === undefined || (isBatch && !concernsWhole(rejected.reason))) return committed;
    throw rejection(rejected);
  }
}
