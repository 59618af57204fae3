import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chance } from '../../src/state/chance.js';
import type { Strategy } from '../../src/state/strategy.js';
import { nextUs, sliceAt, sliceBounds, sliceLots } from '../../src/strategies/plan.js';

const wholes = fc.record({
  sizeLots: fc.integer({ min: 1, max: 10_000_000 }),
  slices: fc.integer({ min: 1, max: 400 }),
  randomized: fc.constantFrom(0, 1),
});

function strategyOf(whole: object): Strategy {
  return { handledLots: 0, slicesDone: 0, createdUs: 0, intervalMs: 1000, durationMs: 1000, ...whole } as Strategy;
}

test('slices that all fill add up to the whole, each within a fifth of an even one and within its bounds', () => {
  fc.assert(
    fc.property(wholes, fc.integer({ min: 1, max: 0xffff_ffff }), (whole, bits) => {
      const strategy = strategyOf(whole);
      const chance = new Chance();
      chance.bits = bits;
      const { leastLots, mostLots } = sliceBounds(whole);
      const even = whole.sizeLots / whole.slices;
      for (let slice = 1; slice <= whole.slices; slice += 1) {
        const lots = sliceLots(strategy, slice, chance);
        expect(lots).toBeGreaterThanOrEqual(leastLots);
        expect(lots).toBeLessThanOrEqual(mostLots);
        expect(Math.abs(lots - even)).toBeLessThanOrEqual(whole.randomized === 1 ? even / 5 + 1 : 1);
        strategy.handledLots += lots;
      }
      expect(strategy.handledLots).toBe(whole.sizeLots);
    }),
  );
});

test('randomised slices differ', () => {
  const strategy = strategyOf({ sizeLots: 100_000, slices: 100, randomized: 1 });
  const chance = new Chance();
  const sizes = new Set<number>();
  for (let slice = 1; slice <= 100; slice += 1) {
    const lots = sliceLots(strategy, slice, chance);
    strategy.handledLots += lots;
    sizes.add(lots);
  }
  expect(sizes.size).toBeGreaterThan(60);
  expect(Math.min(...sizes)).toBeLessThan(900);
  expect(Math.max(...sizes)).toBeGreaterThan(1100);
});

test('what slices could not place is made up for, by at most twice an even slice at a time', () => {
  const strategy = strategyOf({ sizeLots: 100, slices: 10, randomized: 0 });
  const chance = new Chance();
  expect(sliceLots(strategy, 2, chance)).toBe(20);
  expect(sliceLots(strategy, 5, chance)).toBe(20);
  strategy.handledLots = 45;
  expect(sliceLots(strategy, 5, chance)).toBe(5);
});

test('no slice comes before its time, and those whose time was missed are passed over', () => {
  const schedule = fc.record({
    intervalMs: fc.integer({ min: 1, max: 100_000 }),
    slices: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(
      schedule,
      fc.nat({ max: 6_000_000 }),
      fc.array(fc.nat({ max: 300_000_000 })),
      (terms, createdUs, steps) => {
        const durationMs = terms.intervalMs * terms.slices;
        const strategy = strategyOf({ ...terms, durationMs, createdUs });
        let timeUs = createdUs;
        for (const step of steps) {
          if (timeUs >= nextUs(strategy) && strategy.slicesDone < terms.slices) {
            const slice = sliceAt(strategy, timeUs);
            expect(slice).toBeGreaterThan(strategy.slicesDone);
            expect(createdUs + (slice - 1) * terms.intervalMs * 1000).toBeLessThanOrEqual(timeUs);
            strategy.slicesDone = slice;
            if (slice < terms.slices) expect(nextUs(strategy)).toBeGreaterThan(timeUs);
          }
          timeUs += step;
        }
      },
    ),
  );
});
