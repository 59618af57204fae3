// Whose deficit the fund has paid may be sound at the index with its money. Its positions close in that step all the same, and in no other.
import type { Event } from '@glasshouse/protocol';
import { expect, test } from 'vitest';
import { FindingLog } from '../src/books/finding.js';
import { exact } from '../src/exact.js';
import { CaseBook } from '../src/liquidation/cases.js';
import type { Standing, Standings } from '../src/liquidation/standing.js';

const ACCOUNT = 7;
const DEFICIT = 3_000;
const started = { netEquityUsd: -DEFICIT, maintenanceMarginUsd: 633 };

/** Worth −3,000 at the mark and 600 at the index, of which 657 would be needed, before the fund has paid. */
function standing(paid: number): Standing {
  const atMark = { equity: exact(paid - DEFICIT), maintenance: exact(633) };
  const atIndex = { equity: exact(600 + paid), maintenance: exact(657) };
  const rest = { exposure: exact(95_000), slack: exact('0.0001'), sheltersAtIndex: true };
  return { ...atMark, atIndex, ...rest } as Standing;
}

function heard(kinds: readonly ('covered' | 'assigned' | 'step')[]): string[] {
  let paid = 0;
  const standings = { of: () => standing(paid), openPositions: () => [{}] } as unknown as Standings;
  const cases = new CaseBook(standings);
  const findings = new FindingLog(10);
  const atIndex = { netEquityAtIndexUsd: 600, maintenanceMarginAtIndexUsd: 657 };
  const told = { ...started, exposureUsd: 95_000, ...atIndex };
  cases.observe({ kind: 'liquidationStarted', liquidationId: 1, accountId: ACCOUNT, standing: told }, findings);
  for (const kind of kinds) {
    if (kind === 'step') cases.closeStep();
    if (kind === 'covered') cases.observe({ kind: 'deficitCovered', accountId: ACCOUNT } as Event, findings);
    if (kind === 'assigned') cases.observe({ kind: 'backstopAssigned', accountId: ACCOUNT } as Event, findings);
    if (kind === 'covered') paid = DEFICIT;
  }
  return findings.kept.map(({ rule }) => rule);
}

test('the fund pays, and providers take over what is left', () => {
  expect(heard(['covered', 'assigned', 'assigned'])).toEqual([]);
});

test('in a later step nothing more may be taken of who is sound at the index', () => {
  expect(heard(['covered', 'step', 'assigned'])).toEqual(['stopsInTime']);
});

test('the fund pays for nobody who is sound at the index', () => {
  expect(heard(['covered', 'step', 'covered'])).toEqual(['stopsInTime']);
});
