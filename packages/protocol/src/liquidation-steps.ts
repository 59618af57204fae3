// Events of a liquidation as steps of one kind of report, whoever writes it.
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import type { BackstopAssigned, Deleveraged, Event, LiquidationStep } from './events.js';
import type { DeleveragePolicy } from './genesis.js';
import type { LiquidationStage, MaintenanceView } from './liquidation-views.js';
import type { Side } from './vocabulary.js';

/** A part of a position, or in a spot market of a loan, that changed hands; on the book, to a provider, or against a winner. */
export type ExposureStep = {
  readonly kind: LiquidationStage;
  readonly timeUs: TimeUs;
  readonly marketId: number;
  /** Of the liquidated account: bid closes a short. */
  readonly side: Side;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly markPrice: Price;
  /** Out of the liquidated account, in the settlement asset. */
  readonly fundFeeAtoms: Atoms;
  readonly providerFeeAtoms: Atoms;
  /** Out of the profit of who was deleveraged. */
  readonly takenAtoms: Atoms;
  readonly policy: DeleveragePolicy | undefined;
  /** Steps on the book say how the account stood on both sides of them. */
  readonly before: MaintenanceView | undefined;
  readonly after: MaintenanceView | undefined;
};

/** `loan`: a lend that its pool could not pay out; `fund`: the backstop fund paid; `record`: put on record as unpaid. */
export type MoneyStep = {
  readonly kind: 'loan' | 'fund' | 'record';
  readonly timeUs: TimeUs;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
};

/** A part of a loan that a provider took over with collateral for it. */
export type LoanStep = {
  readonly kind: 'loanBackstop';
  readonly timeUs: TimeUs;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly quoteAtoms: Atoms;
  readonly fundFeeAtoms: Atoms;
  readonly providerFeeAtoms: Atoms;
};

export type LiquidationStepRow = ExposureStep | MoneyStep | LoanStep;

const NONE = 0 as Atoms;
const NO_FEES = { fundFeeAtoms: NONE, providerFeeAtoms: NONE, takenAtoms: NONE };
const NOTHING_MORE = { policy: undefined, before: undefined, after: undefined };

function onBook(event: LiquidationStep, timeUs: TimeUs): ExposureStep {
  const { marketId, side, filledLots, quoteAtoms, markPrice, feeAtoms, before, after } = event;
  const traded = { marketId, side, sizeLots: filledLots, quoteAtoms, markPrice };
  return { kind: 'book', timeUs, ...traded, ...NO_FEES, fundFeeAtoms: feeAtoms, policy: undefined, before, after };
}

function toProvider(event: BackstopAssigned, timeUs: TimeUs): ExposureStep {
  const { marketId, side, sizeLots, quoteAtoms, markPrice, providerFeeAtoms, fundFeeAtoms } = event;
  const traded = { marketId, side, sizeLots, quoteAtoms, markPrice };
  return { kind: 'backstop', timeUs, ...traded, ...NO_FEES, providerFeeAtoms, fundFeeAtoms, ...NOTHING_MORE };
}

function againstWinner(event: Deleveraged, timeUs: TimeUs): ExposureStep {
  const { marketId, side, sizeLots, quoteAtoms, markPrice, takenAtoms, feeAtoms, policy } = event;
  const traded = { marketId, side, sizeLots, quoteAtoms, markPrice };
  return {
    kind: 'deleverage',
    timeUs,
    ...traded,
    ...NO_FEES,
    ...NOTHING_MORE,
    fundFeeAtoms: feeAtoms,
    takenAtoms,
    policy,
  };
}

/** Undefined for what is no step. */
export function liquidationStepOf(event: Event, timeUs: TimeUs): LiquidationStepRow | undefined {
  switch (event.kind) {
    case 'liquidationStep':
      return onBook(event, timeUs);
    case 'backstopAssigned':
      return toProvider(event, timeUs);
    case 'deleveraged':
      return againstWinner(event, timeUs);
    case 'loanDeleveraged':
      return { kind: 'loan', timeUs, assetId: event.assetId, quantityAtoms: event.quantityAtoms };
    case 'loanAssigned': {
      const { assetId, quantityAtoms, quoteAtoms, fundFeeAtoms, providerFeeAtoms } = event;
      return { kind: 'loanBackstop', timeUs, assetId, quantityAtoms, quoteAtoms, fundFeeAtoms, providerFeeAtoms };
    }
    case 'deficitCovered':
      return { kind: 'fund', timeUs, assetId: event.assetId, quantityAtoms: event.quantityAtoms };
    case 'negativeBalanceRecorded':
      return { kind: 'record', timeUs, assetId: event.negative.assetId, quantityAtoms: event.addedAtoms };
    default:
      return undefined;
  }
}
