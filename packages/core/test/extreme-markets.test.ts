// Whatever market the listing rules let through can be traded at its extremes. EXTREME_RUNS sets how many (default 250).

import { type Parameters, TEST_GENESIS } from '@glasshouse/testkit';
import { formatDecimal, MAX_SAFE } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HIGHEST_TICKS, restore, snapshot } from '../src/index.js';
import { hashOf } from './hashing.js';
import { summary, Venue } from './venue.js';

const numRuns = Number(process.env['EXTREME_RUNS'] ?? 250);

/** Lots as many as the ledger can count, or some part of them. */
const share = fc.constantFrom(1, 0.999, 0.5, 0.001, 1e-9);
const market = fc
  .record({
    baseDecimals: fc.nat(12),
    tick: fc.tuple(fc.constantFrom(1, 1, 5, 25, 9765625), fc.nat(6)),
    step: fc.tuple(fc.constantFrom(1, 1, 5, 1024), fc.nat(6)),
    mostTicks: fc.constantFrom(1, 100, 1_000_000, HIGHEST_TICKS),
    share,
    limitMaxPpm: fc.constantFrom(1_000_000, 2_000_000, 1_000_000_000),
    impactMaxPpm: fc.constantFrom(1_000_000, 1_010_000, 1_000_000_000),
    makerPpm: fc.constantFrom(-50_000, -100, 0, 1, 800, 50_000),
    takerPpm: fc.constantFrom(0, 1, 1000, 50_000),
  })
  .map((drawn) => {
    const { tick, step, mostTicks, baseDecimals, limitMaxPpm, impactMaxPpm } = drawn;
    const maxTicks = Math.min(mostTicks, Math.floor(MAX_SAFE / 2 / Math.max(limitMaxPpm, impactMaxPpm)));
    const quoteDecimals = tick[1] + step[1];
    const baseAtoms = step[0] * 10 ** (baseDecimals - step[1]);
    const mostLots = Math.floor(Math.min(MAX_SAFE / (maxTicks * tick[0] * step[0]), MAX_SAFE / baseAtoms));
    return { ...drawn, maxTicks, quoteDecimals, maxLots: Math.max(1, Math.floor(mostLots * drawn.share)) };
  });
type Extreme = typeof market extends fc.Arbitrary<infer Value> ? Value : never;

function genesisOf(extreme: Extreme) {
  const [tick, tickScale] = extreme.tick;
  const [step, stepScale] = extreme.step;
  const [usdc, sol] = [TEST_GENESIS.assets[0], TEST_GENESIS.assets[3]];
  return {
    ...TEST_GENESIS,
    assets: [
      { ...usdc, decimals: extreme.quoteDecimals },
      { ...sol, decimals: extreme.baseDecimals },
    ],
    markets: [
      {
        ...TEST_GENESIS.markets[2],
        tickSize: formatDecimal(tick, tickScale, 0),
        stepSize: formatDecimal(step, stepScale, 0),
        minPrice: formatDecimal(tick, tickScale, 0),
        maxPrice: formatDecimal(tick * extreme.maxTicks, tickScale, 0),
        minQuantity: formatDecimal(step, stepScale, 0),
        maxQuantity: formatDecimal(step * extreme.maxLots, stepScale, 0),
        limitMinPpm: 0,
        limitMaxPpm: extreme.limitMaxPpm,
        impactMinPpm: 0,
        impactMaxPpm: extreme.impactMaxPpm,
      },
    ],
    spotFeeTiers: [{ name: 'only', minVolume: 0, makerPpm: extreme.makerPpm, takerPpm: extreme.takerPpm }],
  };
}

function listed(extreme: Extreme): Venue | undefined {
  try {
    return new Venue({ genesis: genesisOf(extreme) });
  } catch {
    return undefined;
  }
}

const MAX_TEXT = 999_999_999_999_999;
const HALF_OF_ALL = 4_503_599_627_370_495;

function rich(venue: Venue, name: string, { quoteDecimals, baseDecimals }: Extreme): number {
  const keyId = venue.trader(name);
  for (const [symbol, decimals] of [
    ['USDC', quoteDecimals],
    ['SOL', baseDecimals],
  ] as const) {
    expect(summary(venue.deposit(keyId, symbol, formatDecimal(HALF_OF_ALL, decimals, 0)))).toEqual(['depositCredited']);
  }
  return keyId;
}

/** 0 is the least that the grid holds, 4 the most. */
const corner = fc.integer({ min: 0, max: 4 });
const order = fc.record({
  trader: fc.nat(1),
  side: fc.constantFrom('Bid' as const, 'Ask' as const),
  price: corner,
  size: corner,
  kind: fc.constantFrom('Limit', 'Limit', 'Limit', 'Market', 'Quote'),
  timeInForce: fc.constantFrom('GTC', 'GTC', 'GTC', 'IOC', 'FOK'),
  selfTradePrevention: fc.constantFrom('RejectTaker', 'RejectMaker', 'RejectBoth'),
});

function at(place: number, most: number, [digits, scale]: readonly [number, number]): string {
  const units = place === 4 ? most : Math.max(1, Math.floor((most / 4) * place));
  // No text of more than fifteen digits is a number to the decoder.
  return formatDecimal(Math.min(units, Math.floor(MAX_TEXT / digits)) * digits, scale, 0);
}

function parametersOf(
  extreme: Extreme,
  { price, size, kind, ...rest }: typeof order extends fc.Arbitrary<infer V> ? V : never,
) {
  const { trader: _trader, side: _side, ...terms } = rest;
  const quantity = at(size, extreme.maxLots, extreme.step);
  if (kind === 'Limit') return { ...terms, price: at(price, extreme.maxTicks, extreme.tick), quantity };
  if (kind === 'Market') return { ...terms, quantity };
  return { ...terms, quoteQuantity: formatDecimal(Math.max(1, 249_999_999_999_999 * size), extreme.quoteDecimals, 0) };
}

describe('a market at the edge of numbers', () => {
  test('breaks no rule, whatever is ordered', () => {
    let markets = 0;
    let trades = 0;
    const reasons = new Set<string>();
    fc.assert(
      fc.property(market, fc.array(order, { minLength: 4, maxLength: 25 }), (extreme, orders) => {
        const venue = listed(extreme);
        if (venue === undefined) return;
        markets += 1;
        const traders = [rich(venue, 'first', extreme), rich(venue, 'second', extreme)];
        for (const one of orders) {
          const parameters: Parameters = parametersOf(extreme, one);
          for (const outcome of summary(venue.order(traders[one.trader] ?? 0, one.side, parameters))) {
            if (outcome === 'traded') trades += 1;
            reasons.add(outcome);
          }
        }
        expect(hashOf(restore(snapshot(venue.state)))).toBe(hashOf(venue.state));
      }),
      { numRuns },
    );
    expect(markets).toBeGreaterThan(numRuns / 4);
    expect(trades).toBeGreaterThan(numRuns / 4);
    expect([...reasons]).toEqual(expect.arrayContaining(['rejected insufficientFunds', 'orderExpired PriceImpact']));
  });
});
