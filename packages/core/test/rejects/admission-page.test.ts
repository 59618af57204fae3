import { readFileSync } from 'node:fs';
import { REJECT_REASONS } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { FAMILIES } from './families.js';

const PAGE = new URL('../../../../docs/order-admission.md', import.meta.url);
const ROW = /^\| (\d+) \| `(\w+)` \|.*\| ([^|]*) \|$/gm;

const rows = [...readFileSync(PAGE, 'utf8').matchAll(ROW)].map(([, rank, reason, details]) => ({
  rank: Number(rank),
  reason,
  details: (details ?? '').match(/\w+/g)?.filter((word) => word !== 'or') ?? [],
}));

/** The names of the numbers that the faults of a reason bring out. */
function detailsOf(reason: string): string[] {
  const faults = FAMILIES.flatMap(({ faults }) => faults).filter((fault) => fault.reason === reason);
  return [...new Set(faults.flatMap(({ details }) => Object.keys(details)))];
}

describe('docs/order-admission.md', () => {
  test('lists every reason in the order of precedence', () => {
    expect(rows.map(({ reason }) => reason)).toEqual([...REJECT_REASONS]);
    expect(rows.map(({ rank }) => rank)).toEqual(REJECT_REASONS.map((_, index) => index + 1));
  });

  test.each(rows)('names the numbers that come with $reason', ({ reason = '', details }) => {
    expect([...details].sort()).toEqual(detailsOf(reason).sort());
  });
});
