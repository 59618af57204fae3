// Funding moves between positions: whatever the payers pay more than the receivers get is a fraction of an atom per payment.
import { describe, expect, test } from 'vitest';
import type { State } from '../../src/index.js';
import { play, seeds } from './history-run.js';

type Paid = { atoms: number; payments: number };

/** Everybody has paid for every hour so far. */
function isPaidUp({ positions, accounts, markets }: State, marketId: number): boolean {
  const index = markets.get(marketId)?.prices.fundingIndex;
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
      const owes = positions.marketId(row) === marketId && positions.sizeLots(row) !== 0;
      if (owes && positions.fundingIndex(row) !== index) return false;
    }
  }
  return true;
}

describe.each(seeds)('history %d', (seed) => {
  test('payers pay what receivers get, rounded against both', () => {
    const paid = new Map<number, Paid>();
    let checked = 0;
    play(seed, ({ state, events }) => {
      for (const event of events) {
        if (event.kind !== 'fundingPaid') continue;
        const { atoms, payments } = paid.get(event.marketId) ?? { atoms: 0, payments: 0 };
        paid.set(event.marketId, { atoms: atoms + event.fundingAtoms, payments: payments + 1 });
      }
      for (const [marketId, { atoms, payments }] of paid) {
        if (!isPaidUp(state, marketId)) continue;
        checked += 1;
        if (!(atoms <= 0 && atoms > -payments)) expect({ marketId, atoms, payments }).toBe('rounded against both');
      }
    });
    expect(checked).toBeGreaterThan(0);
  });
});
