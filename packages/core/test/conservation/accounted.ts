// Every atom is accounted for: what is owed is there, and every change of every account is told.
import type { Event } from '@glasshouse/protocol';
import { expect } from 'vitest';
import type { State } from '../../src/index.js';
import { poolCash } from '../../src/ledger/claims.js';
import { balanceSheet, type Claims } from './claims.js';
import { Explained } from './explained.js';

export function expectBalanced(state: State, claims: readonly Claims[]): void {
  for (const { assetId, symbol } of state.assets.list) {
    const { assets, liabilities } = balanceSheet(state, assetId, claims);
    if (assets !== liabilities) expect(liabilities, `what is owed in ${symbol} is there`).toBe(assets);
    const isSafe = Number.isSafeInteger(assets) && Number.isSafeInteger(liabilities);
    expect(isSafe, 'counted in whole atoms').toBe(true);
    if (state.pools[assetId - 1] !== undefined) expect(poolCash(state, assetId)).toBeGreaterThanOrEqual(0);
  }
}

/** Account by account: before + what the events tell = after. */
export function expectExplained(
  state: State,
  events: readonly Event[],
  before: readonly Claims[],
  after: readonly Claims[],
): void {
  const explained = new Explained(state);
  for (const event of events) explained.observe(event);
  after.forEach((claims, accountId) => {
    claims.forEach((atoms, place) => {
      const told = (before[accountId]?.[place] ?? 0) + explained.of(accountId, place + 1);
      if (told !== atoms) {
        const kinds = events.map(({ kind }) => kind);
        expect({ accountId, assetId: place + 1, atoms, kinds }).toEqual({ atoms: told });
      }
    });
  });
}
