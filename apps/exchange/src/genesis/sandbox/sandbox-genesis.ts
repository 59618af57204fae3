// The venue that starts when nobody says otherwise: spot and perpetuals, open registration, a chain that pays on request.
import type {
  ExchangeSettings,
  FeeTier,
  GenesisConfiguration,
  RiskConfiguration,
  ServiceKeyConfiguration,
} from '@glasshouse/protocol';
import { assets } from './assets.js';
import { markets } from './markets.js';

const settings: ExchangeSettings = {
  openRegistration: true,
  maxSubaccountsPerCustomer: 1_000,
  maxOpenOrdersPerAccount: 2_000,
  maxKeysPerAccount: 50,
  futureToleranceMs: 5_000,
  proposalLifetimeMs: 86_400_000,
};

const risk: RiskConfiguration = {
  sampleIntervalMs: 1_000,
  settlementIntervalMs: 10_000,
  fundingIntervalMs: 3_600_000,
  sourceStaleMs: 10_000,
  sourceOutlier: 0.05,
  virtualLimitPerAccount: 10_000_000,
  virtualLimitInAll: 100_000_000,
  referralShare: 0.1,
};

type Rates = readonly [makerPpm: number, takerPpm: number];

function tier(name: string, minVolume: number, [makerPpm, takerPpm]: Rates, perp: Rates): FeeTier {
  const [perpMakerPpm, perpTakerPpm] = perp;
  return { name, minVolume, makerPpm, takerPpm, perpMakerPpm, perpTakerPpm };
}

const spotFeeTiers: readonly FeeTier[] = [
  tier('Tier 1', 0, [800, 1_000], [200, 500]),
  tier('Tier 2', 1_000_000, [700, 900], [180, 450]),
  tier('Tier 3', 5_000_000, [600, 800], [150, 400]),
  tier('Tier 4', 10_000_000, [500, 700], [120, 350]),
  tier('VIP 1', 25_000_000, [400, 600], [100, 320]),
  tier('VIP 2', 50_000_000, [300, 500], [80, 280]),
  tier('VIP 3', 100_000_000, [200, 400], [50, 250]),
  tier('VIP 4', 250_000_000, [100, 300], [20, 210]),
  tier('VIP 5', 500_000_000, [0, 250], [0, 180]),
];

export function sandboxGenesis(keys: readonly ServiceKeyConfiguration[]): GenesisConfiguration {
  return { format: 1, name: 'Glasshouse Sandbox', settings, assets, markets, spotFeeTiers, risk, keys };
}
