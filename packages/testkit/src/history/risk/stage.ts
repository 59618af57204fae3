// The venue on which histories with margin play: limits low enough to be met, prices that may move fast.
import type { AssetConfiguration, GenesisConfiguration, MarketConfiguration } from '@glasshouse/protocol';
import { RISK_GENESIS } from '../../risk-genesis.js';
import type { Stage } from '../genesis.js';

/** A jump of some percent is in the index within seconds, not within a minute. */
const FAST = 0.02;

function lively(asset: AssetConfiguration): AssetConfiguration {
  const { index, lending, ...rest } = asset;
  return {
    ...rest,
    tokens: asset.tokens.map((token) => ({ ...token, withdrawalFee: asset.decimals < 4 ? '1' : '0.0015' })),
    ...(index === undefined ? {} : { index: { ...index, updateCap: FAST } }),
    ...(lending === undefined ? {} : { lending: { ...lending, ...LOAN_LIMITS[asset.symbol] } }),
  };
}

const LOAN_LIMITS: Readonly<Record<string, { readonly openBorrowLendLimit: string; readonly borrowLimit: string }>> = {
  USDC: { openBorrowLendLimit: '600000', borrowLimit: '90000' },
  BTC: { openBorrowLendLimit: '5', borrowLimit: '2' },
  ETH: { openBorrowLendLimit: '100', borrowLimit: '40' },
  SOL: { openBorrowLendLimit: '3000', borrowLimit: '900' },
};

const OPEN_INTEREST: Readonly<Record<string, string>> = { BTC: '60', ETH: '1200', SOL: '30000', kBONK: '100000000' };
const POSITION: Readonly<Record<string, string>> = { BTC: '20', ETH: '500', SOL: '12000', kBONK: '50000000' };

function bounded(market: MarketConfiguration): MarketConfiguration {
  if (market.perp === undefined) return market;
  const { base, perp } = market;
  const openInterestLimit = OPEN_INTEREST[base] ?? perp.openInterestLimit;
  const positionLimit = POSITION[base] ?? perp.positionLimit;
  return { ...market, perp: { ...perp, updateCap: FAST, openInterestLimit, positionLimit } };
}

export const RISK_HISTORY_GENESIS: GenesisConfiguration = {
  ...RISK_GENESIS,
  name: 'random history with margin',
  settings: { ...RISK_GENESIS.settings, maxOpenOrdersPerAccount: 40 },
  risk: {
    sampleIntervalMs: 1000,
    settlementIntervalMs: 10_000,
    fundingIntervalMs: 3_600_000,
    sourceStaleMs: 10_000,
    sourceOutlier: 0.05,
    virtualLimitPerAccount: 4000,
    virtualLimitInAll: 12_000,
    referralShare: 0.1,
    liquidation: {
      trigger: 'markAndIndex',
      stepFraction: 0.1,
      stepIntervalMs: 1000,
      maxFee: 0.01,
      autoCloseDivisor: 2,
      autoCloseOffset: 0.06,
      providerFee: 0.01,
      fundFee: 0.005,
      equityShare: 0.5,
      bookPatience: 5,
      gradual: true,
      providerNoticeMs: 3_600_000,
    },
  },
  assets: RISK_GENESIS.assets.map(lively),
  markets: RISK_GENESIS.markets.map(bounded),
};

export type RiskMarket = {
  readonly symbol: string;
  readonly marketId: number;
  readonly base: string;
  readonly isPerp: boolean;
  readonly tickScale: number;
  readonly stepScale: number;
  /** For reductions: a size that an order may well have. */
  readonly mostLots: number;
};

const decimalsOf = (size: string): number => size.split('.')[1]?.length ?? 0;

const RISK_MARKETS: readonly RiskMarket[] = RISK_HISTORY_GENESIS.markets.map((market, place) => ({
  symbol: market.symbol,
  marketId: place + 1,
  base: market.base,
  isPerp: market.perp !== undefined,
  tickScale: decimalsOf(market.tickSize),
  stepScale: decimalsOf(market.stepSize),
  mostLots: market.base === 'kBONK' ? 200_000 : 5000,
}));

export const PERPS: readonly RiskMarket[] = RISK_MARKETS.filter(({ isPerp }) => isPerp);
export const SPOTS: readonly RiskMarket[] = RISK_MARKETS.filter(({ isPerp }) => !isPerp);

export const RISK_STAGE: Stage = {
  genesis: RISK_HISTORY_GENESIS,
  markets: RISK_MARKETS,
  wallets: [
    { USDC: '150000', BTC: '1.5', ETH: '20', SOL: '700', USDT: '30000' },
    { USDT: '20000' },
    { USDC: '900', SOL: '4' },
    { BTC: '0.4', ETH: '3' },
    { SOL: '30000' },
  ],
};
