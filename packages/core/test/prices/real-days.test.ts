// April 2025 and 10 October 2025: candles of several venues as sources of BTC, ETH and SOL. Within each candle every venue shows
// its low, then its high, then its close; samples come with those steps, so that here no cap stands between index and formula.
import { MARKET_STATE } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { BY_THE_CANDLE, DayPlayer, genesisWith, type SourceList } from './day-player.js';
import { type Candle, candles, merged, recordingsPresent } from './recordings.js';

const FIVE_MINUTES_MS = 300_000;
const WILD = { name: 'wild', weight: 50 };

type Venues = Readonly<Record<string, readonly Candle[]>>;
type Showing = { readonly name: string; readonly weight: number; readonly price: number };

const middleOf = (prices: readonly number[]): number => {
  const sorted = [...prices].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
};

/** The formula of the mechanics, written out once more; undefined with too few venues. */
function expectedIndex(showing: readonly Showing[], needed: number): number | undefined {
  const first = middleOf(showing.map(({ price }) => price));
  const live = showing.filter(({ price }) => Math.abs(price / first - 1) <= 0.05);
  if (live.length < needed) return undefined;
  const m = middleOf(live.map(({ price }) => price));
  const total = live.reduce((sum, { weight }) => sum + weight, 0);
  return (
    live.reduce((sum, { price, weight }) => sum + weight * Math.min(Math.max(price, 0.99 * m), 1.01 * m), 0) / total
  );
}

type Day = { readonly weights: Readonly<Record<string, number>>; readonly assets: Readonly<Record<string, Venues>> };

const sourcesOf = (day: Day, symbol: string): SourceList =>
  Object.keys(day.assets[symbol] ?? {}).map((name) => ({ name, weight: day.weights[name] ?? 1 }));

const PHASES = ['low', 'high', 'close'] as const;

/** Every venue's candle by the time it opens. */
function byTime(venues: Venues): Map<number, readonly [string, Candle][]> {
  const table = new Map<number, [string, Candle][]>();
  for (const [name, list] of Object.entries(venues)) {
    for (const candle of list) table.set(candle.openMs, [...(table.get(candle.openMs) ?? []), [name, candle]]);
  }
  return table;
}

/** What the wild venue says at a step: far off, to either side, never the same. */
const wildFactor = (step: number): number => (step % 2 === 0 ? 1.2 + (step % 17) : 0.7 / (1 + (step % 23)));

/** `without`: steps with too few venues, at which the index must stay at `last`. */
type Compared = { steps: number; without: number; apart: number; last: number };

/** Plays the day with a wild venue beside the real ones, and compares each index with the formula over `which`. */
function play(day: Day, which: 'real venues' | 'all venues'): Record<string, Compared> {
  const symbols = Object.keys(day.assets);
  const sources = Object.fromEntries(symbols.map((symbol) => [symbol, [...sourcesOf(day, symbol), WILD]]));
  const player = new DayPlayer(genesisWith(sources));
  const tables = symbols.map((symbol) => [symbol, byTime(day.assets[symbol] ?? {})] as const);
  const compared = Object.fromEntries(symbols.map((symbol) => [symbol, { steps: 0, without: 0, apart: 0, last: 0 }]));
  const times = [...new Set(tables.flatMap(([, table]) => [...table.keys()]))].sort((a, b) => a - b);
  let step = 0;
  for (const openMs of times) {
    for (const [place, phase] of PHASES.entries()) {
      step += 1;
      player.moveTo(openMs + (place * FIVE_MINUTES_MS) / 3);
      const wild: Record<string, number> = {};
      const shown: Record<string, Record<string, number>> = {};
      const expected = tables.map(([symbol, table]) => {
        const showing = (table.get(openMs) ?? []).map(([name, candle]) => {
          shown[name] ??= {};
          (shown[name] as Record<string, number>)[symbol] = candle[phase];
          return { name, weight: day.weights[name] ?? 1, price: candle[phase] };
        });
        const price = (showing[0]?.price ?? 1) * wildFactor(step);
        wild[symbol] = price;
        return [symbol, expectedIndex(which === 'all venues' ? [...showing, { ...WILD, price }] : showing, 2)] as const;
      });
      for (const [name, quotes] of Object.entries(shown)) player.report(name, quotes);
      player.report(WILD.name, wild);
      player.pass(1000);
      for (const [symbol, price] of expected) {
        const entry = compared[symbol] as Compared;
        entry.steps += 1;
        if (price === undefined) entry.without += 1;
        const apart = Math.abs(player.index(symbol) / (price ?? entry.last) - 1);
        if (apart > 1e-12)
          console.log(
            symbol,
            new Date(openMs).toISOString(),
            phase,
            player.index(symbol),
            price,
            shown,
            entry.last,
            player.sourcesOf(symbol),
          );
        entry.apart = Math.max(entry.apart, apart);
        entry.last = player.index(symbol);
      }
    }
  }
  return compared;
}

