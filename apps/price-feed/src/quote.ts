// What a source says about a price, before and after it is worth dollars.

/** Which money a pair is quoted in; only dollars are reported. */
export type Money = 'USD' | 'USDT' | 'USDC';

/** A pair of a venue as an asset of the exchange: `unit` of the venue's coins are one of ours (1,000 BONK are one kBONK). */
export type Pair = { readonly name: string; readonly asset: string; readonly money: Money; readonly unit: number };

/** News of one pair: what a frame says of it, and nothing about the rest. */
export type Tick = {
  readonly pair: string;
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  readonly last?: number | undefined;
};

export type Quote = {
  readonly asset: string;
  readonly money: Money;
  readonly bid: number;
  readonly ask: number;
  readonly last: number;
  /** When the newest part of it was heard, by the clock that the source is asked with. */
  readonly timeMs: number;
};

/** `synthetic` and `replay` are no market's prices today, and whoever shows them must say so. */
export type SourceKind = 'live' | 'synthetic' | 'replay';

/** An outside venue as the index knows it. */
export type Source = {
  readonly name: string;
  readonly kind: SourceKind;
  readonly start: () => void;
  readonly stop: () => void;
  /** What it quotes now. Nothing stale: a source that went silent has no quotes. */
  readonly quotes: (nowMs: number) => readonly Quote[];
};

export type Log = (line: string) => void;
