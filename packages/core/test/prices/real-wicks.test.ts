// Perpetuals whose prints left the market behind, second by second: how far does the mark follow?
import { describe, expect, test } from 'vitest';
import { DayPlayer, genesisListing } from './day-player.js';
import { outcome } from './feed-venue.js';
import { type Candle, candles, facts, recordingsPresent, type Trade, trades } from './recordings.js';

const GRID = { tickSize: '0.001', stepSize: '0.1', minPrice: '0.001', minQuantity: '0.1', maxPrice: '2000' };

/** Prints up to a moment: the last of them, and the lowest since the moment before. */
class Tape {
  #at = 0;
  price = 0;
  lowest = 0;

  constructor(private readonly tape: readonly Trade[]) {}

  until(timeMs: number): number {
    this.lowest = Number.POSITIVE_INFINITY;
    for (; (this.tape[this.#at]?.timeMs ?? Number.POSITIVE_INFINITY) < timeMs; this.#at += 1) {
      this.price = this.tape[this.#at]?.price ?? this.price;
      this.lowest = Math.min(this.lowest, this.price);
    }
    this.lowest = Math.min(this.lowest, this.price);
    return this.price;
  }
}

describe.skipIf(!recordingsPresent)('a wick', () => {
  test('AVAX, 10 October 2025: the perpetual prints 6.02 with spot at 17; the mark stays at the index', () => {
    const [from, to] = [Date.UTC(2025, 9, 10, 21, 10), Date.UTC(2025, 9, 10, 21, 30)];
    const spot = new Tape(trades('2025-10-10_AVAX-USD_coinbase', from, to));
    const perp = new Tape(trades('2025-10-10_AVAXUSD_PERP_binance_coinm', from, to));
    const symbol = 'AVAX_USDC_PERP';
    const player = new DayPlayer(genesisListing('AVAX', [{ name: 'coinbase', weight: 1 }], GRID));
    const taker = player.trader('seller', { USDC: '10000000' });
    let [deepest, lowestPrint, lowestMark, lowestIndex, stopped] = [0, 1e9, 1e9, 1e9, 0];
    player.at(from + 9_000);
    for (let nowMs = from + 10_000; nowMs < to; nowMs += 1000) {
      player.report('coinbase', { AVAX: spot.until(nowMs) });
      player.at(nowMs);
      perp.until(nowMs);
      const print = perp.lowest;
      player.quote(symbol, print);
      const sale = player.order(taker, 'Ask', { symbol, quantity: '0.1' });
      if (outcome(sale).at(-1) === 'orderExpired PriceOutOfBounds') stopped += 1;
      const { markPrice, indexPrice } = player.perp(symbol);
      deepest = Math.min(deepest, print / spot.price - 1);
      lowestPrint = Math.min(lowestPrint, print);
      lowestMark = Math.min(lowestMark, markPrice);
      lowestIndex = Math.min(lowestIndex, indexPrice);
      expect(Math.abs(markPrice / indexPrice - 1)).toBeLessThanOrEqual(0.05 + 1e-12);
    }
    const known = facts()['avax_perp_vs_spot_2025-10-10'] as { readonly spot_low: number; readonly perp_low: number };
    expect(deepest).toBeLessThan(-0.5);
    expect(lowestPrint).toBe(known.perp_low);
    expect(lowestIndex).toBeGreaterThanOrEqual(known.spot_low);
    expect(lowestMark).toBeGreaterThan(known.spot_low * 0.95);
    expect(stopped).toBeGreaterThan(10);
  });

  // No FIL spot is recorded. The minute closes of the same perpetual stand in for it: they are free of the wick, because it went
  // back within its minute. The book shows every extreme of the minute for fifteen seconds.
  test('FIL, 4 April 2025 07:04: up 28 % and half of it back within a minute; the mark never sees the top', () => {
    const minutes = candles('apr2025_binance_usdm_perp_1m_near_fil', 'binance_usdm_perp', 'FILUSDT');
    const wickMs = Date.UTC(2025, 3, 4, 7, 4);
    const place = minutes.findIndex(({ openMs }) => openMs === wickMs);
    const wick = minutes[place] as Candle;
    expect(wick.high / wick.open).toBeCloseTo(1.2755, 4);
    const symbol = 'FIL_USDC_PERP';
    const player = new DayPlayer(genesisListing('FIL', [{ name: 'spot', weight: 1 }], GRID));
    let highest = 0;
    player.at(wick.openMs - 5 * 60_000 - 1000);
    for (const minute of minutes.slice(place - 5, place + 5)) {
      for (let second = 0; second < 60; second += 1) {
        const shown = [minute.open, minute.low, minute.high, minute.close][Math.floor(second / 15)] as number;
        player.report('spot', { FIL: second === 59 ? minute.close : minute.open });
        player.at(minute.openMs + second * 1000);
        const before = player.mark(symbol);
        player.quote(symbol, shown);
        const { markPrice, indexPrice } = player.perp(symbol);
        highest = Math.max(highest, markPrice);
        expect(Math.abs(markPrice / indexPrice - 1)).toBeLessThanOrEqual(0.05 + 1e-12);
        expect(markPrice).toBe(before);
      }
      if (minute === wick) expect(player.mark(symbol)).toBeLessThan(wick.open * 1.055);
    }
    expect(highest).toBeLessThan(wick.close * 1.05);
    expect(highest).toBeLessThan(wick.high * 0.93);
  });
});
