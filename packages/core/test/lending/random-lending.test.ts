import type { Event, InterestPosted } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { apply, marginView, restore, snapshot } from '../../src/index.js';
import { utilizationCap } from '../../src/lending/limits.js';
import { HOUSE } from '../../src/state/balances.js';
import { hashOf } from '../hashing.js';
import { LendingVenue } from './lending-venue.js';
import { RandomLending } from './random-lending.js';

const SEEDS = Array.from({ length: Number(process.env['GLASSHOUSE_LENDING_SEEDS'] ?? 6) }, (_, index) => index + 1);
const STEPS = Number(process.env['GLASSHOUSE_LENDING_STEPS'] ?? 700);

function interestIn(events: readonly Event[]): InterestPosted[] {
  return events.filter((event): event is InterestPosted => event.kind === 'interestPosted');
}

/** What every history must have seen. */
const COMMON = ['borrow order', 'borrow manual', 'redeem order', 'repay autoRepay', 'lend autoLend', 'lend', 'borrow'];

function namesOf(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === 'borrowLendChanged') return [`${event.change} ${event.source}`];
    return event.kind === 'interestPosted' ? [event.source] : [];
  });
}

/** Net equity of all accounts. */
function equities({ venue, keys }: RandomLending): number[] {
  return keys.map((key) => marginView(venue.state, venue.accountOf(key))?.netEquityUsd ?? 0);
}

/** What the house has kept of the interest of an asset, in cash and claims. */
function kept(venue: LendingVenue, assetId: number): number {
  const claim = venue.state.pools[assetId - 1]?.houseClaims[HOUSE.lendingReserve] ?? 0;
  return claim + (venue.state.balances.of(assetId).houseAtoms[HOUSE.lendingReserve] as number);
}

describe.each(SEEDS)('history %i', (seed) => {
  test('what borrowers are charged covers what lenders are credited, after every sweep', () => {
    const history = new RandomLending(seed);
    const net = new Map<number, number>();
    const seen = new Map<string, number>();
    for (let step = 0; step < STEPS; step += 1) {
      const events = history.step();
      for (const { assetId, interestAtoms } of interestIn(events)) {
        net.set(assetId, (net.get(assetId) ?? 0) - interestAtoms);
      }
      for (const name of namesOf(events)) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    for (const name of COMMON) expect(seen.get(name), `${name} often enough to mean something`).toBeGreaterThan(5);
    for (const { assetId, interestAtoms } of interestIn(history.venue.hours(1))) {
      net.set(assetId, (net.get(assetId) ?? 0) - interestAtoms);
    }
    for (const [assetId, atoms] of net) {
      expect(atoms, `charged − credited of asset ${assetId}`).toBeGreaterThanOrEqual(0);
      expect(kept(history.venue, assetId)).toBe(atoms);
    }
  });

  test('lending, redeeming and switching settings move nobody’s equity', () => {
    const history = new RandomLending(seed + 1000);
    let looked = 0;
    for (let step = 0; step < STEPS; step += 1) {
      // Whatever is due runs first: it is the command alone that must move nothing.
      history.venue.pass(0);
      const before = equities(history);
      history.step();
      if (!history.neutral) continue;
      looked += 1;
      expect(equities(history)).toEqual(before);
    }
    expect(looked).toBeGreaterThan(50);
  });

  test('no loan and no redemption carries a pool over its throttle', () => {
    const history = new RandomLending(seed + 2000);
    const { state } = history.venue;
    for (let step = 0; step < STEPS; step += 1) {
      for (const event of history.step()) {
        if (event.kind !== 'borrowLendChanged' || !['borrow', 'redeem'].includes(event.change)) continue;
        const pool = state.pools[event.assetId - 1];
        const view = history.venue.pool(state.assets.get(event.assetId)?.symbol ?? '');
        if (pool === undefined || view.borrowed === 0) continue;
        expect(view.utilization).toBeLessThanOrEqual(utilizationCap(state, pool) + 1e-9);
      }
    }
  });

  test('is the same without listeners and from a snapshot taken anywhere', () => {
    const history = new RandomLending(seed + 3000, new LendingVenue({ fees: true, checked: false }));
    const { venue } = history;
    for (let step = 0; step < STEPS / 4; step += 1) history.step();
    const silent = restore(snapshot(venue.state));
    const from = venue.log.length;
    const prices = venue.state.assetPrices.map(({ indexPrice }) => indexPrice);
    for (let step = 0; step < STEPS / 4; step += 1) {
      history.step();
      // Prices are set by hand here, outside the log: keep those of the beginning.
      prices.forEach((price, place) => {
        const entry = venue.state.assetPrices[place];
        if (entry !== undefined) entry.indexPrice = price;
      });
      venue.state.priceVersion += 1;
    }
    for (const { timeUs, request } of venue.log.slice(from)) {
      apply(silent, { seq: silent.nextSeq, timeUs, request }, undefined);
    }
    expect(hashOf(silent)).toBe(hashOf(venue.state));
  });
});
