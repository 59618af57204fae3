// Quotes in a stablecoin become dollars at that coin's own price against the dollar, as the live sources quote it.
import type { Money, Quote } from './quote.js';

export type DollarRates = Readonly<Record<Money, number | undefined>>;

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Middle of bid, ask and last: one of the three alone may be far off. */
export function middleOf({ bid, ask, last }: Quote): number {
  return Math.max(Math.min(bid, ask), Math.min(Math.max(bid, ask), last));
}

/** A stablecoin that no source quotes in dollars has no rate: it is never taken to be worth one. */
export function dollarRates(quotes: readonly Quote[]): DollarRates {
  const rate = (coin: Money): number | undefined =>
    median(quotes.filter(({ asset, money }) => asset === coin && money === 'USD').map(middleOf));
  return { USD: 1, USDT: rate('USDT'), USDC: rate('USDC') };
}

export function inDollars(quote: Quote, rates: DollarRates): Quote | undefined {
  const rate = rates[quote.money];
  if (rate === undefined) return undefined;
  return { ...quote, money: 'USD', bid: quote.bid * rate, ask: quote.ask * rate, last: quote.last * rate };
}
