// The USDC depeg of March 2023, minute by minute from BTC quoted in USD, USDT and USDC on one venue: what a dollar of USDC is
// worth, seen two ways. The days are played two years later than they were, because the test venue opened after them.
import { describe, expect, test } from 'vitest';
import { marginView } from '../../src/index.js';
import { DayPlayer, genesisWith } from './day-player.js';
import { type Candle, candles, facts, recordingsPresent } from './recordings.js';

const FILE = 'usdc_depeg_mar2023_binanceus_1m';
const VENUE = 'binance_us_spot';
const TWO_YEARS_MS = 731 * 86_400_000;
const SOURCES = [
  { name: 'overUsd', weight: 1 },
  { name: 'overUsdt', weight: 1 },
];
const PERP = 'BTC_USDC_PERP';

type Minute = { readonly openMs: number; readonly usd: number; readonly usdt: number; readonly usdc: number };

/** Minutes in which all three pairs traded: a candle without volume repeats an old price. */
function minutes(): Minute[] {
  const traded = (symbol: string) =>
    new Map(
      candles(FILE, VENUE, symbol)
        .filter(({ volume }) => volume > 0)
        .map((candle): [number, Candle] => [candle.openMs, candle]),
    );
  const [usd, usdt, usdc] = [traded('BTCUSD'), traded('BTCUSDT'), traded('BTCUSDC')];
  return [...usdc].flatMap(([openMs, { close }]) => {
    const [byUsd, byUsdt] = [usd.get(openMs)?.close, usdt.get(openMs)?.close];
    return byUsd === undefined || byUsdt === undefined ? [] : [{ openMs, usd: byUsd, usdt: byUsdt, usdc: close }];
  });
}

describe.skipIf(!recordingsPresent)('USDC in March 2023', () => {
  test('takes its holders down with it and up again, and BTC in USDC rises while it is down', () => {
    const player = new DayPlayer(genesisWith({ BTC: SOURCES, USDC: SOURCES }));
    const inUsdc = player.trader('inUsdc', { USDC: '10000' });
    const inBtc = player.trader('inBtc', { BTC: '1' });
    const equity = (keyId: number) => marginView(player.state, player.accountOf(keyId))?.netEquityUsd ?? Number.NaN;
    let lowest = { usdc: 2, atMs: 0, equity: 0, inBtc: 0, btcUsd: 0, btcUsdc: 0 };
    let last = 0;
    for (const { openMs, usd, usdt, usdc } of minutes()) {
      player.at(openMs + TWO_YEARS_MS);
      player.report('overUsd', { BTC: usd, USDC: usd / usdc });
      player.report('overUsdt', { BTC: usdt, USDC: usdt / usdc });
      player.pass(1000);
      const dollar = player.index('USDC');
      const { indexPrice } = player.perp(PERP);
      expect(equity(inUsdc) / (10_000 * dollar)).toBeCloseTo(1, 12);
      expect(indexPrice).toBeCloseTo(player.index('BTC') / dollar, 6);
      if (dollar < lowest.usdc) {
        const btcUsd = player.index('BTC');
        lowest = {
          usdc: dollar,
          atMs: openMs,
          equity: equity(inUsdc),
          inBtc: equity(inBtc),
          btcUsd,
          btcUsdc: indexPrice,
        };
      }
      last = dollar;
    }
    const implied = facts()[`klines/${FILE}.csv.gz`] as { implied_usdc_in_usdt_min: { value: number; at: string } };
    expect(Math.abs(lowest.usdc / implied.implied_usdc_in_usdt_min.value - 1)).toBeLessThan(0.01);
    expect(Math.abs(lowest.atMs - Date.parse('2023-03-11T07:50Z'))).toBeLessThanOrEqual(3_600_000);
    expect(lowest.equity).toBeLessThan(8_800);
    expect(lowest.inBtc).toBeCloseTo(lowest.btcUsd * 0.95, 6);
    expect(lowest.btcUsdc / lowest.btcUsd).toBeCloseTo(1 / lowest.usdc, 9);
    expect(lowest.btcUsdc).toBeGreaterThan(lowest.btcUsd * 1.13);
    expect(last).toBeGreaterThan(0.985);
  });
});
