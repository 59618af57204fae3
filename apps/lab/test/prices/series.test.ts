import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceWithin } from '../../src/prices/candle.js';
import { candlePrices, linePrices } from '../../src/prices/series.js';

const candle = fc
  .tuple(fc.double({ min: 1, max: 1e5, noNaN: true }), fc.double({ min: 1, max: 1e5, noNaN: true }))
  .chain(([open, close]) =>
    fc.record({
      openMs: fc.constant(0),
      open: fc.constant(open),
      close: fc.constant(close),
      high: fc.double({ min: 0, max: 0.5, noNaN: true }).map((above) => Math.max(open, close) * (1 + above)),
      low: fc.double({ min: 0, max: 0.5, noNaN: true }).map((below) => Math.min(open, close) * (1 - below)),
    }),
  );

describe('the way through a candle', () => {
  test('begins at the open, ends at the close and stays between low and high', () => {
    fc.assert(
      fc.property(candle, fc.double({ min: 0, max: 1, noNaN: true }), (one, fraction) => {
        expect(priceWithin(one, 0)).toBeCloseTo(one.open, 6);
        expect(priceWithin(one, 1)).toBeCloseTo(one.close, 6);
        const price = priceWithin(one, fraction);
        expect(price).toBeGreaterThanOrEqual(one.low * (1 - 1e-12));
        expect(price).toBeLessThanOrEqual(one.high * (1 + 1e-12));
      }),
    );
  });

  test('reaches both extremes, the nearer first', () => {
    const falling = { openMs: 0, open: 100, high: 104, low: 80, close: 84 };
    const prices = Array.from({ length: 301 }, (_, step) => priceWithin(falling, step / 300));
    const [top, bottom] = [prices.indexOf(Math.max(...prices)), prices.indexOf(Math.min(...prices))];
    expect(prices[top]).toBeCloseTo(104, 0);
    expect(prices[bottom]).toBeCloseTo(80, 0);
    expect(top).toBeLessThan(bottom);
  });
});

describe('a series of candles', () => {
  const flat = (openMs: number, price: number) => ({ openMs, open: price, high: price, low: price, close: price });
  const priceAt = candlePrices([flat(60_000, 10), flat(120_000, 11), flat(180_000, 12), flat(1_200_000, 20)]);

  test.each([
    [59_999, undefined],
    [60_000, 10],
    [119_999, 10],
    [120_000, 11],
    [200_000, 12],
    [539_999, 12],
    [540_000, undefined],
    [1_200_000, 20],
  ])('at %d ms says %s', (timeMs, price) => {
    expect(priceAt(timeMs)).toBe(price);
  });

  test('a line goes straight from point to point and stays at its ends', () => {
    const line = linePrices([
      [0, 100],
      [10, 200],
      [20, 150],
    ]);
    expect([-5, 0, 5, 10, 15, 20, 99].map(line)).toEqual([100, 100, 150, 200, 175, 150, 150]);
  });
});
