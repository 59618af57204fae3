import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fairPrice, limitedStep, type MarkInputs, withinBand } from '../../src/prices/mark-price.js';

const INPUTS: MarkInputs = { indexPrice: 100, indexLive: true, trading: true, bid: 101, ask: 103, last: 110 };

describe('the fair price', () => {
  test.each([
    ['index and the average premium', {}, 101.5],
    ['index when the book has no bid', { bid: 0 }, 100],
    ['index when the book has no ask', { ask: 0 }, 100],
    ['index when nothing trades in the book', { trading: false }, 100],
    ['the last index when nothing trades and no source is live', { trading: false, indexLive: false }, 100],
    ['without an index the median of bid, ask and last: last above', { indexLive: false, indexPrice: 0 }, 103],
    ['last below', { indexLive: false, indexPrice: 0, last: 90 }, 101],
    ['last between', { indexLive: false, indexPrice: 0, last: 102.5 }, 102.5],
    ['then mid', { indexLive: false, indexPrice: 0, last: 0 }, 102],
    ['then last', { indexLive: false, indexPrice: 0, bid: 0 }, 110],
    ['then the index that was', { indexLive: false, bid: 0, last: 0 }, 100],
    ['else nothing', { indexLive: false, indexPrice: 0, bid: 0, last: 0 }, 0],
  ])('%s', (_name, change, expected) => {
    expect(fairPrice({ ...INPUTS, ...change }, 1.5)).toBe(expected);
  });
});

describe('steps and bands', () => {
  test.each([
    [0, 123, 0.0025, 123],
    [100, 100.2, 0.0025, 100.2],
    [100, 110, 0.0025, 100.25],
    [100, 90, 0.0025, 99.75],
    [100, 90, 0.5, 90],
    [100, 1, 2, 1],
  ])('from %d towards %d by at most %d: %d', (previous, next, allowance, expected) => {
    expect(limitedStep(previous, next, allowance)).toBe(expected);
  });

  test.each([
    [100, 100, 100],
    [106, 100, 105],
    [94, 100, 95],
    [106, 0, 106],
  ])('%d around an index of %d: %d', (price, index, expected) => {
    expect(withinBand(price, index, 0.05)).toBe(expected);
  });

  test('a step never passes its target, and never exceeds the allowance', () => {
    const price = fc.double({ min: 1e-6, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(price, price, fc.double({ min: 0, max: 1, noNaN: true }), (previous, next, allowance) => {
        const step = limitedStep(previous, next, allowance);
        expect(Math.abs(step / previous - 1)).toBeLessThanOrEqual(allowance + 1e-12);
        expect(Math.sign(next - step)).toBe(step === next ? 0 : Math.sign(next - previous));
      }),
    );
  });
});
