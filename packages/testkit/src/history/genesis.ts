// The venue on which random histories play: limits low enough to be met, withdrawals that cost something.
import type { GenesisConfiguration } from '@glasshouse/protocol';
import { TEST_GENESIS } from '../genesis.js';

export const HISTORY_GENESIS: GenesisConfiguration = {
  ...TEST_GENESIS,
  name: 'random history',
  settings: { ...TEST_GENESIS.settings, maxOpenOrdersPerAccount: 40 },
  assets: TEST_GENESIS.assets.map((asset) => ({
    ...asset,
    tokens: asset.tokens.map((token) => ({ ...token, minimumDeposit: '0.001', withdrawalFee: '0.0015' })),
  })),
};

/** What customers come with, by symbol. */
export type Wallet = Readonly<Record<string, string>>;

/** Where a history plays: its venue and the wallets of its customers, the likeliest first. */
export type Stage = {
  readonly genesis: GenesisConfiguration;
  readonly markets: readonly Pick<HistoryMarket, 'symbol' | 'marketId' | 'stepScale' | 'mostLots'>[];
  readonly wallets: readonly Wallet[];
};

export type HistoryMarket = {
  readonly symbol: string;
  readonly marketId: number;
  readonly tickScale: number;
  readonly stepScale: number;
  /** Around which prices are asked and bid. */
  readonly middleTicks: number;
  readonly spreadTicks: number;
  readonly mostLots: number;
};

/** One market with many fine levels, one in between, one where a few ticks are past the impact band. */
export const HISTORY_MARKETS: readonly HistoryMarket[] = [
  {
    symbol: 'BTC_USDC',
    marketId: 1,
    tickScale: 1,
    stepScale: 5,
    middleTicks: 500_000,
    spreadTicks: 400,
    mostLots: 20_000,
  },
  { symbol: 'ETH_USDC', marketId: 2, tickScale: 2, stepScale: 4, middleTicks: 40_000, spreadTicks: 25, mostLots: 3000 },
  { symbol: 'SOL_USDC', marketId: 3, tickScale: 2, stepScale: 2, middleTicks: 300, spreadTicks: 6, mostLots: 5000 },
];

export const SPOT_STAGE: Stage = {
  genesis: HISTORY_GENESIS,
  markets: HISTORY_MARKETS,
  wallets: [
    { USDC: '1000000', BTC: '20', ETH: '300', SOL: '50000' },
    { USDC: '300', SOL: '50' },
  ],
};
