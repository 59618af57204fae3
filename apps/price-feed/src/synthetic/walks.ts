// The prices that synthetic sources know, and how lively they are.

export type Walk = {
  readonly asset: string;
  /** USD; the walk is drawn back to it. */
  readonly home: number;
  /** Standard deviation of the relative move in a second. */
  readonly volatility: number;
};

export const WALKS: readonly Walk[] = [
  { asset: 'BTC', home: 100_000, volatility: 0.000_15 },
  { asset: 'ETH', home: 4_000, volatility: 0.000_2 },
  { asset: 'SOL', home: 200, volatility: 0.000_3 },
  { asset: 'USDT', home: 1, volatility: 0.000_003 },
  { asset: 'kBONK', home: 0.02, volatility: 0.000_4 },
];
