// The sandbox's markets: spot against USDC, and perpetuals with the parameters that mechanics gives as defaults.
import type { MarginCurve, MarketConfiguration, PerpConfiguration } from '@glasshouse/protocol';

type Grid = Pick<MarketConfiguration, 'tickSize' | 'stepSize' | 'maxPrice' | 'maxQuantity'>;

function usdcMarket(base: string, grid: Grid): MarketConfiguration {
  return {
    symbol: `${base}_USDC`,
    base,
    quote: 'USDC',
    minPrice: grid.tickSize,
    minQuantity: grid.stepSize,
    ...grid,
    limitMinPpm: 250_000,
    limitMaxPpm: 2_000_000,
    impactMinPpm: 990_000,
    impactMaxPpm: 1_010_000,
    state: 'Open',
  };
}

type Margin = { readonly imf: MarginCurve; readonly mmf: MarginCurve };

const BTC_MARGIN: Margin = {
  imf: { base: 0.013_333_33, factor: 0.000_024_94 },
  mmf: { base: 0.006_666_67, factor: 0.000_014_96 },
};
const SOL_MARGIN: Margin = { imf: { base: 0.02, factor: 0.000_06 }, mmf: { base: 0.013_5, factor: 0.000_036 } };
const SMALL_MARGIN: Margin = { imf: { base: 0.05, factor: 0.000_12 }, mmf: { base: 0.025, factor: 0.000_072 } };

/** 1 − e^(−1/60): one second's weight in an average over a minute. */
const ONE_MINUTE_ALPHA = 0.016528546178382;

const perpTerms = (margin: Margin, openInterestLimit: string, positionLimit: string): PerpConfiguration => ({
  ...margin,
  maxLeverage: 75,
  openInterestLimit,
  positionLimit,
  updateCap: 0.002_5,
  markBand: 0.05,
  premiumAlpha: ONE_MINUTE_ALPHA,
  meanMarkMin: 0.925,
  meanMarkMax: 1.075,
  premiumBand: 0.05,
  fundingInterest: 0.000_1,
  fundingClamp: 0.000_5,
  fundingCap: 0.015,
});

function perpetual(base: string, grid: Grid, perp: PerpConfiguration): MarketConfiguration {
  return { ...usdcMarket(base, grid), symbol: `${base}_USDC_PERP`, perp };
}

/** No book: one asks for quotes, on a finer grid of sizes. */
function requests(base: string, grid: Grid): MarketConfiguration {
  return { ...usdcMarket(base, grid), symbol: `${base}_USDC_RFQ`, rfq: {} };
}

// maxPrice × maxQuantity, and of a perpetual maxPrice × open interest, stay below 2^53 atoms of USDC: nine billion.
const BTC: Grid = { tickSize: '0.1', stepSize: '0.00001', maxPrice: '1000000', maxQuantity: '9000' };
const ETH: Grid = { tickSize: '0.01', stepSize: '0.0001', maxPrice: '100000', maxQuantity: '90000' };
const SOL: Grid = { tickSize: '0.01', stepSize: '0.01', maxPrice: '10000', maxQuantity: '900000' };
const USDT: Grid = { tickSize: '0.0001', stepSize: '0.01', maxPrice: '10', maxQuantity: '900000000' };
const SOL_PERP: Grid = { tickSize: '0.01', stepSize: '0.01', maxPrice: '2000', maxQuantity: '1000000' };
const BONK_PERP: Grid = { tickSize: '0.000001', stepSize: '1', maxPrice: '1', maxQuantity: '1000000000' };

const BTC_RFQ: Grid = { ...BTC, tickSize: '1', stepSize: '0.000001' };
const SOL_RFQ: Grid = { ...SOL, tickSize: '0.001', stepSize: '0.001' };

export const markets: readonly MarketConfiguration[] = [
  usdcMarket('BTC', BTC),
  usdcMarket('ETH', ETH),
  usdcMarket('SOL', SOL),
  usdcMarket('USDT', USDT),
  perpetual('BTC', BTC, perpTerms(BTC_MARGIN, '4000', '2000')),
  perpetual('ETH', ETH, perpTerms(BTC_MARGIN, '80000', '40000')),
  perpetual('SOL', SOL_PERP, perpTerms(SOL_MARGIN, '4000000', '1000000')),
  perpetual('kBONK', BONK_PERP, perpTerms(SMALL_MARGIN, '4000000000', '500000000')),
  requests('BTC', BTC_RFQ),
  requests('ETH', ETH),
  requests('SOL', SOL_RFQ),
  requests('USDT', USDT),
];
