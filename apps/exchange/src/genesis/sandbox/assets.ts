// The sandbox's assets: what prices them, what they are worth as collateral, at which terms they are lent.
import type {
  AssetConfiguration,
  CollateralConfiguration,
  IndexConfiguration,
  LendingConfiguration,
  TokenConfiguration,
} from '@glasshouse/protocol';

/**
 * Whose prices the index hears: real venues, made-up ones for use offline, recordings. Names say which; those that are
 * silent count for nothing, and with fewer than two the asset's markets take no orders that trade.
 */
const SOURCES: readonly string[] = [
  ...['binance', 'coinbase', 'kraken', 'bitstamp'],
  ...['synthetic-a', 'synthetic-b', 'synthetic-c'],
  ...['replay-a', 'replay-b', 'replay-c', 'replay-d'],
];

const index: IndexConfiguration = { sources: SOURCES.map((name) => ({ name, weight: 1 })), updateCap: 0.0025 };

type Limits = { readonly all: string; readonly account: string };

const lending = (limits: Limits): Omit<LendingConfiguration, 'imf' | 'mmf'> => ({
  optimalUtilization: 0.7,
  baseRate: 0,
  optimalRate: 0.08,
  maxRate: 1,
  reserveFee: 0.1,
  maxUtilization: 0.95,
  throttleThreshold: 0.6,
  throttleFraction: 0.5,
  openBorrowLendLimit: limits.all,
  borrowLimit: limits.account,
});

const volatileLending = (limits: Limits): LendingConfiguration => ({
  ...lending(limits),
  imf: { base: 0.2, factor: 0.000_05 },
  mmf: { base: 0.1, factor: 0.000_03 },
});

const stableLending = (limits: Limits, imf: number, mmf: number): LendingConfiguration => ({
  ...lending(limits),
  optimalUtilization: 0.9,
  throttleThreshold: 0.85,
  imf: { base: imf, factor: 0 },
  mmf: { base: mmf, factor: 0 },
});

/** Large holdings count less: 0.2 above the weight is where the decline begins to bite, near a million dollars. */
const declining = (weight: number): CollateralConfiguration => ({ weight, base: weight + 0.2, penalty: 0.000_2 });

type Minimums = Pick<TokenConfiguration, 'minimumDeposit' | 'minimumWithdrawal' | 'withdrawalFee'>;

function token(blockchain: string, minimums: Minimums): TokenConfiguration {
  return { blockchain, depositEnabled: true, withdrawEnabled: true, ...minimums };
}

const DOLLARS: Minimums = { minimumDeposit: '0.01', minimumWithdrawal: '2', withdrawalFee: '1' };

// Decimals are chosen so that the whole supply of an asset is fewer than 2^53 atoms.
export const assets: readonly AssetConfiguration[] = [
  {
    symbol: 'USDC',
    displayName: 'USD Coin',
    decimals: 6,
    tokens: [token('Solana', DOLLARS)],
    collateral: { weight: 1 },
    lending: stableLending({ all: '1000000000', account: '100000000' }, 0.1, 0.05),
  },
  {
    symbol: 'BTC',
    displayName: 'Bitcoin',
    decimals: 8,
    tokens: [token('Bitcoin', { minimumDeposit: '0.00001', minimumWithdrawal: '0.0005', withdrawalFee: '0.0001' })],
    index,
    collateral: declining(0.95),
    lending: volatileLending({ all: '10000', account: '1000' }),
  },
  {
    symbol: 'ETH',
    displayName: 'Ether',
    decimals: 7,
    tokens: [token('Ethereum', { minimumDeposit: '0.0001', minimumWithdrawal: '0.005', withdrawalFee: '0.001' })],
    index,
    collateral: declining(0.95),
    lending: volatileLending({ all: '100000', account: '10000' }),
  },
  {
    symbol: 'SOL',
    displayName: 'Solana',
    decimals: 6,
    tokens: [token('Solana', { minimumDeposit: '0.001', minimumWithdrawal: '0.05', withdrawalFee: '0.01' })],
    index,
    collateral: declining(0.9),
    lending: volatileLending({ all: '2000000', account: '200000' }),
  },
  {
    symbol: 'USDT',
    displayName: 'Tether USD',
    decimals: 6,
    tokens: [token('Ethereum', DOLLARS)],
    index,
    collateral: { weight: 0.95 },
    lending: stableLending({ all: '1000000000', account: '100000000' }, 0.2, 0.1),
  },
  // A thousand BONK: one alone would need prices of eleven decimals. Priced, traded as a perpetual, neither held nor lent.
  { symbol: 'kBONK', displayName: '1,000 Bonk', decimals: 2, tokens: [], index },
];
