import { type Event, tickRequest } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { apply, restore, type State, snapshot } from '../../src/index.js';
import { payHouseClaims } from '../../src/lending/house.js';
import { HOUSE } from '../../src/state/balances.js';
import { hashOf } from '../hashing.js';
import { HOUR_MS, LendingVenue } from './lending-venue.js';

/** 1,000 USDC lent, half of it borrowed, at the full hour. */
function halfUsed() {
  const venue = new LendingVenue();
  venue.maker.nowMs = Math.ceil(venue.maker.nowMs / HOUR_MS) * HOUR_MS;
  const lender = venue.trader('lender', { USDC: '1000' });
  const borrower = venue.manual('borrower', { BTC: '10' });
  venue.borrow(borrower, 'USDC', '500');
  return { venue, lender, borrower };
}

/** A moment later: timers are set when time passes, the hour's from then on. */
function halfUsedSince() {
  const used = halfUsed();
  used.venue.pass(1);
  return used;
}

function tick(state: State, timeUs: TimeUs): void {
  apply(state, { seq: state.nextSeq, timeUs, request: tickRequest() }, undefined);
}

function posted(events: readonly Event[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'interestPosted'
      ? [`${event.accountId} ${event.source} ${event.interestAtoms} on ${event.principalAtoms}`]
      : [],
  );
}

const reserveOf = ({ state }: LendingVenue) => ({
  claim: state.pools[0]?.houseClaims[HOUSE.lendingReserve],
  cash: state.balances.of(1).houseAtoms[HOUSE.lendingReserve],
});

describe('the hour', () => {
  test('charges borrowers up and credits lenders down, and what is between is the reserve', () => {
    const { venue, lender, borrower } = halfUsedSince();
    const events = venue.hours(1);
    // A year of 8,760 hours: 500 × 0.0444… / 8,760 = 0.00253678, 1,000 × 0.02 / 8,760 = 0.00228310.
    expect(posted(events)).toEqual(['1 lend 2283 on 1000000000', '2 borrow -2537 on -500000000']);
    expect(venue.holding(lender, 'USDC')).toBe('0/0/1000.002283/0');
    expect(venue.holding(borrower, 'USDC')).toBe('500/0/0/500.002537');
    expect(venue.pool('USDC').reserveAtoms).toBe(254);
  });

  test('tells the rate and, once a command, the pool', () => {
    const { venue } = halfUsedSince();
    venue.pass(HOUR_MS);
    const events = venue.pass(1);
    const [first] = events.filter(({ kind }) => kind === 'interestPosted');
    expect(first).toMatchObject({ assetId: 1, rate: expect.closeTo(0.02, 6) });
    expect(events.filter(({ kind }) => kind === 'poolChanged')).toHaveLength(1);
  });

  test('after hour makes interest on interest, and never forgets a fraction', () => {
    const { venue, lender } = halfUsed();
    const hours = 24;
    venue.hours(hours);
    const { loan, accruedAtoms } = venue.raw(lender, 'USDC');
    const earned = (loan - 1000) * 1e6 + accruedAtoms;
    expect(earned).toBeGreaterThan((1e9 * 0.02 * hours) / 8760 - 0.01);
    expect(earned).toBeLessThan(((1e9 * 0.02 * hours) / 8760) * 1.0002);
  });

  test('without loans posts nothing and tells nothing', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { USDC: '1000' });
    expect(posted(venue.hours(3))).toEqual([]);
    expect(venue.pool('USDC')).toMatchObject({ lent: 1000, cash: 1000, reserveAtoms: 0 });
  });

  test('of an account that has left posts what was still gathered', () => {
    const { venue, lender } = halfUsed();
    venue.trader('other', { USDC: '5000' });
    venue.pass(1_800_000);
    venue.borrow(lender, 'USDC', '1000');
    expect(venue.holding(lender, 'USDC')).toBe('1000/0/0/0');
    expect(venue.raw(lender, 'USDC').accruedAtoms).toBeGreaterThan(1);
    venue.hours(1);
    expect(venue.raw(lender, 'USDC').loan).toBeGreaterThan(0);
    expect(venue.raw(lender, 'USDC').accruedAtoms).toBeLessThan(1);
  });
});