describe.skipIf(!recordingsPresent)('the index over real days', () => {
  test('7 to 9 April 2025: a venue gone wild that weighs ten times all others together leaves no trace', () => {
    const spot = 'apr2025_binance_spot_5m';
    const other = 'apr2025_perps_and_bybit_5m';
    const threeDays = ({ openMs }: Candle) => openMs >= Date.UTC(2025, 3, 7) && openMs < Date.UTC(2025, 3, 10);
    const candlesOf = (...place: Parameters<typeof candles>) => candles(...place).filter(threeDays);
    const venuesOf = (coin: string): Venues => ({
      binance_spot: candlesOf(spot, 'binance_spot', `${coin}USDT`),
      hyperliquid_perp: candlesOf(other, 'hyperliquid_perp', `${coin}USDC`),
      bybit_linear_perp: candlesOf(other, 'bybit_linear_perp', `${coin}USDT`),
      ...(coin === 'SOL' ? {} : { bybit_spot: candlesOf(other, 'bybit_spot', `${coin}USDT`) }),
    });
    const weights = { binance_spot: 2, bybit_spot: 1, hyperliquid_perp: 1, bybit_linear_perp: 1 };
    const assets = Object.fromEntries(['BTC', 'ETH', 'SOL'].map((coin) => [coin, venuesOf(coin)]));
    for (const result of Object.values(play({ weights, assets }, 'real venues'))) {
      expect(result).toMatchObject({ steps: 3 * 288 * 3, without: 0 });
      expect(result.apart).toBeLessThan(1e-12);
    }
  });

  test('10 October 2025: two venues that came apart: the index stays where it was whenever nobody can say who is right', () => {
    const venuesOf = (coin: string): Venues => {
      const perp = candles('oct2025_binance_usdm_perp_5m', 'binance_usdm_perp', `${coin}USDT`);
      const gemini = merged(candles('oct2025_1m_from_tapes', 'gemini', `${coin}USD`), FIVE_MINUTES_MS);
      const day = new Set(gemini.map(({ openMs }) => openMs));
      return { gemini, binance_usdm_perp: perp.filter(({ openMs }) => day.has(openMs)) };
    };
    const assets = { BTC: venuesOf('BTC'), ETH: venuesOf('ETH') };
    const { BTC, ETH } = play({ weights: { gemini: 1, binance_usdm_perp: 2 }, assets }, 'all venues');
    expect(BTC).toMatchObject({ steps: 3 * 288, without: 10 });
    expect(ETH).toMatchObject({ steps: 3 * 288, without: 11 });
    expect(Math.max(BTC?.apart ?? 1, ETH?.apart ?? 1)).toBeLessThan(1e-12);
  });

  test('10 October 2025, SOL by one venue alone: followed to the cent', () => {
    const player = new DayPlayer(genesisWith({ SOL: [{ name: 'gemini', weight: 1 }] }));
    const minutes = candles('oct2025_1m_from_tapes', 'gemini', 'SOLUSD');
    let lowest = Number.POSITIVE_INFINITY;
    for (const { openMs, low } of minutes) {
      player.at(openMs);
      player.report('gemini', { SOL: low });
      player.pass(1000);
      expect(player.index('SOL')).toBeCloseTo(low, 9);
      lowest = Math.min(lowest, player.index('SOL'));
    }
    expect(lowest).toBe(172.1);
  });
});

