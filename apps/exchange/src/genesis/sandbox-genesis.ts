// The venue that starts when nobody says otherwise: three spot markets, open registration, a chain that pays on request.
import type {
  AssetConfiguration,
  ExchangeSettings,
  FeeTier,
  GenesisConfiguration,
  MarketConfiguration,
  ServiceKeyConfiguration,
  TokenConfiguration,
} from '@glasshouse/protocol';

const settings: ExchangeSettings = {
  openRegistration: true,
  maxSubaccountsPerCustomer: 1_000,
  maxOpenOrdersPerAccount: 2_000,
  maxKeysPerAccount: 50,
  futureToleranceMs: 5_000,
  proposalLifetimeMs: 86_400_000,
};

type Minimums = Pick<TokenConfiguration, 'minimumDeposit' | 'minimumWithdrawal' | 'withdrawalFee'>;

function asset(
  symbol: string,
  displayName: string,
  decimals: number,
  chain: string,
  amounts: Minimums,
): AssetConfiguration {
  const token = { blockchain: chain, depositEnabled: true, withdrawEnabled: true, ...amounts };
  return { symbol, displayName, decimals, tokens: [token] };
}

// Decimals are chosen so that the whole supply of an asset is fewer than 2^53 atoms.
const assets: readonly AssetConfiguration[] = [
  asset('USDC', 'USD Coin', 6, 'Solana', { minimumDeposit: '0.01', minimumWithdrawal: '2', withdrawalFee: '1' }),
  asset('BTC', 'Bitcoin', 8, 'Bitcoin', {
    minimumDeposit: '0.00001',
    minimumWithdrawal: '0.0005',
    withdrawalFee: '0.0001',
  }),
  asset('ETH', 'Ether', 7, 'Ethereum', {
    minimumDeposit: '0.0001',
    minimumWithdrawal: '0.005',
    withdrawalFee: '0.001',
  }),
  asset('SOL', 'Solana', 6, 'Solana', { minimumDeposit: '0.001', minimumWithdrawal: '0.05', withdrawalFee: '0.01' }),
];

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

// maxPrice × maxQuantity stays below 2^53 atoms of the quote asset: some nine billion USDC in one order.
const markets: readonly MarketConfiguration[] = [
  usdcMarket('BTC', { tickSize: '0.1', stepSize: '0.00001', maxPrice: '1000000', maxQuantity: '9000' }),
  usdcMarket('ETH', { tickSize: '0.01', stepSize: '0.0001', maxPrice: '100000', maxQuantity: '90000' }),
  usdcMarket('SOL', { tickSize: '0.01', stepSize: '0.01', maxPrice: '10000', maxQuantity: '900000' }),
];

function tier(name: string, minVolume: number, makerPpm: number, takerPpm: number): FeeTier {
  return { name, minVolume, makerPpm, takerPpm };
}

const spotFeeTiers: readonly FeeTier[] = [
  tier('Tier 1', 0, 800, 1_000),
  tier('Tier 2', 1_000_000, 700, 900),
  tier('Tier 3', 5_000_000, 600, 800),
  tier('Tier 4', 10_000_000, 500, 700),
  tier('VIP 1', 25_000_000, 400, 600),
  tier('VIP 2', 50_000_000, 300, 500),
  tier('VIP 3', 100_000_000, 200, 400),
  tier('VIP 4', 250_000_000, 100, 300),
  tier('VIP 5', 500_000_000, 0, 250),
];

export function sandboxGenesis(keys: readonly ServiceKeyConfiguration[]): GenesisConfiguration {
  return { format: 1, name: 'Glasshouse Sandbox', settings, assets, markets, spotFeeTiers, keys };
}
