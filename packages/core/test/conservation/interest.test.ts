// What borrowers are charged covers what lenders are credited, posted or still gathering, in every pool and at every moment.
import type { Event } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import type { State } from '../../src/index.js';
import { accrueLoan, accrueUnsettled } from '../../src/ledger/claims.js';
import { HOUSE } from '../../src/state/balances.js';
import { play, seeds } from './history-run.js';
import { Probe } from './probes.js';

const EVERY = 50;
/** Indexes and gathered fractions are doubles: so many atoms may be lost in them over a history. */
const ROUNDING = 0.01;

/** By asset: what is posted to accounts, charges negative. */
class Posted {
  readonly #atoms = new Map<number, number>();

  observe(event: Event): void {
    if (event.kind !== 'interestPosted') return;
    this.#atoms.set(event.assetId, this.of(event.assetId) + event.interestAtoms);
  }

  of(assetId: number): number {
    return this.#atoms.get(assetId) ?? 0;
  }
}

/** What has gathered and is not posted, brought up to now on a copy. */
function gathered(state: State, assetId: number): number {
  const { accruedAtoms } = state.balances.of(assetId);
  let atoms = 0;
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    accrueLoan(state, accountId, assetId);
    atoms += accruedAtoms[accountId] as number;
    if (assetId !== state.settlementAssetId) continue;
    accrueUnsettled(state, accountId);
    atoms += state.unsettled.accruedAtoms[accountId] as number;
  }
  return atoms;
}

/** The reserve's claim on the pool and its cash: what it has been given of interest. */
function reserveOf(state: State, assetId: number): number {
  const claim = state.pools[assetId - 1]?.houseClaims[HOUSE.lendingReserve] ?? 0;
  return claim + (state.balances.of(assetId).houseAtoms[HOUSE.lendingReserve] as number);
}

/** Charged up and credited down: what stays behind for the next time is a fraction that is owed to the account. */
function expectFractionLeft(state: State, event: Event): void {
  if (event.kind !== 'interestPosted') return;
  const { accountId, assetId, source } = event;
  const { accruedAtoms } = source === 'unsettledPnl' ? state.unsettled : state.balances.of(assetId);
  const left = accruedAtoms[accountId] as number;
  if (!(left >= 0 && left < 1)) expect({ source, accountId, assetId, left }).toBe('a fraction');
}

function expectCovered(state: State, posted: Posted): void {
  const copy = new Probe(state).state;
  for (const { assetId, symbol, lending } of state.assets.list) {
    if (lending === undefined) continue;
    expect(reserveOf(state, assetId) + posted.of(assetId), `the reserve of ${symbol} is what was not credited`).toBe(0);
    expect(posted.of(assetId) + gathered(copy, assetId), `credits of ${symbol}`).toBeLessThanOrEqual(ROUNDING);
  }
}

describe.each(seeds)('history %d', (seed) => {
  test('charges as much as it credits or more, and the reserve has the difference', () => {
    const posted = new Posted();
    play(seed, ({ state, events, count }) => {
      for (const event of events) {
        posted.observe(event);
        expectFractionLeft(state, event);
      }
      if (count % EVERY === 0) expectCovered(state, posted);
    });
  });
});
