import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Grid } from '../src/market/grid.js';
import { changeTo, type LadderShape, type RestingQuote, wantedQuotes } from '../src/traders/ladder.js';

const GRID = new Grid({ price: { tickSize: '0.01' }, quantity: { stepSize: '0.001', minQuantity: '0.002' } });
const SHAPE: LadderShape = { layers: 3, halfSpread: 0.001, gap: 0.001, growth: 2, notional: 100 };

const asResting = (fair: number): readonly RestingQuote[] =>
  wantedQuotes(fair, SHAPE, GRID).map((quote, index) => ({ id: String(index), side: quote.side, ticks: quote.ticks }));

describe('a grid', () => {
  it.each([
    ['0.01', 99.994, '99.99'],
    ['0.1', 100_000.04, '100000.0'],
    ['0.5', 10.26, '10.5'],
    ['5', 12, '10'],
    ['0.01', 0.001, '0.01'],
  ])('with tick %s writes %d as %s', (tickSize, price, text) => {
    const grid = new Grid({ price: { tickSize }, quantity: { stepSize: '1', minQuantity: '1' } });
    expect(grid.priceText(grid.ticksAt(price))).toBe(text);
  });

  it.each([
    [100, 3, '33.333'],
    [0.001, 3, '0.002'],
  ])('spends %d at %d on %s, never less than the minimum', (notional, price, text) => {
    expect(GRID.quantityText(notional, price)).toBe(text);
  });

  it('refuses a market without a tick', () => {
    expect(() => new Grid({ price: { tickSize: '0' }, quantity: { stepSize: '1', minQuantity: '1' } })).toThrow('0');
  });
});

describe('the quotes a maker wants', () => {
  it('lie symmetrically around the fair price, wider and larger outwards', () => {
    expect(wantedQuotes(100, SHAPE, GRID)).toEqual([
      { side: 'Bid', ticks: 9990, notional: 100 },
      { side: 'Ask', ticks: 10010, notional: 100 },
      { side: 'Bid', ticks: 9980, notional: 200 },
      { side: 'Ask', ticks: 10020, notional: 200 },
      { side: 'Bid', ticks: 9960, notional: 400 },
      { side: 'Ask', ticks: 10040, notional: 400 },
    ]);
  });
});

describe('the change from resting quotes to wanted ones', () => {
  it('is everything at the start and nothing when all is in place', () => {
    const wanted = wantedQuotes(100, SHAPE, GRID);
    expect(changeTo(wanted, [], 10_000, SHAPE)).toEqual({ cancel: [], place: wanted });
    expect(changeTo(wanted, asResting(100), 10_000, SHAPE)).toEqual({ cancel: [], place: [] });
  });

  it('leaves quotes alone that are off by less than half a gap', () => {
    expect(changeTo(wantedQuotes(100.04, SHAPE, GRID), asResting(100), 10_004, SHAPE)).toEqual({
      cancel: [],
      place: [],
    });
  });

  it('cancels what is off by more, on the wrong side or one too many', () => {
    const strays: RestingQuote[] = [
      { id: 'far', side: 'Bid', ticks: 9900 },
      { id: 'wrong side', side: 'Ask', ticks: 9990 },
      { id: 'second', side: 'Bid', ticks: 9991 },
    ];
    const { cancel } = changeTo(wantedQuotes(100, SHAPE, GRID), [...asResting(100), ...strays], 10_000, SHAPE);
    expect(cancel).toEqual(strays);
  });

  it('leads to the wanted number of quotes on each side, wherever the old ones were', () => {
    const resting = fc.array(
      fc.record({
        id: fc.uuid(),
        side: fc.constantFrom('Bid' as const, 'Ask' as const),
        ticks: fc.integer({ min: 9800, max: 10_200 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(resting, fc.double({ min: 98, max: 102, noNaN: true }), (quotes, fair) => {
        const wanted = wantedQuotes(fair, SHAPE, GRID);
        const { cancel, place } = changeTo(wanted, quotes, GRID.ticksAt(fair), SHAPE);
        const kept = quotes.filter((quote) => !cancel.includes(quote));
        for (const side of ['Bid', 'Ask'] as const) {
          const count = [...kept, ...place].filter((quote) => quote.side === side).length;
          expect(count).toBe(SHAPE.layers);
        }
        expect(cancel.length + kept.length).toBe(quotes.length);
      }),
    );
  });
});
