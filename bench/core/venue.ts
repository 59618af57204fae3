import type { AssetConfiguration, GenesisConfiguration, MarketConfiguration } from '@glasshouse/protocol';

export const CHAIN = 'Bench';
export const REGISTRAR_KEY_ID = 1;
export const CHAIN_KEY_ID = 2;

/** A key that nobody holds: the core checks no signatures. */
export function publicKeyOf(name: string): string {
  return `${name
    .replace(/[^A-Za-z0-9]/g, '0')
    .padEnd(43, '0')
    .slice(-43)}=`;
}

export function asset(symbol: string, decimals: number): AssetConfiguration {
  const token = {
    blockchain: CHAIN,
    depositEnabled: true,
    withdrawEnabled: true,
    minimumDeposit: '0',
    minimumWithdrawal: '0',
    withdrawalFee: '0',
  };
  return { symbol, displayName: symbol, decimals, tokens: [token] };
}

export function spot(base: string, tickSize: string, stepSize: string): MarketConfiguration {
  return {
    symbol: `${base}_USDC`,
    base,
    quote: 'USDC',
    tickSize,
    stepSize,
    minPrice: tickSize,
    maxPrice: '1000000',
    minQuantity: stepSize,
    maxQuantity: '1000',
    limitMinPpm: 250_000,
    limitMaxPpm: 2_000_000,
    impactMinPpm: 990_000,
    impactMaxPpm: 1_010_000,
    state: 'Open',
  };
}

/** A venue like the sandbox's: three spot markets, fees on, bands as in production. */
export const BENCH_GENESIS: GenesisConfiguration = {
  format: 1,
  name: 'bench venue',
  settings: {
    openRegistration: true,
    maxSubaccountsPerCustomer: 1000,
    maxOpenOrdersPerAccount: 10_000,
    maxKeysPerAccount: 20,
    futureToleranceMs: 5000,
    proposalLifetimeMs: 86_400_000,
  },
  assets: [asset('USDC', 6), asset('BTC', 8), asset('ETH', 7), asset('SOL', 6)],
  markets: [spot('BTC', '0.1', '0.00001'), spot('ETH', '0.01', '0.0001'), spot('SOL', '0.01', '0.01')],
  spotFeeTiers: [{ name: 'Tier 1', minVolume: 0, makerPpm: 800, takerPpm: 1000 }],
  keys: [
    { publicKey: publicKeyOf('registrar'), role: 'registrar' },
    { publicKey: publicKeyOf('chain'), role: 'chain' },
  ],
};

/** Quantities by symbol that each account is given. */
export type Funds = Readonly<Record<string, string>>;

export type BenchMarket = {
  readonly symbol: string;
  readonly tickScale: number;
  readonly stepScale: number;
  readonly startTicks: number;
  readonly meanLots: number;
};

/** Where trading starts, and how large an order is on average. */
export const BENCH_MARKETS: readonly BenchMarket[] = [
  { symbol: 'BTC_USDC', tickScale: 1, stepScale: 5, startTicks: 1_000_000, meanLots: 2_000 },
  { symbol: 'ETH_USDC', tickScale: 2, stepScale: 4, startTicks: 400_000, meanLots: 5_000 },
  { symbol: 'SOL_USDC', tickScale: 2, stepScale: 2, startTicks: 20_000, meanLots: 1_000 },
];

/** Markets in the order of their ids. */
export type BenchVenue = {
  readonly genesis: GenesisConfiguration;
  readonly markets: readonly BenchMarket[];
  readonly funds: Funds;
};

export const SPOT_VENUE: BenchVenue = {
  genesis: BENCH_GENESIS,
  markets: BENCH_MARKETS,
  funds: { USDC: '1000000', BTC: '1000', ETH: '10000', SOL: '100000' },
};
