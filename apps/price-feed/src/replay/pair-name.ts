// Whose price a recorded pair is: BTCUSDT, BTC-USD and AVAXUSD_PERP are all dollars or coins that stand for them.
import type { Money } from '../quote.js';

export type NamedPair = { readonly asset: string; readonly money: Money; readonly unit: number };

const PAIR = /^([A-Z0-9]{1,12}?)[-/]?(USDT|USDC|USD)(_PERP)?$/;
/** Coins too small to be priced by one: the exchange lists a thousand of them. */
const BY_THE_THOUSAND: readonly string[] = ['BONK', 'PEPE', 'SHIB'];
const KILO = 1000;

/** Undefined for pairs that are not quoted in dollars. */
export function namedPair(symbol: string): NamedPair | undefined {
  const match = PAIR.exec(symbol.toUpperCase());
  const [, coin, money] = match ?? [];
  if (coin === undefined || money === undefined) return undefined;
  if (!BY_THE_THOUSAND.includes(coin)) return { asset: coin, money: money as Money, unit: 1 };
  return { asset: `k${coin}`, money: money as Money, unit: KILO };
}
