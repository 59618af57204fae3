import type { ExchangeSettings, FeeTier, StrategyLimits, WithdrawalGuards } from '@glasshouse/protocol';
import type { ConfigurationReader } from './reader.js';

const MAX_TIERS = 32;
const MAX_FEE_PPM = 50_000;
const MINUTE_MS = 60_000;
const WEEK_MS = 604_800_000;
const YEAR_MS = 31_622_400_000;
const YEAR_HOURS = 8_784;

function readStrategies(reader: ConfigurationReader): StrategyLimits {
  return {
    maxPerAccount: reader.integer('maxPerAccount', 0, 10_000),
    minIntervalMs: reader.integer('minIntervalMs', 1, WEEK_MS),
    maxDurationMs: reader.integer('maxDurationMs', 1, YEAR_MS),
  };
}

function readGuards(reader: ConfigurationReader): WithdrawalGuards {
  return {
    maxDelayHours: reader.integer('maxDelayHours', 1, YEAR_HOURS),
    addressDelayHours: reader.integer('addressDelayHours', 0, YEAR_HOURS),
    maxAddresses: reader.integer('maxAddresses', 0, 10_000),
  };
}

export function readSettings(reader: ConfigurationReader): ExchangeSettings {
  return {
    openRegistration: reader.boolean('openRegistration'),
    maxSubaccountsPerCustomer: reader.integer('maxSubaccountsPerCustomer', 0, 1_000_000),
    maxOpenOrdersPerAccount: reader.integer('maxOpenOrdersPerAccount', 1, 10_000_000),
    maxKeysPerAccount: reader.integer('maxKeysPerAccount', 1, 1000),
    futureToleranceMs: reader.integer('futureToleranceMs', 0, MINUTE_MS),
    proposalLifetimeMs: reader.integer('proposalLifetimeMs', MINUTE_MS, WEEK_MS),
    ...(reader.has('withdrawals') && { withdrawals: readGuards(reader.section('withdrawals')) }),
    ...(reader.has('strategies') && { strategies: readStrategies(reader.section('strategies')) }),
  };
}

function readPerpRates(tier: ConfigurationReader): Pick<FeeTier, 'perpMakerPpm' | 'perpTakerPpm'> {
  if (!tier.has('perpMakerPpm') && !tier.has('perpTakerPpm')) return {};
  return {
    perpMakerPpm: tier.integer('perpMakerPpm', -MAX_FEE_PPM, MAX_FEE_PPM),
    perpTakerPpm: tier.integer('perpTakerPpm', 0, MAX_FEE_PPM),
  };
}

/** Tiers by rising volume; a maker rebate must be covered by the lowest taker fee. */
export function readFeeTiers(reader: ConfigurationReader, field: string): FeeTier[] {
  const tiers = reader.list(field, MAX_TIERS, (tier) => ({
    name: tier.text('name'),
    minVolume: tier.integer('minVolume', 0, Number.MAX_SAFE_INTEGER),
    makerPpm: tier.integer('makerPpm', -MAX_FEE_PPM, MAX_FEE_PPM),
    takerPpm: tier.integer('takerPpm', 0, MAX_FEE_PPM),
    ...readPerpRates(tier),
  }));
  if (tiers[0]?.minVolume !== 0) reader.fail(field, 'the first tier must start at volume 0');
  let lowestTaker = MAX_FEE_PPM;
  let lowestMaker = MAX_FEE_PPM;
  let lowestPerpTaker = MAX_FEE_PPM;
  let lowestPerpMaker = MAX_FEE_PPM;
  tiers.forEach((tier, index) => {
    const before = tiers[index - 1];
    if (before !== undefined && before.minVolume >= tier.minVolume) reader.fail(field, 'volumes must rise');
    lowestTaker = Math.min(lowestTaker, tier.takerPpm);
    lowestMaker = Math.min(lowestMaker, tier.makerPpm);
    lowestPerpTaker = Math.min(lowestPerpTaker, tier.perpTakerPpm ?? tier.takerPpm);
    lowestPerpMaker = Math.min(lowestPerpMaker, tier.perpMakerPpm ?? tier.makerPpm);
  });
  if (lowestPerpMaker + lowestPerpTaker < 0) reader.fail(field, 'a maker rebate exceeds the lowest taker fee');
  if (lowestMaker + lowestTaker < 0) reader.fail(field, 'a maker rebate exceeds the lowest taker fee');
  return tiers;
}
