// Every atom is accounted for, after every request of long random histories with everything on. history-run.ts says how to make
// them longer.
import { describe, expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import { poolCash } from '../../src/ledger/claims.js';
import { marginTermsOf } from '../../src/margin/account.js';
import { standingOf } from '../../src/margin/standing.js';
import { allClaims, balanceSheet, type Claims } from './claims.js';
import { Explained } from './explained.js';
import { nameOf, WITH_MARGIN } from './happened.js';
import { play, type Step, seeds } from './history-run.js';

function expectBalanced(state: State, claims: readonly Claims[]): void {
  for (const { assetId, symbol } of state.assets.list) {
    const { assets, liabilities } = balanceSheet(state, assetId, claims);
    if (assets !== liabilities) expect(liabilities, `what is owed in ${symbol} is there`).toBe(assets);
    const isSafe = Number.isSafeInteger(assets) && Number.isSafeInteger(liabilities);
    expect(isSafe, 'counted in whole atoms').toBe(true);
    if (state.pools[assetId - 1] !== undefined) expect(poolCash(state, assetId)).toBeGreaterThanOrEqual(0);
  }
}

/** Account by account: before + what the events tell = after. */
function expectExplained({ state, events, count }: Step, before: readonly Claims[], after: readonly Claims[]): void {
  const explained = new Explained(state);
  for (const event of events) explained.observe(event);
  after.forEach((claims, accountId) => {
    claims.forEach((atoms, place) => {
      const told = (before[accountId]?.[place] ?? 0) + explained.of(accountId, place + 1);
      if (told !== atoms) {
        const kinds = events.map(({ kind }) => kind);
        expect({ count, accountId, assetId: place + 1, atoms, kinds }).toEqual({ atoms: told });
      }
    });
  });
}

/** What an account's money is worth is kept from one order to the next: orders must be judged by what it is worth now. */
function expectKept(state: State): void {
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const { netEquityUsd, lockedUsd } = marginTermsOf(state, accountId);
    expect(standingOf(state, accountId)).toEqual({ netEquityUsd, lockedUsd });
  }
}

const happened = new Set<string>();

describe.each(seeds)('history %d', (seed) => {
  test('owes what it has, keeps its invariants, and explains every change of every account', () => {
    let before: Claims[] = [];
    play(seed, (step) => {
      for (const event of step.events) happened.add(nameOf(event));
      const after = allClaims(step.state);
      expectBalanced(step.state, after);
      expectExplained(step, before, after);
      expectKept(step.state);
      checkInvariants(step.state);
      before = after;
    });
  });
});

test('histories bring about all that margin, lending and perpetuals can do', () => {
  expect(WITH_MARGIN.filter((name) => !happened.has(name))).toEqual([]);
});
