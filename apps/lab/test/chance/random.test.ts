import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/chance/random.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

describe('what is drawn', () => {
  test('follows from the seed alone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [one, other] = [new Random(seed), new Random(seed)];
        expect(draws(20, () => one.fraction())).toEqual(draws(20, () => other.fraction()));
      }),
    );
  });

  test('stays within its bounds', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 1000 }), (seed, limit) => {
        const random = new Random(seed);
        for (const value of draws(50, () => random.below(limit))) expect(value >= 0 && value < limit).toBe(true);
        for (const value of draws(50, () => random.heavyTail(10, 1e6))) expect(value >= 10 && value <= 1e6).toBe(true);
        for (const value of draws(50, () => random.weighted([0, 1, 0, 3]))) expect([1, 3]).toContain(value);
      }),
    );
  });

  test('has a heavy tail where it should: one in a hundred holds more than a quarter of everything', () => {
    const random = new Random(7);
    const sizes = draws(10_000, () => random.heavyTail(100, 1e7)).sort((a, b) => b - a);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(sizes.slice(0, 100)) / sum(sizes)).toBeGreaterThan(0.25);
    expect(sizes[5_000] as number).toBeLessThan(300);
  });

  test('shuffling keeps everything', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        expect(new Random(seed).shuffled(items).sort((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });
});
