import { describe, expect, it } from 'vitest';
import { FairPrice } from '../../src/synthetic/fair-price.js';
import { seededRandom } from '../../src/synthetic/random.js';

const HOUR = 3_600;

function walk(seed: number, opening: number, seconds: number): FairPrice {
  const fair = new FairPrice(opening, 100, 0.000_2, seededRandom(seed));
  for (let second = 0; second < seconds; second += 1) fair.advance(1);
  return fair;
}

describe('a fair price', () => {
  it('walks the same way from the same seed, another way from another', () => {
    expect(walk(1, 100, 1000).value).toBe(walk(1, 100, 1000).value);
    expect(walk(1, 100, 1000).value).not.toBe(walk(2, 100, 1000).value);
  });

  it('starts where the market last traded and finds its way home', () => {
    expect(walk(1, 150, 0).value).toBe(150);
    expect(walk(1, 150, 24 * HOUR).value).toBeLessThan(110);
    expect(walk(1, 50, 24 * HOUR).value).toBeGreaterThan(90);
  });

  it('moves, but stays a price within reach for a week', () => {
    const fair = new FairPrice(100, 100, 0.000_2, seededRandom(3));
    let low = 100;
    let high = 100;
    for (let second = 0; second < 7 * 24 * HOUR; second += 1) {
      fair.advance(1);
      low = Math.min(low, fair.value);
      high = Math.max(high, fair.value);
    }
    expect(low).toBeGreaterThan(80);
    expect(high).toBeLessThan(125);
    expect(high - low).toBeGreaterThan(1);
  });

  it('has a trend between −1 and 1', () => {
    const fair = new FairPrice(100, 100, 0.000_2, seededRandom(4));
    for (let second = 0; second < HOUR; second += 1) {
      fair.advance(1);
      expect(Math.abs(fair.trend)).toBeLessThanOrEqual(1);
    }
  });
});

describe('a fair price that is led', () => {
  it('goes where it is told, and knows the trend', () => {
    const fair = new FairPrice(100, 100, 0.000_2, seededRandom(1));
    for (let price = 101; price < 200; price += 1) fair.moveTo(price);
    expect(fair.value).toBe(199);
    expect(fair.trend).toBeGreaterThan(0.9);
    for (let price = 199; price > 100; price -= 1) fair.moveTo(price);
    expect(fair.trend).toBeLessThan(0);
  });
});

describe('seeded chance', () => {
  it('has the distributions it names', () => {
    const random = seededRandom(5);
    const draws = Array.from({ length: 20_000 }, () => ({
      uniform: random.next(),
      normal: random.normal(),
      gap: random.gap(3),
    }));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(draws.map((draw) => draw.uniform))).toBeCloseTo(0.5, 1);
    expect(mean(draws.map((draw) => draw.normal))).toBeCloseTo(0, 1);
    expect(mean(draws.map((draw) => draw.normal ** 2))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(draws.map((draw) => draw.gap)) - 3)).toBeLessThan(0.2);
    expect(draws.every((draw) => draw.uniform >= 0 && draw.uniform < 1 && draw.gap >= 0)).toBe(true);
  });
});
