// Funding set against what real venues charged.
//   a month of recorded rates: the premium that each stands for under the common formula (rate8h = P + clamp(0.01 % − P, ±0.05 %),
//   which Binance and Hyperliquid share with us) is quoted into our book, sampled, averaged, and must come out as that rate again;
//   where the formula hides P (rate8h = 0.01 % for every P from −0.04 % to +0.06 %) the middle of that range is quoted.
//   eleven days of candles: the premium of Hyperliquid's perpetual over our index of two spot venues is measured by our own samples,
//   and the hourly rates are compared with those that Hyperliquid itself charged, which it made from finer data and its own index.
import { describe, expect, test } from 'vitest';
import { takeFundingRate } from '../../src/prices/funding-rate.js';
import { DayPlayer, genesisWith } from './day-player.js';
import { type Candle, candles, facts, type Rate, rates, recordingsPresent } from './recordings.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const APRIL_MS = Date.UTC(2025, 3, 1);
const PERP = 'BTC_USDC_PERP';
const INTEREST = 0.0001;
const CLAMP = 0.0005;
const HALF_TICK = 0.05;
const INDEX = 80_000;

function impliedPremium(rate8h: number): number {
  if (Math.abs(rate8h - INTEREST) < 1e-9) return INTEREST;
  return rate8h > INTEREST ? rate8h + CLAMP : rate8h - CLAMP;
}

const ALONE = [{ name: 'spot', weight: 1 }];

/** Our rate of an hour in which the book stood at this premium: quoted, sampled four times, averaged. */
function ratesOf(premiums: readonly number[]): number[] {
  const player = new DayPlayer(genesisWith({ BTC: ALONE }));
  player.report('spot', { BTC: INDEX });
  player.pass(1000);
  return premiums.map((premium) => {
    player.quote(PERP, INDEX * (1 + premium));
    takeFundingRate(player.state, player.market(PERP));
    for (let sample = 0; sample < 4; sample += 1) {
      player.report('spot', { BTC: INDEX });
      player.pass(1000);
    }
    return takeFundingRate(player.state, player.market(PERP));
  });
}

const byFacts = (file: string, symbol: string) =>
  (facts()[`rates/${file}.csv.gz`] as Record<string, { readonly min: number; readonly max: number }>)[symbol];

describe.skipIf(!recordingsPresent)('funding', () => {
  test.each([
    ['Hyperliquid', 'funding_hyperliquid_1h', 'BTCUSDC', 720, 1],
    ['Hyperliquid', 'funding_hyperliquid_1h', 'ETHUSDC', 720, 1],
    ['Binance', 'funding_binance_usdm_8h', 'BTCUSDT', 90, 8],
    ['Binance', 'funding_binance_usdm_8h', 'ETHUSDT', 90, 8],
  ] as const)(
    'of April 2025 on %s: %s %s, %d rates, each again from its premium',
    (_venue, file, symbol, count, hours) => {
      const recorded: Rate[] = rates(file, symbol, APRIL_MS, 30 * DAY_MS);
      expect(recorded).toHaveLength(count);
      const ours = ratesOf(recorded.map(({ rate }) => impliedPremium((rate / hours) * 8)));
      const range = byFacts(file, symbol);
      const rounding = HALF_TICK / INDEX / 8;
      ours.forEach((hourly, at) => {
        expect(Math.abs(hourly * hours - (recorded[at]?.rate ?? 1))).toBeLessThanOrEqual(rounding * hours + 1e-12);
        expect(hourly * hours).toBeGreaterThanOrEqual((range?.min ?? 0) - rounding * hours);
        expect(hourly * hours).toBeLessThanOrEqual((range?.max ?? 0) + rounding * hours);
      });
    },
  );

  test('of 1 to 11 April 2025, from the candles: as Hyperliquid charged it', () => {
    const hyperliquid = candles('apr2025_perps_and_bybit_5m', 'hyperliquid_perp', 'BTCUSDC');
    const bybit = candles('apr2025_perps_and_bybit_5m', 'bybit_spot', 'BTCUSDT');
    const binance = candles('apr2025_binance_spot_5m', 'binance_spot', 'BTCUSDT');
    const charged = new Map(
      rates('funding_hyperliquid_1h', 'BTCUSDC', APRIL_MS, 12 * DAY_MS).map(({ timeMs, rate }) => [
        Math.round(timeMs / HOUR_MS),
        rate,
      ]),
    );
    const sources = ['binance', 'bybit'].map((name) => ({ name, weight: 1 }));
    const player = new DayPlayer(genesisWith({ BTC: sources }));
    const pairs: (readonly [number, number])[] = [];
    binance.forEach(({ openMs, close }, at) => {
      player.report('binance', { BTC: close });
      player.report('bybit', { BTC: (bybit[at] as Candle).close });
      player.at(openMs);
      player.quote(PERP, (hyperliquid[at] as Candle).close);
      player.report('binance', { BTC: close });
      player.report('bybit', { BTC: (bybit[at] as Candle).close });
      player.pass(1000);
      const hour = (openMs + 300_000) / HOUR_MS;
      const rate = charged.get(hour);
      if (!Number.isInteger(hour) || rate === undefined) return;
      pairs.push([takeFundingRate(player.state, player.market(PERP)), rate]);
    });
    expect(pairs).toHaveLength(264);
    const ours = pairs.map(([one]) => one);
    const theirs = pairs.map(([, other]) => other);
    const near = pairs.filter(([one, other]) => Math.abs(one - other) < 0.000_005).length;
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const slack = 0.000_01;
    expect(Math.min(...ours)).toBeGreaterThan(Math.min(...theirs) - slack);
    expect(Math.max(...ours)).toBeLessThan(Math.max(...theirs) + slack);
    expect(near / pairs.length).toBeGreaterThan(0.8);
    expect(Math.abs(mean(ours) - mean(theirs))).toBeLessThan(0.000_002);
  });
});
