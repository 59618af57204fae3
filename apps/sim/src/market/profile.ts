// What the demonstration knows about its markets beforehand; the grid comes from the exchange.

export type MarketProfile = {
  readonly symbol: string;
  readonly base: string;
  /** Where the fair price starts while nothing has traded. */
  readonly openingPrice: number;
  /** Standard deviation of the fair price's relative move in a second. */
  readonly volatility: number;
  /** What a trader holds of the base asset to begin with; a perpetual needs none. */
  readonly baseStock: number;
};

export const QUOTE = 'USDC';
export const QUOTE_STOCK = 1_000_000;

export const MARKET_PROFILES: readonly MarketProfile[] = [
  { symbol: 'BTC_USDC', base: 'BTC', openingPrice: 100_000, volatility: 0.000_15, baseStock: 8 },
  { symbol: 'ETH_USDC', base: 'ETH', openingPrice: 4_000, volatility: 0.000_2, baseStock: 200 },
  { symbol: 'SOL_USDC', base: 'SOL', openingPrice: 200, volatility: 0.000_3, baseStock: 4_000 },
  { symbol: 'USDT_USDC', base: 'USDT', openingPrice: 1, volatility: 0.000_003, baseStock: 300_000 },
  { symbol: 'BTC_USDC_PERP', base: 'BTC', openingPrice: 100_000, volatility: 0.000_15, baseStock: 0 },
  { symbol: 'ETH_USDC_PERP', base: 'ETH', openingPrice: 4_000, volatility: 0.000_2, baseStock: 0 },
  { symbol: 'SOL_USDC_PERP', base: 'SOL', openingPrice: 200, volatility: 0.000_3, baseStock: 0 },
  { symbol: 'kBONK_USDC_PERP', base: 'kBONK', openingPrice: 0.02, volatility: 0.000_4, baseStock: 0 },
];
