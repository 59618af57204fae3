import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexPriceOf, liveSources, neededSources } from '../../src/prices/index-price.js';
import { median, medianOfThree } from '../../src/prices/median.js';
import type { PriceSource } from '../../src/state/oracle.js';

const NOW_US = 1_700_000_000_000_000;
const RULES = { sourceStaleMs: 10_000, sourceOutlier: 0.05 };

const source = (price: number, weight = 1, ageMs = 0): PriceSource => ({
  name: `${price}`,
  weight,
  price,
  timeUs: (NOW_US - ageMs * 1000) as PriceSource['timeUs'],
});
const livePrices = (sources: readonly PriceSource[]) => liveSources(sources, RULES, NOW_US).map(({ price }) => price);
const indexOf = (sources: readonly PriceSource[]) => indexPriceOf(liveSources(sources, RULES, NOW_US));

describe('the median', () => {
  test.each([
    [[7], 7],
    [[9, 1], 5],
    [[9, 1, 4], 4],
    [[8, 2, 4, 1], 3],
    [[10, 9, 100], 10],
    [[], 0],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  test('of three is the middle one whatever their order', () => {
    fc.assert(
      fc.property(fc.tuple(fc.double(), fc.double(), fc.double()), ([a, b, c]) => {
        fc.pre(![a, b, c].some(Number.isNaN));
        expect(medianOfThree(a, b, c) + 0).toBe((median([a, b, c]) as number) + 0);
      }),
    );
  });
});

describe('the index', () => {
  test.each([
    ['one venue alone', [[100, 1]], 100],
    [
      'two that agree nearly',
      [
        [100, 1],
        [101, 1],
      ],
      100.5,
    ],
    [
      'weights count',
      [
        [100, 3],
        [100.8, 1],
      ],
      100.2,
    ],
    [
      'what is more than 1 % above the median counts as 1 %',
      [
        [100, 1],
        [100, 1],
        [104, 1],
      ],
      (100 + 100 + 101) / 3,
    ],
    [
      'what is more than 1 % below counts as 1 %',
      [
        [100, 1],
        [100, 1],
        [96, 2],
      ],
      (100 + 100 + 2 * 99) / 4,
    ],
    [
      'what is more than 5 % off is dropped',
      [
        [100, 1],
        [100.4, 1],
        [106, 9],
      ],
      100.2,
    ],
    [
      'four venues: median of the middle two',
      [
        [99, 1],
        [100, 1],
        [101, 1],
        [104, 1],
      ],
      (99.495 + 100 + 101 + 101.505) / 4,
    ],
  ])('%s', (_name, venues, expected) => {
    expect(indexOf(venues.map(([price, weight]) => source(price as number, weight)))).toBeCloseTo(expected, 10);
  });

  test.each([
    ['never heard of', [source(0), source(100), source(101)], [100, 101]],
    ['just heard of', [source(100, 1, 10_000), source(101)], [100, 101]],
    ['silent for too long', [source(100, 1, 10_001), source(101)], [101]],
    ['two that contradict each other', [source(100), source(112)], []],
    [
      'stale ones have no say in the median',
      [source(100), source(100), source(150, 1, 60_000), source(150, 1, 60_000)],
      [100, 100],
    ],
  ] as const)('live sources: %s', (_name, sources, expected) => {
    expect(livePrices(sources)).toEqual(expected);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 2],
    [16, 2],
  ])('of %d configured sources %d must be live', (configured, needed) => {
    expect(neededSources(configured)).toBe(needed);
  });

  const agreeing = fc.array(
    fc.record({ offset: fc.double({ min: -0.004, max: 0.004, noNaN: true }), weight: fc.integer({ min: 1, max: 9 }) }),
    {
      minLength: 2,
      maxLength: 7,
    },
  );
  const level = fc.double({ min: 1e-6, max: 1e7, noNaN: true });

  test('one wild venue leaves no trace, whatever it says and weighs', () => {
    const wild = fc.oneof(
      fc.double({ min: 0.000_001, max: 0.93, noNaN: true }),
      fc.double({ min: 1.07, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(level, agreeing, wild, fc.integer({ min: 1, max: 1000 }), (price, venues, factor, weight) => {
        const honest = venues.map(({ offset, weight: own }) => source(price * (1 + offset), own));
        expect(indexOf([...honest, source(price * factor, weight)])).toBe(indexOf(honest));
      }),
    );
  });

  test('lies within 1 % of the median of its sources, and between their extremes', () => {
    const venues = fc.array(
      fc.tuple(fc.double({ min: 0.951, max: 1.049, noNaN: true }), fc.integer({ min: 1, max: 9 })),
      {
        minLength: 1,
        maxLength: 9,
      },
    );
    fc.assert(
      fc.property(level, venues, (price, list) => {
        const live = liveSources(
          list.map(([factor, weight]) => source(price * factor, weight)),
          RULES,
          NOW_US,
        );
        fc.pre(live.length > 0);
        const middle = median(live.map((one) => one.price));
        const index = indexPriceOf(live);
        expect(Math.abs(index / middle - 1)).toBeLessThan(0.01 + 1e-9);
        expect(index).toBeGreaterThanOrEqual(Math.min(...live.map((one) => one.price)) * (1 - 1e-12));
        expect(index).toBeLessThanOrEqual(Math.max(...live.map((one) => one.price)) * (1 + 1e-12));
      }),
    );
  });

  test('does not depend on a common factor of the weights', () => {
    fc.assert(
      fc.property(level, agreeing, (price, venues) => {
        const at = (factor: number) =>
          indexOf(venues.map(({ offset, weight }) => source(price * (1 + offset), weight * factor)));
        expect(at(1000) / at(1)).toBeCloseTo(1, 12);
      }),
    );
  });
});
