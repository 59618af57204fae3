// What operators change of a venue with margin while it runs.
import type {
  AssetTermsConfiguration,
  FeeTier,
  LiquidationTrigger,
  MarketStateName,
  OperatorAction,
  RiskConfiguration,
} from '@glasshouse/protocol';
import { approveLast, proposeAction } from '../operators.js';
import type { RiskScene } from './risk-scene.js';
import { RISK_HISTORY_GENESIS } from './stage.js';

const HALTED = 'ETH_USDC_PERP';
const STATES = ['Open', 'PostOnly', 'LimitOnly', 'CancelOnly', 'Closed'] as const;

/** The settlement asset counts in full: else a profit that becomes cash would be worth less. */
function assetTerms({ random }: RiskScene): AssetTermsConfiguration {
  const { symbol, index, collateral, lending } = random.pick(RISK_HISTORY_GENESIS.assets);
  return {
    symbol,
    ...(index === undefined ? {} : { index: { ...index, updateCap: random.pick([0.005, 0.02, 0.05]) } }),
    ...(collateral === undefined
      ? {}
      : { collateral: symbol === 'USDC' || random.chance(50) ? collateral : { weight: 0.85 } }),
    ...(lending === undefined
      ? {}
      : {
          lending: {
            ...lending,
            optimalRate: random.pick([0.05, 0.08, 0.2]),
            reserveFee: random.pick([0, 0.1, 0.3]),
            maxUtilization: random.pick([0.85, 0.95, 1]),
            throttleThreshold: random.pick([0.3, 0.6, 0.8]),
          },
        }),
  };
}

function settled(settlementIntervalMs: number, trigger: LiquidationTrigger) {
  const { liquidation } = RISK_HISTORY_GENESIS.risk ?? {};
  if (liquidation === undefined) throw new RangeError('the venue has no margin');
  return { settlementIntervalMs, liquidation: { ...liquidation, trigger } };
}

/** How often positions are settled, and at which prices accounts are liquidated. */
const SETTLED = [settled(5000, 'mark'), settled(10_000, 'markAndIndex'), settled(20_000, 'markAndIndex')];

function risk({ random }: RiskScene): RiskConfiguration {
  const { risk: before } = RISK_HISTORY_GENESIS;
  if (before === undefined) throw new RangeError('the venue has no margin');
  return {
    ...before,
    ...random.pick(SETTLED),
    virtualLimitPerAccount: random.pick([100, 4000, 1_000_000]),
    virtualLimitInAll: random.pick([1000, 12_000, 10_000_000]),
  };
}

function feeTiers({ random }: RiskScene): readonly FeeTier[] {
  return RISK_HISTORY_GENESIS.spotFeeTiers.map((tier) => ({
    ...tier,
    perpMakerPpm: random.between(-100, 300),
    perpTakerPpm: random.between(100, 600),
  }));
}

function filters({ random }: RiskScene): OperatorAction {
  const market = random.pick(RISK_HISTORY_GENESIS.markets);
  if (market.perp === undefined) return { kind: 'setMarketFilters', market };
  const perp = { ...market.perp, maxLeverage: random.pick([20, 50, 100]), markBand: random.pick([0.02, 0.05]) };
  return { kind: 'setMarketFilters', market: { ...market, perp } };
}

function anyAction(scene: RiskScene): OperatorAction {
  const { random, cast } = scene;
  const choice = random.below(100);
  if (choice < 30) return { kind: 'setAssetTerms', asset: assetTerms(scene) };
  if (choice < 50) return { kind: 'setRisk', risk: risk(scene) };
  if (choice < 65) return filters(scene);
  if (choice < 80)
    return { kind: 'setCustomerTier', customerId: random.between(1, cast.customers), tier: random.below(3) };
  if (choice < 90) return { kind: 'setFeeTiers', spotFeeTiers: feeTiers(scene) };
  return { kind: 'setMarketState', symbol: HALTED, state: random.pick(STATES) };
}

/** Proposed by one, mostly approved by the other. */
export function decide(scene: RiskScene): void {
  proposeAction(scene, anyAction(scene));
  if (scene.random.chance(85)) scene.later(() => approveLast(scene));
}

export function reopen(scene: RiskScene): void {
  for (const state of ['PostOnly', 'Open'] as const satisfies readonly MarketStateName[]) {
    scene.later(() => proposeAction(scene, { kind: 'setMarketState', symbol: HALTED, state }));
    scene.later(() => approveLast(scene));
  }
}
