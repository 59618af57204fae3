// What no liquidation may be: a matter of luck in the long run, cheaper for falling deeper, or cheaper in two halves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BTC, LiquidationVenue } from './liquidation-venue.js';

const RUNS = Number(process.env['FAIRNESS_RUNS'] ?? 25);

/** How the book stands under a crash: bids so many basis points below the mark, each for so many lots of 0.01 BTC. */
type Depth = { readonly awayBps: number; readonly quantity: number };
type Crash = { readonly mark: number; readonly depth: Depth; readonly provides: boolean };

const depths: fc.Arbitrary<Depth> = fc.record({
  awayBps: fc.integer({ min: 0, max: 30 }),
  quantity: fc.integer({ min: 1, max: 400 }),
});

/** Longs of 1 BTC in all at 100,000, with 2,000 USDC in all, split among `parts` accounts. What they are worth in the end. */
function worthAfter({ mark, depth, provides }: Crash, parts = 1): number {
  const venue = new LiquidationVenue({ checked: false });
  const maker = venue.trader('maker', { USDC: '90000000' });
  const longs = Array.from({ length: parts }, (_, place) => venue.trader(`long${place}`, { USDC: `${2000 / parts}` }));
  for (const long of longs) venue.trade(long, maker, BTC, '100000', `${1 / parts}`);
  if (provides) {
    const provider = venue.trader('provider', { USDC: '900000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '0', markets: `${BTC}:100:100` });
  }
  const bid = (mark * (1 - depth.awayBps / 10_000)).toFixed(1);
  venue.limit(maker, 'Bid', bid, (depth.quantity / 100).toFixed(2), { symbol: BTC });
  venue.price(BTC, mark);
  venue.rounds(30);
  return longs.reduce((sum, long) => sum + venue.margin(long).netEquityUsd, 0);
}

describe('a liquidated account', () => {
  test('is never better off after a deeper fall', () => {
    const crashes = fc.record({
      depth: depths,
      provides: fc.boolean(),
      marks: fc.tuple(fc.integer({ min: 97_000, max: 98_680 }), fc.integer({ min: 97_000, max: 98_680 })),
    });
    fc.assert(
      fc.property(crashes, ({ depth, provides, marks }) => {
        const [a, b] = marks;
        const mild = worthAfter({ mark: Math.max(a, b), depth, provides });
        const deep = worthAfter({ mark: Math.min(a, b), depth, provides });
        expect(deep).toBeLessThanOrEqual(mild + toMakersUsd(depth, 100_000) + ROUNDING_USD);
      }),
      { numRuns: RUNS },
    );
  });

  test('is never better off for being two', () => {
    const crashes = fc.record({
      depth: depths,
      provides: fc.boolean(),
      mark: fc.integer({ min: 97_000, max: 98_680 }),
    });
    fc.assert(
      fc.property(crashes, (crash) => {
        expect(worthAfter(crash, 2)).toBeLessThanOrEqual(
          worthAfter(crash) + toMakersUsd(crash.depth, crash.mark) + ROUNDING_USD,
        );
      }),
      { numRuns: RUNS },
    );
  });
});

/** Steps are whole lots: a dollar's worth of them may fall on either side of a boundary. */
const ROUNDING_USD = 1;

/** What the book would take beside fees: it goes to makers, and who falls past their reach does not pay it. */
const toMakersUsd = ({ awayBps, quantity }: Depth, mark: number): number =>
  (mark * awayBps * Math.min(1, quantity / 100)) / 10_000;

describe('turns', () => {
  test('come to equal accounts equally often first, when the book takes one step a second', () => {
    const venue = new LiquidationVenue({ checked: false });
    const maker = venue.trader('maker', { USDC: '90000000' });
    const longs = Array.from({ length: 5 }, (_, place) => {
      const long = venue.trader(`long${place}`, { USDC: '2000' });
      venue.trade(long, maker, BTC, '100000', '1');
      return venue.accountOf(long);
    });
    venue.price(BTC, 98_400);
    const served = new Map<number, number>(longs.map((accountId) => [accountId, 0]));
    for (let round = 0; round < 60; round += 1) {
      venue.limit(maker, 'Bid', '98400', '0.0001', { symbol: BTC });
      const events = venue.rounds(1);
      for (const event of events) {
        if (event.kind !== 'liquidationStep') continue;
        served.set(event.accountId, (served.get(event.accountId) ?? 0) + 1);
      }
    }
    const counts = [...served.values()];
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...counts)).toBeLessThanOrEqual(20);
  });

  test('are taken by more than ten thousand accounts in a second, a slice at a time', () => {
    const venue = new LiquidationVenue({ checked: false });
    const maker = venue.trader('maker', { USDC: '90000000' });
    const longs = Array.from({ length: 40 }, (_, place) => {
      const long = venue.trader(`long${place}`, { USDC: '2000' });
      venue.trade(long, maker, BTC, '100000', '1');
      return long;
    });
    venue.mark(BTC, 98_400);
    const first = venue.sample().filter(({ kind }) => kind === 'liquidationStarted').length;
    const second = venue.pass(1).filter(({ kind }) => kind === 'liquidationStarted').length;
    expect(first).toBeGreaterThanOrEqual(11);
    expect(first).toBeLessThan(longs.length);
    expect(second).toBeGreaterThanOrEqual(11);
  });
});
