// A small venue for tests: three spot markets, fees on, bands wide enough to be met on purpose only.
import type { GenesisConfiguration, MarketConfiguration } from '@glasshouse/protocol';

/** 44 characters that pass for the base64 of a public key; the first 42 letters and digits of `name` keep them apart. */
export function fakePublicKey(name: string): string {
  return `${name
    .replace(/[^A-Za-z0-9]/g, '0')
    .padEnd(42, '0')
    .slice(0, 42)}0=`;
}

export const REGISTRAR_KEY = fakePublicKey('registrar');
export const CHAIN_KEY = fakePublicKey('chain');
export const OPERATOR_KEYS = [fakePublicKey('operatorOne'), fakePublicKey('operatorTwo')] as const;

const spot = (base: string, quote: string, tickSize: string, stepSize: string): MarketConfiguration => ({
  symbol: `${base}_${quote}`,
  base,
  quote,
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
});

const asset = (symbol: string, decimals: number) => ({
  symbol,
  displayName: symbol,
  decimals,
  tokens: [
    {
      blockchain: 'Sandbox',
      depositEnabled: true,
      withdrawEnabled: true,
      minimumDeposit: '0',
      minimumWithdrawal: '0',
      withdrawalFee: '0',
    },
  ],
});

export const TEST_GENESIS: GenesisConfiguration = {
  format: 1,
  name: 'test venue',
  settings: {
    openRegistration: true,
    maxSubaccountsPerCustomer: 1000,
    maxOpenOrdersPerAccount: 1000,
    maxKeysPerAccount: 20,
    futureToleranceMs: 5000,
    proposalLifetimeMs: 86_400_000,
  },
  assets: [asset('USDC', 6), asset('BTC', 8), asset('ETH', 7), asset('SOL', 6)],
  markets: [
    spot('BTC', 'USDC', '0.1', '0.00001'),
    spot('ETH', 'USDC', '0.01', '0.0001'),
    spot('SOL', 'USDC', '0.01', '0.01'),
  ],
  spotFeeTiers: [
    { name: 'Tier 1', minVolume: 0, makerPpm: 800, takerPpm: 1000 },
    { name: 'VIP 5', minVolume: 1_000_000_000, makerPpm: 0, takerPpm: 250 },
    { name: 'Maker', minVolume: 2_000_000_000, makerPpm: -100, takerPpm: 250 },
  ],
  keys: [
    { publicKey: REGISTRAR_KEY, role: 'registrar' },
    { publicKey: CHAIN_KEY, role: 'chain' },
    { publicKey: OPERATOR_KEYS[0], role: 'operator' },
    { publicKey: OPERATOR_KEYS[1], role: 'operator' },
  ],
};
