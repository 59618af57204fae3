// Which pair of a venue prices which asset. Dollar pairs where the venue has them; Binance quotes in USDT.
import type { Money, Pair } from '../quote.js';

export type VenueName = 'binance' | 'coinbase' | 'kraken' | 'bitstamp';

const pair = (name: string, asset: string, money: Money = 'USD', unit = 1): Pair => ({ name, asset, money, unit });

const KILO = 1000;

const PAIRS: Readonly<Record<VenueName, readonly Pair[]>> = {
  binance: [
    pair('BTCUSDT', 'BTC', 'USDT'),
    pair('ETHUSDT', 'ETH', 'USDT'),
    pair('SOLUSDT', 'SOL', 'USDT'),
    pair('BONKUSDT', 'kBONK', 'USDT', KILO),
  ],
  coinbase: [
    pair('BTC-USD', 'BTC'),
    pair('ETH-USD', 'ETH'),
    pair('SOL-USD', 'SOL'),
    pair('USDT-USD', 'USDT'),
    pair('BONK-USD', 'kBONK', 'USD', KILO),
  ],
  kraken: [
    pair('BTC/USD', 'BTC'),
    pair('ETH/USD', 'ETH'),
    pair('SOL/USD', 'SOL'),
    pair('USDT/USD', 'USDT'),
    pair('BONK/USD', 'kBONK', 'USD', KILO),
  ],
  bitstamp: [pair('btcusd', 'BTC'), pair('ethusd', 'ETH'), pair('solusd', 'SOL'), pair('usdtusd', 'USDT')],
};

/** All that the venue prices, or what of it is asked for. */
export function pairsOf(venue: VenueName, assets?: readonly string[]): readonly Pair[] {
  return PAIRS[venue].filter(({ asset }) => assets === undefined || assets.includes(asset));
}
