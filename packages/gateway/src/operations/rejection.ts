// A reject reason of the core as the caller reads it: the catalogue's code and text, with the numbers that decided.
import { ERRORS, type ErrorName } from '@glasshouse/api';
import type { Rejected, RejectReason } from '@glasshouse/protocol';
import { Problem } from '../problem.js';

type Refused = Pick<Rejected, 'reason' | 'details'>;

/** Every reason has an entry of the same name in the catalogue, or this does not compile. */
const errorNameOf = (reason: RejectReason): ErrorName => reason;

function sentence(rejected: Refused): string {
  const { message } = ERRORS[errorNameOf(rejected.reason)];
  const numbers = Object.entries(rejected.details).map(([name, value]) => `${name} ${value}`);
  return numbers.length === 0 ? message : `${message} (${numbers.join(', ')})`;
}

export function rejection(rejected: Refused): Problem {
  const { reason, details } = rejected;
  const message = sentence(rejected);
  return new Problem(errorNameOf(reason), Object.keys(details).length === 0 ? { message } : { message, details });
}
