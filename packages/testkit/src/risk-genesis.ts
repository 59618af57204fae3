// The test venue with everything on: collateral, lending pools and perpetuals with the parameters of the documented defaults.
import type {
  AssetConfiguration,
  GenesisConfiguration,
  IndexConfiguration,
  LendingConfiguration,
  MarginCurve,
  MarketConfiguration,
  PerpConfiguration,
} from '@glasshouse/protocol';
import { fakePublicKey, TEST_GENESIS } from './genesis.js';

export const PRICE_FEED_KEY = fakePublicKey('priceFeed');
export const PRICE_SOURCES = ['alpha', 'beta', 'gamma'] as const;

const index: IndexConfiguration = {
  sources: PRICE_SOURCES.map((name) => ({ name, weight: 1 })),
  updateCap: 0.0025,
};

const lending = (stable: boolean, limit: string): LendingConfiguration => ({
  optimalUtilization: stable ? 0.9 : 0.7,
  baseRate: 0,
  optimalRate: 0.08,
  maxRate: 1,
  reserveFee: 0.1,
  maxUtilization: 0.95,
  throttleThreshold: stable ? 0.85 : 0.6,
  throttleFraction: 0.5,
  openBorrowLendLimit: limit,
  borrowLimit: limit,
  imf: { base: stable ? 0.1 : 0.2, factor: 0 },
  mmf: { base: stable ? 0.05 : 0.1, factor: 0 },
});

type Terms = Pick<AssetConfiguration, 'index' | 'collateral' | 'lending'>;

const base = (symbol: string, decimals: number): AssetConfiguration => {
  const [usdc] = TEST_GENESIS.assets;
  return { symbol, displayName: symbol, decimals, tokens: usdc?.tokens ?? [] };
};

const asset = (symbol: string, decimals: number, terms: Terms): AssetConfiguration => ({
  ...base(symbol, decimals),
  ...terms,
});

const sized = (weight: number) => ({ weight, base: weight + 0.2, penalty: 0.0002 });

export const RISK_ASSETS: readonly AssetConfiguration[] = [
  asset('USDC', 6, { collateral: { weight: 1 }, lending: lending(true, '1000000000') }),
  asset('BTC', 8, { index, collateral: sized(0.95), lending: lending(false, '10000') }),
  asset('ETH', 7, { index, collateral: sized(0.95), lending: lending(false, '100000') }),
  asset('SOL', 6, { index, collateral: sized(0.9), lending: lending(false, '1000000') }),
  asset('USDT', 6, {
    index,
    collateral: { weight: 0.95 },
    lending: { ...lending(true, '1000000000'), imf: { base: 0.2, factor: 0 }, mmf: { base: 0.1, factor: 0 } },
  }),
  asset('kBONK', 2, { index }),
];

type Margin = { readonly imf: MarginCurve; readonly mmf: MarginCurve; readonly maxLeverage: number };

export const BTC_MARGIN: Margin = {
  imf: { base: 0.01333333, factor: 0.00002494 },
  mmf: { base: 0.00666667, factor: 0.00001496 },
  maxLeverage: 100,
};
export const SOL_MARGIN: Margin = {
  imf: { base: 0.02, factor: 0.00006 },
  mmf: { base: 0.0135, factor: 0.000036 },
  maxLeverage: 100,
};

/** 1 − e^(−1/60). */
const ONE_MINUTE_ALPHA = 0.016528546178382;

export const perpTerms = (margin: Margin, openInterestLimit: string): PerpConfiguration => ({
  ...margin,
  openInterestLimit,
  positionLimit: openInterestLimit,
  updateCap: 0.0025,
  markBand: 0.05,
  premiumAlpha: ONE_MINUTE_ALPHA,
  meanMarkMin: 0.925,
  meanMarkMax: 1.075,
  premiumBand: 0.05,
  fundingInterest: 0.0001,
  fundingClamp: 0.0005,
  fundingCap: 0.015,
});

type Grid = Pick<MarketConfiguration, 'tickSize' | 'stepSize' | 'maxPrice' | 'maxQuantity'>;

function market(symbol: string, grid: Grid, perp?: PerpConfiguration): MarketConfiguration {
  const [template] = TEST_GENESIS.markets;
  const terms = perp === undefined ? {} : { perp };
  return {
    ...(template as MarketConfiguration),
    ...terms,
    symbol: `${symbol}_USDC${perp === undefined ? '' : '_PERP'}`,
    base: symbol,
    ...grid,
    minPrice: grid.tickSize,
    minQuantity: grid.stepSize,
  };
}

const BTC_GRID: Grid = { tickSize: '0.1', stepSize: '0.00001', maxPrice: '1000000', maxQuantity: '1000' };
const ETH_GRID: Grid = { tickSize: '0.01', stepSize: '0.0001', maxPrice: '100000', maxQuantity: '20000' };
const SOL_GRID: Grid = { tickSize: '0.01', stepSize: '0.01', maxPrice: '2000', maxQuantity: '1000000' };
const USDT_GRID: Grid = { tickSize: '0.0001', stepSize: '0.01', maxPrice: '10', maxQuantity: '100000000' };
const BONK_GRID: Grid = { tickSize: '0.000001', stepSize: '1', maxPrice: '1', maxQuantity: '1000000000' };

export const RISK_GENESIS: GenesisConfiguration = {
  ...TEST_GENESIS,
  name: 'test venue with margin',
  assets: RISK_ASSETS,
  markets: [
    market('BTC', BTC_GRID),
    market('ETH', ETH_GRID),
    market('SOL', SOL_GRID),
    market('USDT', USDT_GRID),
    market('BTC', BTC_GRID, perpTerms(BTC_MARGIN, '4000')),
    market('ETH', ETH_GRID, perpTerms(BTC_MARGIN, '50000')),
    market('SOL', SOL_GRID, perpTerms(SOL_MARGIN, '4000000')),
    market('kBONK', BONK_GRID, perpTerms(SOL_MARGIN, '1000000000')),
  ],
  spotFeeTiers: TEST_GENESIS.spotFeeTiers.map((tier, place) => ({
    ...tier,
    perpMakerPpm: [200, 0, -50][place] ?? 0,
    perpTakerPpm: [500, 180, 180][place] ?? 0,
  })),
  keys: [...TEST_GENESIS.keys, { publicKey: PRICE_FEED_KEY, role: 'priceFeed' }],
};
