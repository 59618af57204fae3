// An event as a step of a report.
import type { BackstopAssigned, Deleveraged, Event, LiquidationStep } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ExposureStep, LiquidationStepRow } from './rows.js';

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
  const { marketId, side, sizeLots, quoteAtoms, markPrice, takenAtoms, policy } = event;
  const traded = { marketId, side, sizeLots, quoteAtoms, markPrice };
  return { kind: 'deleverage', timeUs, ...traded, ...NO_FEES, ...NOTHING_MORE, takenAtoms, policy };
}

/** Undefined for what is no step. */
export function stepOf(event: Event, timeUs: TimeUs): LiquidationStepRow | undefined {
  switch (event.kind) {
    case 'liquidationStep':
      return onBook(event, timeUs);
    case 'backstopAssigned':
      return toProvider(event, timeUs);
    case 'deleveraged':
      return againstWinner(event, timeUs);
    case 'loanDeleveraged':
      return { kind: 'loan', timeUs, assetId: event.assetId, quantityAtoms: event.quantityAtoms };
    case 'deficitCovered':
      return { kind: 'fund', timeUs, assetId: event.assetId, quantityAtoms: event.quantityAtoms };
    case 'negativeBalanceRecorded':
      return { kind: 'record', timeUs, assetId: event.negative.assetId, quantityAtoms: event.addedAtoms };
    default:
      return undefined;
  }
}
