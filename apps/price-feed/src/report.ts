// The text of a report: `SYMBOL:bid:ask:last`, joined by commas, no more in one than a request may hold.
import { priceText } from './price-text.js';
import type { Quote } from './quote.js';

const MOST_IN_ONE = 100;

function entry({ asset, bid, ask, last }: Quote): string | undefined {
  const prices = [bid, ask, last].map(priceText);
  return prices.includes(undefined) ? undefined : [asset, ...prices].join(':');
}

export function reportTexts(quotes: readonly Quote[]): readonly string[] {
  const entries = quotes.map(entry).filter((text) => text !== undefined);
  const texts: string[] = [];
  for (let from = 0; from < entries.length; from += MOST_IN_ONE) {
    texts.push(entries.slice(from, from + MOST_IN_ONE).join(','));
  }
  return texts;
}
