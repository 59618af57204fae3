// Terms of a perpetual, and what holds for all accounts together.
import {
  DELEVERAGE_POLICIES,
  LIQUIDATION_TRIGGERS,
  type LiquidationConfiguration,
  type PerpTerms,
  type RiskTerms,
} from '@glasshouse/protocol';
import { type Lots, MAX_SAFE, parseDecimal, rescale } from '@glasshouse/units';
import type { MarketFilters } from '../../state/markets.js';
import { DEFAULT_RISK } from '../../state/state.js';
import { readCurve } from './asset-terms.js';
import type { ConfigurationReader } from './reader.js';

const MAX_LEVERAGE = 1000;
const MAX_RATE = 1;

/** A quantity of the base asset in lots. */
function lots(reader: ConfigurationReader, field: string, { stepDigits, stepScale }: MarketFilters): Lots {
  const decimal = parseDecimal(reader.text(field));
  const units = decimal === undefined ? undefined : rescale(decimal, stepScale);
  if (units === undefined || units <= 0 || units % stepDigits !== 0) {
    reader.fail(field, 'not a positive multiple of the step');
  }
  return (units / stepDigits) as Lots;
}

/** No position may be worth more than 2^53 − 1 quote atoms at the highest price. */
function checkSize(reader: ConfigurationReader, filters: MarketFilters, limit: Lots): void {
  const lotPrice = filters.maxTicks * filters.atomsPerTickLot;
  if (lotPrice * limit > MAX_SAFE) reader.fail('openInterestLimit', 'at maxPrice it passes 2^53 − 1 quote atoms');
}

export function readPerp(reader: ConfigurationReader, filters: MarketFilters): PerpTerms {
  const imf = readCurve(reader.section('imf'));
  const mmf = readCurve(reader.section('mmf'));
  if (mmf.base > imf.base || mmf.factor > imf.factor) reader.fail('mmf', 'above imf');
  const openInterestLimitLots = lots(reader, 'openInterestLimit', filters);
  checkSize(reader, filters, openInterestLimitLots);
  return {
    maxLeverage: reader.ratio('maxLeverage', 1, MAX_LEVERAGE),
    imf,
    mmf,
    openInterestLimitLots,
    positionLimitLots: lots(reader, 'positionLimit', filters),
    updateCap: reader.ratio('updateCap', 0, 1),
    markBand: reader.ratio('markBand', 0, 1),
    premiumAlpha: reader.ratio('premiumAlpha', 0, 1),
    meanMarkMin: reader.ratio('meanMarkMin', 0, 1),
    meanMarkMax: reader.ratio('meanMarkMax', 1, 100),
    premiumBand: reader.ratio('premiumBand', 0, 1),
    fundingInterest: reader.ratio('fundingInterest', -MAX_RATE, MAX_RATE),
    fundingClamp: reader.ratio('fundingClamp', 0, MAX_RATE),
    fundingCap: reader.ratio('fundingCap', 0, MAX_RATE),
    deleveragePolicy: reader.has('deleveragePolicy') ? reader.oneOf('deleveragePolicy', DELEVERAGE_POLICIES) : 'queue',
  };
}

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const MOST_USDC = 1_000_000_000;

const LEAST_STEP = 0.001;
const MAX_DIVISOR = 100;
const MOST_TURNS = 3600;

function readLiquidation(reader: ConfigurationReader): LiquidationConfiguration {
  return {
    trigger: reader.oneOf('trigger', LIQUIDATION_TRIGGERS),
    stepFraction: reader.ratio('stepFraction', LEAST_STEP, 1),
    stepIntervalMs: reader.integer('stepIntervalMs', 100, SECOND_MS * 60),
    maxFee: reader.ratio('maxFee', 0, 1),
    autoCloseDivisor: reader.ratio('autoCloseDivisor', 1, MAX_DIVISOR),
    autoCloseOffset: reader.ratio('autoCloseOffset', 0, 1),
    providerFee: reader.ratio('providerFee', 0, 1),
    fundFee: reader.ratio('fundFee', 0, 1),
    equityShare: reader.ratio('equityShare', 0, 1),
    bookPatience: reader.integer('bookPatience', 1, MOST_TURNS),
    gradual: reader.boolean('gradual'),
    providerNoticeMs: reader.has('providerNoticeMs')
      ? reader.integer('providerNoticeMs', 0, DAY_MS)
      : DEFAULT_RISK.liquidation.providerNoticeMs,
  };
}

export function readRisk(reader: ConfigurationReader): RiskTerms {
  return {
    sampleIntervalMs: reader.integer('sampleIntervalMs', 100, SECOND_MS * 60),
    settlementIntervalMs: reader.integer('settlementIntervalMs', SECOND_MS, DAY_MS),
    fundingIntervalMs: reader.integer('fundingIntervalMs', SECOND_MS * 60, DAY_MS),
    sourceStaleMs: reader.integer('sourceStaleMs', SECOND_MS, DAY_MS),
    sourceOutlier: reader.ratio('sourceOutlier', 0, 1),
    virtualLimitPerAccount: reader.integer('virtualLimitPerAccount', 0, MOST_USDC),
    virtualLimitInAll: reader.integer('virtualLimitInAll', 0, MOST_USDC),
    referralShare: reader.ratio('referralShare', 0, 1),
    liquidation: reader.has('liquidation') ? readLiquidation(reader.section('liquidation')) : DEFAULT_RISK.liquidation,
  };
}
