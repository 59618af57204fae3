// Liquidations as REST and streams show them: to everyone without a name and without equity, to the owner in full.
import type {
  LIQUIDATION_STEP,
  LiquidationEndReason,
  LiquidationReport,
  LiquidationStepFrame,
  OwnLiquidationReport,
  OwnStanding,
} from '@glasshouse/api';
import {
  type ExposureStep,
  type LiquidationEnded,
  type LiquidationStepRow,
  type LiquidationView,
  type LoanStep,
  type MaintenanceView,
  type MoneyStep,
  SIDE,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { LiquidationRow } from '../liquidation-port.js';
import { meanPrice } from './mean-price.js';
import { SIDE_NAME } from './names.js';
import { fractionText, priceText, usdText } from './real-number.js';
import { naiveDateTime } from './times.js';

type PublicStanding = LiquidationReport['atStart'];
/** The fields of a step beside its time and the standings on both sides of it. */
export type StepAnswer = Pick<LiquidationStepFrame, keyof typeof LIQUIDATION_STEP>;

/** Null without equity. */
const ratioText = (maintenanceUsd: number, equityUsd: number): string | null =>
  equityUsd <= 0 ? null : fractionText(maintenanceUsd / equityUsd);

export function publicStanding(standing: MaintenanceView): PublicStanding {
  return {
    exposure: usdText(standing.exposureUsd),
    maintenanceRatio: ratioText(standing.maintenanceMarginUsd, standing.netEquityUsd),
    maintenanceRatioAtIndex: ratioText(standing.maintenanceMarginAtIndexUsd, standing.netEquityAtIndexUsd),
  };
}

export function ownStanding(standing: MaintenanceView): OwnStanding {
  return {
    ...publicStanding(standing),
    maintenanceMargin: usdText(standing.maintenanceMarginUsd),
    maintenanceMarginAtIndex: usdText(standing.maintenanceMarginAtIndexUsd),
    netEquity: usdText(standing.netEquityUsd),
    netEquityAtIndex: usdText(standing.netEquityAtIndexUsd),
  };
}

export const END_REASON_NAME: Readonly<Record<LiquidationEnded['reason'], LiquidationEndReason>> = {
  recovered: 'Recovered',
  closed: 'Closed',
  bankrupt: 'Bankrupt',
};

const STAGE_NAME = {
  book: 'Book',
  backstop: 'Backstop',
  deleverage: 'Deleverage',
  loan: 'LoanDeleverage',
  loanBackstop: 'LoanBackstop',
  fund: 'Fund',
  record: 'Recorded',
} as const satisfies Record<LiquidationStepRow['kind'], StepAnswer['stage']>;

/** Of the settlement asset, in which all liquidation fees are. */
function settlementQuantity(catalogue: Catalogue, atoms: number): string {
  const asset = catalogue.settlementAsset;
  return asset === undefined ? '0' : assetQuantity(asset, atoms);
}

/** How much worse than the mark, for who had to trade. */
function slippage(price: number, { markPrice, side }: ExposureStep): string | null {
  if (markPrice === 0) return null;
  const above = price / markPrice - 1;
  return fractionText(side === SIDE.bid ? above : -above);
}

function exposureStep(listing: Listing, step: ExposureStep, catalogue: Catalogue): StepAnswer {
  const { tickScale } = listing.market;
  const price = meanPrice(listing, step);
  return {
    fundFee: settlementQuantity(catalogue, step.fundFeeAtoms),
    markPrice: priceText(step.markPrice, tickScale),
    notional: listing.quoteQuantity(step.quoteAtoms),
    policy: step.policy ?? null,
    price: priceText(price, tickScale),
    providerFee: settlementQuantity(catalogue, step.providerFeeAtoms),
    quantity: listing.quantity(step.sizeLots),
    side: SIDE_NAME[step.side],
    slippage: slippage(price, step),
    stage: STAGE_NAME[step.kind],
    symbol: listing.market.symbol,
    taken: settlementQuantity(catalogue, step.takenAtoms),
  };
}

const NO_TRADE = { markPrice: null, notional: null, policy: null, price: null, side: null, slippage: null } as const;
const NO_FEES = { fundFee: '0', providerFee: '0', taken: '0' } as const;

function moneyStep(step: MoneyStep | LoanStep, catalogue: Catalogue): StepAnswer | undefined {
  const asset = catalogue.asset(step.assetId);
  if (asset === undefined) return undefined;
  const quantity = assetQuantity(asset, step.quantityAtoms);
  const answer = { ...NO_TRADE, ...NO_FEES, quantity, stage: STAGE_NAME[step.kind], symbol: asset.symbol };
  if (step.kind !== 'loanBackstop') return answer;
  return {
    ...answer,
    fundFee: settlementQuantity(catalogue, step.fundFeeAtoms),
    notional: settlementQuantity(catalogue, step.quoteAtoms),
    providerFee: settlementQuantity(catalogue, step.providerFeeAtoms),
  };
}

/** Undefined for a market or asset that is not known yet. */
export function stepAnswer(step: LiquidationStepRow, catalogue: Catalogue): StepAnswer | undefined {
  if ('assetId' in step) return moneyStep(step, catalogue);
  const listing = catalogue.listing(step.marketId);
  return listing && exposureStep(listing, step, catalogue);
}

export function totalsAnswer(totals: LiquidationView, catalogue: Catalogue) {
  return {
    backstop: usdText(totals.backstopUsd),
    book: usdText(totals.bookUsd),
    covered: settlementQuantity(catalogue, totals.coveredAtoms),
    deleveraged: usdText(totals.deleveragedUsd),
    fundFee: settlementQuantity(catalogue, totals.fundFeeAtoms),
    providerFee: settlementQuantity(catalogue, totals.providerFeeAtoms),
    turns: totals.steps,
    unpaid: usdText(totals.unpaidUsd),
  };
}

/** `standingOf` decides how much is told. */
function reportWith<Standing>(
  row: LiquidationRow,
  catalogue: Catalogue,
  standingOf: (standing: MaintenanceView) => Standing,
) {
  const { ending } = row;
  const maybe = (standing: MaintenanceView | undefined) => (standing === undefined ? null : standingOf(standing));
  const steps = row.steps.flatMap((step) => {
    const answer = stepAnswer(step, catalogue);
    if (answer === undefined) return [];
    const { before, after } = 'assetId' in step ? { before: undefined, after: undefined } : step;
    return [{ ...answer, after: maybe(after), before: maybe(before), timestamp: naiveDateTime(step.timeUs) }];
  });
  return {
    atStart: standingOf(row.atStart),
    endedAt: ending === undefined ? null : naiveDateTime(ending.timeUs),
    left: maybe(ending?.left),
    liquidationId: row.liquidationId,
    reason: ending === undefined ? null : END_REASON_NAME[ending.reason],
    startedAt: naiveDateTime(row.startedUs),
    steps,
    stepsLeftOut: row.stepsLeftOut,
    totals: ending === undefined ? null : totalsAnswer(ending.totals, catalogue),
  };
}

export function publicReport(row: LiquidationRow, catalogue: Catalogue): LiquidationReport {
  return reportWith(row, catalogue, publicStanding);
}

export function ownReport(row: LiquidationRow, catalogue: Catalogue): OwnLiquidationReport {
  return { accountId: row.accountId, ...reportWith(row, catalogue, ownStanding) };
}