describe('many accounts', () => {
  test('are swept in slices, each account once, and a copy taken in between goes on the same', () => {
    const venue = new LendingVenue();
    const borrower = venue.manual('borrower', { BTC: '100' });
    const count = 600;
    for (let index = 0; index < count; index += 1) venue.trader(`lender${index}x`, { USDC: '1000' });
    venue.borrow(borrower, 'USDC', '300000');
    venue.pass(1);
    const rows = [posted(venue.pass(HOUR_MS))];
    const copy = restore(snapshot(venue.state));
    for (let slice = 0; slice < 4; slice += 1) {
      rows.push(posted(venue.pass(1)));
      tick(copy, venue.state.timeUs);
      expect(hashOf(copy)).toBe(venue.hash());
    }
    expect(rows.map((slice) => slice.length)).toEqual([0, 256, 256, 89, 0]);
    const accounts = rows.flat().map((row) => row.split(' ')[0]);
    expect(new Set(accounts).size).toBe(count + 1);
  });
});

describe('many small steps of time', () => {
  test('earn what one long step earns', () => {
    const stepped = halfUsed();
    const whole = halfUsed();
    for (let step = 0; step < 3000; step += 1) {
      stepped.venue.maker.nowMs += 1;
      stepped.venue.lend(stepped.borrower, 'USDC', '0.000001');
      stepped.venue.borrow(stepped.borrower, 'USDC', '0.000001');
    }
    whole.venue.maker.nowMs += 3000;
    whole.venue.lend(whole.borrower, 'USDC', '0.000001');
    const [a, b] = [stepped, whole].map(({ venue }) => venue.state.pools[0]);
    expect(a?.borrowIndex).toBeCloseTo(b?.borrowIndex ?? 0, 20);
    expect(a?.lendIndex).toBeCloseTo(b?.lendIndex ?? 0, 20);
  });

  test('lose nothing to rounding when the index has grown large', () => {
    const { venue, borrower } = halfUsed();
    const pool = venue.state.pools[0];
    if (pool === undefined) throw new Error('no pool');
    pool.borrowIndex = 8;
    const steps = 2000;
    for (let step = 0; step < steps; step += 1) {
      venue.maker.nowMs += 1;
      venue.lend(borrower, 'USDC', '0.000001');
      venue.borrow(borrower, 'USDC', '0.000001');
    }
    // A step is 1.4e-12, four thousandths of which the index alone could not hold.
    const grown = pool.borrowIndex - 8 + pool.borrowIndexCarry;
    const exact = ((0.08 * 0.5) / 0.9) * (steps / 1000 / (365 * 86_400));
    expect(Math.abs(grown - exact) / exact).toBeLessThan(1e-6);
  });
});

describe('what the house has earned', () => {
  test('becomes its cash when everybody has been posted, and leaves the pool in balance', () => {
    const { venue } = halfUsedSince();
    venue.hours(1);
    expect(reserveOf(venue)).toEqual({ claim: 0, cash: 254 });
    venue.hours(1);
    expect(reserveOf(venue)).toEqual({ claim: 0, cash: 508 });
    expect(venue.pool('USDC').reserveAtoms).toBe(508);
  });

  test('does so in every pool', () => {
    const { venue, borrower } = halfUsedSince();
    venue.trader('solLender', { SOL: '1000' });
    venue.borrow(borrower, 'SOL', '500');
    venue.hours(1);
    const { houseAtoms } = venue.state.balances.of(venue.asset('SOL').assetId);
    expect(houseAtoms[HOUSE.lendingReserve]).toBe(venue.pool('SOL').reserveAtoms);
    expect(houseAtoms[HOUSE.lendingReserve]).toBeGreaterThan(300);
  });

  test('waits while the pool has no cash', () => {
    const { venue } = halfUsed();
    const claims = venue.state.pools[0]?.houseClaims;
    const { houseAtoms } = venue.state.balances.of(1);
    if (claims === undefined) throw new Error('no pool');
    claims[HOUSE.rounding] = 40;
    claims[HOUSE.lendingReserve] = 254;
    houseAtoms[HOUSE.lendingPool] = 100;
    payHouseClaims(venue.state, 1);
    expect([claims[HOUSE.rounding], claims[HOUSE.lendingReserve]]).toEqual([0, 194]);
    expect([houseAtoms[HOUSE.lendingPool], houseAtoms[HOUSE.lendingReserve]]).toEqual([0, 60]);
  });

  test('is paid in when it is a rebate, as far as the house account has money', () => {
    const { venue } = halfUsed();
    const claims = venue.state.pools[0]?.houseClaims;
    const { houseAtoms } = venue.state.balances.of(1);
    if (claims === undefined) throw new Error('no pool');
    houseAtoms[HOUSE.fees] = 30;
    claims[HOUSE.fees] = -50;
    payHouseClaims(venue.state, 1);
    expect([claims[HOUSE.fees], houseAtoms[HOUSE.fees]]).toEqual([-20, 0]);
  });
});
