import { REJECT_REASONS } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../hashing.js';
import { FAMILIES } from './families.js';
import { type Family, type Fault, rejectIn, situationOf } from './situation.js';

/** Longer than any signature is remembered. */
const FORGOTTEN_MS = 121_000;
const rankOf = ({ reason }: Fault): number => REJECT_REASONS.indexOf(reason);

function combinable(a: Fault, b: Fault): boolean {
  return a.reason !== b.reason && !a.touches.some((touched) => b.touches.includes(touched));
}

/** The hash once all signatures are forgotten: what else there is to remember. */
function hashAfter(family: Family, faults: readonly Fault[], asked: boolean): string {
  const situation = situationOf(family, faults);
  const { venue } = situation;
  const request = situation.prepared();
  venue.apply(asked ? request : venue.maker.tick());
  venue.pass(FORGOTTEN_MS);
  return hashOf(venue.state);
}

test('every reason has a fault that brings it about: none is left to the gateway', () => {
  const reached = new Set(FAMILIES.flatMap(({ faults }) => faults.map(({ reason }) => reason)));
  expect(REJECT_REASONS.filter((reason) => !reached.has(reason))).toEqual([]);
});

describe.each(FAMILIES)('$name', (family) => {
  test('without a fault is accepted', () => {
    const situation = situationOf(family, []);
    expect(rejectIn(situation.venue.apply(situation.prepared()))).toBeUndefined();
    expect(hashAfter(family, [], true)).not.toBe(hashAfter(family, [], false));
  });

  test.each(family.faults)('$reason, with its deciding numbers', (fault) => {
    const situation = situationOf(family, [fault]);
    const events = situation.venue.apply(situation.prepared());
    expect(events.map(({ kind }) => kind)).toEqual(['rejected']);
    expect(rejectIn(events)).toEqual({ reason: fault.reason, details: fault.details });
  });

  test.each(family.faults)('$reason leaves the state as a tick would, but for the signature', (fault) => {
    expect(hashAfter(family, [fault], true)).toBe(hashAfter(family, [fault], false));
  });

  test.each(family.faults)('$reason goes before all that come after it in the list', (fault) => {
    const later = family.faults.filter((other) => rankOf(other) > rankOf(fault) && combinable(fault, other));
    for (const other of later) {
      const situation = situationOf(family, [fault, other]);
      const reject = rejectIn(situation.venue.apply(situation.prepared()));
      expect(reject?.reason, `${fault.reason} with ${other.reason}`).toBe(fault.reason);
    }
  });
});