describe.skipIf(!recordingsPresent)('the mark over real days', () => {
  const APRIL_7 = Date.UTC(2025, 3, 7);
  const COINS = ['BTC', 'ETH', 'SOL'] as const;
  const HYPERLIQUID = new Map(
    !recordingsPresent
      ? []
      : COINS.map((coin) => [coin, candles('apr2025_perps_and_bybit_5m', 'hyperliquid_perp', `${coin}USDC`)] as const),
  );
  const BINANCE = new Map(
    !recordingsPresent
      ? []
      : COINS.map((coin) => [coin, candles('apr2025_binance_spot_5m', 'binance_spot', `${coin}USDT`)] as const),
  );
  const ALONE = [{ name: 'binance_spot', weight: 1 }];

  test('7 to 9 April 2025: never farther from the index than the book has ever been', () => {
    const player = new DayPlayer(genesisWith({ BTC: ALONE, ETH: ALONE, SOL: ALONE }, BY_THE_CANDLE));
    let furthest = 0;
    let quotedFurthest = 0;
    const from = (APRIL_7 - Date.UTC(2025, 3, 1)) / FIVE_MINUTES_MS;
    for (let bar = from; bar < from + 3 * 288; bar += 1) {
      const spot = COINS.map((coin) => [coin, BINANCE.get(coin)?.[bar] as Candle] as const);
      const openMs = spot[0]?.[1].openMs ?? 0;
      player.moveTo(openMs);
      player.report('binance_spot', Object.fromEntries(spot.map(([coin, { close }]) => [coin, close])));
      if (bar > from)
        for (const [coin] of spot) player.quote(`${coin}_USDC_PERP`, HYPERLIQUID.get(coin)?.[bar]?.close ?? 0);
      player.at(openMs + FIVE_MINUTES_MS);
      if (bar === from) continue;
      for (const [coin] of spot) {
        const symbol = `${coin}_USDC_PERP`;
        expect(player.market(symbol).effectiveState).toBe(MARKET_STATE.open);
        const quoted = (HYPERLIQUID.get(coin)?.[bar]?.close ?? 0) / player.perp(symbol).indexPrice - 1;
        quotedFurthest = Math.max(quotedFurthest, Math.abs(quoted));
        furthest = Math.max(furthest, Math.abs(player.premium(symbol)));
        expect(furthest).toBeLessThanOrEqual(quotedFurthest + 1e-9);
      }
    }
    expect(quotedFurthest).toBeGreaterThan(0.004);
    expect(furthest).toBeGreaterThan(0.0005);
  });

  test('9 April 2025 17:20, second by second: high and low of the worst bar at once, a quarter of a percent a step', () => {
    const player = new DayPlayer(genesisWith({ BTC: ALONE }));
    const symbol = 'BTC_USDC_PERP';
    const at = Date.UTC(2025, 3, 9, 17, 20);
    const bar = BINANCE.get('BTC')?.find(({ openMs }) => openMs === at) as Candle;
    const book = HYPERLIQUID.get('BTC')?.find(({ openMs }) => openMs === at) as Candle;
    expect(bar.high / bar.low).toBeGreaterThan(1.03);
    player.at(at - 1000);
    player.report('binance_spot', { BTC: bar.open });
    player.pass(1000);
    let mark = player.mark(symbol);
    let index = player.index('BTC');
    for (let second = 0; second < 300; second += 1) {
      const phase = second % 60 < 30 ? 'low' : 'high';
      player.quote(symbol, book[phase]);
      player.report('binance_spot', { BTC: bar[phase] });
      player.pass(1000);
      expect(Math.abs(player.index('BTC') / index - 1)).toBeLessThanOrEqual(0.0025 + 1e-12);
      expect(Math.abs(player.mark(symbol) / mark - 1)).toBeLessThanOrEqual(0.0025 + 1e-12);
      expect(Math.abs(player.premium(symbol))).toBeLessThanOrEqual(0.05 + 1e-12);
      mark = player.mark(symbol);
      index = player.index('BTC');
      if (second % 30 === 29) expect(index).toBe(bar[phase]);
    }
  });
});
