// Putting quotes together, writing them down, and what they are in dollars.
import { parseDecimal } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dollarRates, inDollars } from '../src/dollars.js';
import { priceOf, priceText } from '../src/price-text.js';
import type { Money, Quote } from '../src/quote.js';
import { QuoteBoard } from '../src/quote-board.js';
import { reportTexts } from '../src/report.js';

const quote = (asset: string, money: Money, price: number): Quote => ({
  asset,
  money,
  bid: price,
  ask: price,
  last: price,
  timeMs: 0,
});

describe('a price', () => {
  it.each([
    [100_000, '100000'],
    [99_999.5, '99999.5'],
    [0.00000907, '0.00000907'],
    [0.1 + 0.2, '0.3'],
    [123_456.789_012_345_67, '123456.789012'],
    [1e-19, undefined],
    [1e21, undefined],
  ])('%d is written %s', (price, text) => {
    expect(priceText(price)).toBe(text);
  });

  it('is written so that the exchange reads the same to eleven digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (price) => {
        const decimal = parseDecimal(priceText(price) ?? '');
        const read = (decimal?.digits ?? 0) / 10 ** (decimal?.scale ?? 0);
        expect(Math.abs(read / price - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '0', '-1', '1e5', '', '.5', null, true, {}])(
    'is not %j',
    (value) => {
      expect(priceOf(value)).toBeUndefined();
    },
  );
});

describe('the board', () => {
  it('forgets a pair of which nothing was heard for its lifetime', () => {
    const board = new QuoteBoard([{ name: 'X', asset: 'X', money: 'USD', unit: 1 }], 1_000);
    board.take({ pair: 'X', bid: 1, ask: 2, last: 1 }, 10_000);
    expect(board.quotes(11_000)).toHaveLength(1);
    expect(board.quotes(11_001)).toHaveLength(0);
    board.take({ pair: 'X', ask: 3 }, 11_001);
    expect(board.quotes(11_001)).toMatchObject([{ bid: 1, ask: 3, last: 1 }]);
  });
});

describe('dollars', () => {
  const rates = dollarRates([
    quote('USDT', 'USD', 0.999),
    quote('USDT', 'USD', 1.001),
    quote('USDT', 'USD', 0.5),
    quote('BTC', 'USDT', 100_000),
  ]);

  it('are what a stablecoin costs in them by the median of its quotes', () => {
    expect(inDollars(quote('BTC', 'USDT', 100_000), rates)).toMatchObject({ money: 'USD', bid: 99_900, last: 99_900 });
    expect(inDollars(quote('BTC', 'USD', 100_000), rates)).toMatchObject({ bid: 100_000 });
  });

  it('are unknown when nobody quotes the stablecoin: it is not taken to be worth one', () => {
    expect(inDollars(quote('BTC', 'USDC', 100_000), rates)).toBeUndefined();
  });
});

describe('a report', () => {
  it('is symbol, bid, ask and last of each asset', () => {
    const btc = { ...quote('BTC', 'USD', 1), bid: 99.5, ask: 100.5, last: 100 };
    expect(reportTexts([btc, quote('kBONK', 'USD', 0.02)])).toEqual(['BTC:99.5:100.5:100,kBONK:0.02:0.02:0.02']);
  });

  it('leaves out what cannot be written, and is split after a hundred', () => {
    const many = Array.from({ length: 101 }, (_, place) => quote(`A${place}`, 'USD', 1));
    const texts = reportTexts([quote('TINY', 'USD', 1e-20), ...many]);
    expect(texts.map((text) => text.split(',').length)).toEqual([100, 1]);
    expect(reportTexts([])).toEqual([]);
  });
});
