// What must hold between two runs: WORLDS of each kind are tried (default 12).

import type { Event } from '@glasshouse/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worthUsd } from '../../../src/liquidation/worth.js';
import { BTC, LiquidationVenue, SOL } from '../liquidation-venue.js';
import { outcomeOf, type World } from './worlds.js';

const numRuns = Number(process.env['WORLDS'] ?? 12);
/** Dollars that the roundings of some fifty turns may come to. */
const SLACK_USD = 0.001;
/** Two accounts may close a lot less each than one, because steps are whole lots: a dollar's worth, at the largest fee. */
const LOTS_SLACK_USD = 0.02;

/** Falls at which the taker of each world is the one that is met. */
const FALLS = {
  book: [1_320, 1_640],
  provider: [1_320, 2_100],
  others: [1_680, 2_100],
  anybody: [1_320, 2_100],
} as const;
/** Millionths below the mark at which bids are taken; beyond them they are too bad. */
const BELOW = { book: 1_000, provider: 0, others: 0, anybody: 6_000 } as const;

const world = (taker: World['taker']): fc.Arbitrary<World> =>
  fc.record({
    taker: fc.constant(taker),
    fees: fc.boolean(),
    lots: fc.integer({ min: 5_000, max: 80_000 }).map((half) => half * 2),
    fall: fc.integer({ min: FALLS[taker][0], max: FALLS[taker][1] }),
    bidBelow: fc.integer({ min: 0, max: BELOW[taker] }),
    bestPart: fc.integer({ min: 1, max: 100 }),
    restBelow: fc.integer({ min: 0, max: BELOW[taker] }),
  });

const TAKERS = ['book', 'provider', 'others', 'anybody'] as const;

describe.each(TAKERS)('where the %s takes what is liquidated', (taker) => {
  test('a deeper crash never leaves an account better off', () => {
    const deeper = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(world(taker), deeper, (one, more) => {
        const other = { ...one, fall: Math.min(FALLS[taker][1], one.fall + more) };
        const [shallow, deep] = [outcomeOf(one), outcomeOf(other)];
        fc.pre(shallow.isOver && deep.isOver);
        expect(deep.leftUsd).toBeLessThanOrEqual(shallow.leftUsd + SLACK_USD);
      }),
      { numRuns },
    );
  });

  test('two accounts with half of everything are left no more than one with all', () => {
    fc.assert(
      fc.property(world(taker), (one) => {
        const [whole, split] = [outcomeOf(one), outcomeOf(one, 2)];
        fc.pre(whole.isOver && split.isOver);
        expect(split.leftUsd).toBeLessThanOrEqual(whole.leftUsd + LOTS_SLACK_USD);
      }),
      { numRuns },
    );
  });
});

describe('a book with bad prices', () => {
  const world: World = {
    taker: 'anybody',
    fees: true,
    lots: 100_000,
    fall: 1_581,
    bidBelow: 4_241,
    bestPart: 100,
    restBelow: 3_540,
  };

  test('does not leave an account with four dollars where a deeper crash, met by a provider, would leave it with eighty', () => {
    const [shallow, deep] = [outcomeOf(world), outcomeOf({ ...world, fall: 1_805 })];
    expect(deep.leftUsd).toBeGreaterThan(80);
    expect(shallow.leftUsd).toBeGreaterThan(deep.leftUsd);
  });
});

type Person = { readonly name: string; readonly funds: string; readonly btc: string; readonly sol: string };

const PEOPLE: readonly Person[] = [
  { name: 'alice', funds: '2000', btc: '1', sol: '0' },
  { name: 'bob', funds: '900', btc: '0.4', sol: '40' },
  { name: 'carol', funds: '3100', btc: '0.9', sol: '600' },
  { name: 'dave', funds: '1500', btc: '0.7', sol: '30' },
];

