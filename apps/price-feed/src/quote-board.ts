// The newest quotes of one source: news of a pair is put together until bid, ask and last are known, and forgotten with age.
import type { Pair, Quote, Tick } from './quote.js';

/** A pair of which nothing was heard for this long has no price. */
const QUOTE_LIFETIME_MS = 30_000;

type Seen = { bid: number | undefined; ask: number | undefined; last: number | undefined; timeMs: number };

export class QuoteBoard {
  private readonly pairs: ReadonlyMap<string, Pair>;
  private readonly seen = new Map<string, Seen>();

  constructor(
    pairs: readonly Pair[],
    private readonly lifetimeMs: number = QUOTE_LIFETIME_MS,
  ) {
    this.pairs = new Map(pairs.map((pair) => [pair.name, pair]));
  }

  /** False for a pair that nobody asked for. */
  take(tick: Tick, nowMs: number): boolean {
    if (!this.pairs.has(tick.pair)) return false;
    const before = this.seen.get(tick.pair);
    this.seen.set(tick.pair, {
      bid: tick.bid ?? before?.bid,
      ask: tick.ask ?? before?.ask,
      last: tick.last ?? before?.last,
      timeMs: nowMs,
    });
    return true;
  }

  /** After a lost connection nothing is known: what was quoted before it may long be untrue. */
  clear(): void {
    this.seen.clear();
  }

  quotes(nowMs: number): readonly Quote[] {
    const quotes: Quote[] = [];
    for (const [name, seen] of this.seen) {
      const pair = this.pairs.get(name);
      const quote = pair === undefined ? undefined : this.quoteOf(pair, seen, nowMs);
      if (quote !== undefined) quotes.push(quote);
    }
    return quotes;
  }

  /** A bid above its ask is a venue in trouble, or two halves of different moments. */
  private quoteOf(pair: Pair, { bid, ask, last, timeMs }: Seen, nowMs: number): Quote | undefined {
    if (bid === undefined || ask === undefined || last === undefined) return undefined;
    if (bid > ask || nowMs - timeMs > this.lifetimeMs) return undefined;
    const { asset, money, unit } = pair;
    return { asset, money, bid: bid * unit, ask: ask * unit, last: last * unit, timeMs };
  }
}
