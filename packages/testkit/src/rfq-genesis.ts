// The test venue with margin, and a market in which one asks for quotes.
import type { GenesisConfiguration, MarketConfiguration } from '@glasshouse/protocol';
import { RISK_GENESIS } from './risk-genesis.js';

/** A finer grid of prices than the book's. */
export const RFQ_MARKET: MarketConfiguration = {
  symbol: 'SOL_USDC_RFQ',
  base: 'SOL',
  quote: 'USDC',
  tickSize: '0.0001',
  stepSize: '0.01',
  minPrice: '0.0001',
  maxPrice: '2000',
  minQuantity: '0.01',
  maxQuantity: '1000000',
  limitMinPpm: 250_000,
  limitMaxPpm: 2_000_000,
  impactMinPpm: 990_000,
  impactMaxPpm: 1_010_000,
  state: 'Open',
  rfq: { maxRequestsPerAccount: 2, maxQuotesPerAccount: 3, maxQuotesPerRequest: 2 },
};

export const RFQ_GENESIS: GenesisConfiguration = {
  ...RISK_GENESIS,
  name: 'test venue with margin and requests for quotes',
  markets: [...RISK_GENESIS.markets, RFQ_MARKET],
};