/** Bids for all that anybody could have to sell, so that nobody's turn depends on another's. */
function crashed(people: readonly Person[], opened: readonly Person[] = people) {
  const venue = new LiquidationVenue({ fees: true });
  const maker = venue.trader('maker', { USDC: '50000000' });
  const keys = new Map(people.map(({ name, funds }) => [name, venue.trader(name, { USDC: funds })]));
  for (const { name, btc, sol } of opened) {
    const key = keys.get(name) ?? 0;
    if (sol !== '0') venue.trade(key, maker, SOL, '150', sol);
    venue.trade(key, maker, BTC, '100000', btc);
  }
  const before = venue.events.length;
  venue.quotes(maker, 'Bid', BTC, [['98400', '50']]);
  venue.quotes(maker, 'Bid', SOL, [['147.9', '50000']]);
  venue.mark(SOL, 148);
  venue.index('SOL', 148);
  venue.price(BTC, 98_450);
  venue.rounds(40);
  const left = (name: string): number => worthUsd(venue.state, venue.accountOf(keys.get(name) ?? 0));
  return { left: PEOPLE.map(({ name }) => left(name)), told: venue.events.slice(before).map(ofLiquidation) };
}

/** Without the numbers that orders and trades were given. */
function ofLiquidation(event: Event): unknown {
  if (event.kind === 'liquidationStep') return { ...event, orderId: 0 };
  return event.kind === 'liquidationStarted' || event.kind === 'liquidationEnded' ? event : event.kind;
}

describe('who an account is', () => {
  test('does not matter: whatever its number, it is left the same', () => {
    const { left } = crashed(PEOPLE);
    fc.assert(
      fc.property(fc.shuffledSubarray([...PEOPLE], { minLength: PEOPLE.length }), (people) => {
        for (const [place, usd] of crashed(people).left.entries()) expect(usd).toBeCloseTo(left[place] ?? 0, 4);
      }),
      { numRuns },
    );
    expect(left.every((usd) => usd > 0)).toBe(true);
  });

  test('alone decides its turn, and not where its positions lie in memory', () => {
    const { told } = crashed(PEOPLE);
    expect(crashed(PEOPLE, PEOPLE.toReversed()).told).toEqual(told);
  });
});

describe('identical accounts', () => {
  const ROUNDS = 240;
  const NAMES = ['a', 'b', 'c', 'd'];

  /** One lot for sale a round: whoever comes first gets the step that there is. */
  function stepsByAccount(): number[] {
    const venue = new LiquidationVenue({ checked: false });
    const maker = venue.trader('maker', { USDC: '50000000' });
    const longs = NAMES.map((name) => venue.trader(name, { USDC: '2000' }));
    for (const long of longs) venue.trade(long, maker, BTC, '100000', '1');
    venue.price(BTC, 98_500);
    for (let round = 0; round < ROUNDS; round += 1) {
      venue.limit(maker, 'Bid', '98500', '0.00001', { symbol: BTC });
      venue.rounds(1);
    }
    const steps = venue.of('liquidationStep');
    return longs.map((long) => steps.filter(({ accountId }) => accountId === venue.accountOf(long)).length);
  }

  test('come first as often as each other over time', () => {
    const steps = stepsByAccount();
    expect(steps.reduce((sum, count) => sum + count, 0)).toBe(ROUNDS);
    for (const count of steps) {
      expect(count).toBeGreaterThan((ROUNDS / NAMES.length) * 0.7);
      expect(count).toBeLessThan((ROUNDS / NAMES.length) * 1.3);
    }
  });

  test('are left the same when there is enough for all', () => {
    const same = { name: 'one', funds: '2000', btc: '1', sol: '0' };
    const venue = new LiquidationVenue({ fees: true });
    const maker = venue.trader('maker', { USDC: '50000000' });
    const keys = NAMES.map((name) => venue.trader(name, { USDC: same.funds }));
    for (const key of keys) venue.trade(key, maker, BTC, '100000', same.btc);
    venue.quotes(maker, 'Bid', BTC, [['98500', '50']]);
    venue.price(BTC, 98_550);
    venue.rounds(30);
    const left = keys.map((key) => worthUsd(venue.state, venue.accountOf(key)));
    expect(new Set(left.map((usd) => usd.toFixed(4))).size).toBe(1);
    expect(venue.of('liquidationEnded')).toHaveLength(NAMES.length);
  });
});
