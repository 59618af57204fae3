// What liquidations leave in the ordinary past of accounts: fills of what was passed on, money that was taken or given, loans that
// changed hands.
import {
  type BackstopAssigned,
  type DeficitCovered,
  type Deleveraged,
  type Event,
  type LiquidationStep,
  type LoanAssigned,
  type NegativeBalanceAccepted,
  type NegativeBalanceRecorded,
  SIDE,
  type Side,
} from '@glasshouse/protocol';
import type { Moment } from '../committed.js';
import type { FillRecorder, PassedOn } from '../fill-recorder.js';
import type { LoanRecorder } from '../loan-recorder.js';
import type { PositionRecorder } from '../positions/position-recorder.js';
import type { SettlementSource } from '../queries.js';
import type { SettlementRecorder } from '../settlement-recorder.js';

export type Flows = {
  readonly fills: FillRecorder;
  readonly settlements: SettlementRecorder;
  readonly loans: LoanRecorder;
  readonly positions: PositionRecorder;
  /** Settlement asset by perpetual. */
  readonly perps: ReadonlyMap<number, number>;
  /** What the backstop fund has paid for accounts within the request, less what it got back. */
  readonly covered: Map<number, number>;
};

/** A row of no one market. */
const NO_MARKET = 0;

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

/** All perpetuals settle in one asset; undefined before there is any. */
function settlementAssetOf({ perps }: Flows): number | undefined {
  return perps.values().next().value;
}

function transfer(
  flows: Flows,
  accountId: number,
  row: { readonly marketId: number; readonly source: SettlementSource; readonly quantityAtoms: number },
  moment: Moment,
): void {
  const assetId = settlementAssetOf(flows);
  if (assetId !== undefined) flows.settlements.recordTransfer(accountId, { assetId, ...row }, moment);
}

function stepped(flows: Flows, { accountId, marketId, feeAtoms }: LiquidationStep, moment: Moment): void {
  const ofMarket = flows.perps.has(marketId) ? marketId : NO_MARKET;
  flows.positions.recordLiquidationFee(accountId, ofMarket, feeAtoms);
  transfer(flows, accountId, { marketId: ofMarket, source: 'backstopFund', quantityAtoms: -feeAtoms }, moment);
}

/** Both sides of a part of a position that changed hands without an order. */
function passedOn(flows: Flows, event: BackstopAssigned | Deleveraged, moment: Moment): void {
  const { kind, accountId, marketId, side, sizeLots, quoteAtoms } = event;
  const feeAssetId = settlementAssetOf(flows) ?? 0;
  const isBackstop = kind === 'backstopAssigned';
  const news = { origin: isBackstop ? ('backstop' as const) : ('deleverage' as const), timeUs: moment.timeUs };
  const [feeAtoms, receivedAtoms] = isBackstop
    ? [event.providerFeeAtoms + event.fundFeeAtoms, event.providerFeeAtoms]
    : [event.feeAtoms, 0];
  const toId = isBackstop ? event.providerAccountId : event.counterpartyAccountId;
  const both: Omit<PassedOn, 'accountId' | 'side' | 'feeAtoms'> = { marketId, sizeLots, quoteAtoms, feeAssetId };
  const to = { ...both, accountId: toId, side: opposite(side), feeAtoms: 0 - receivedAtoms };
  flows.fills.recordPassedOn(to, news);
  flows.fills.recordPassedOn({ ...both, accountId, side, feeAtoms }, news);
  flows.positions.recordFill({ ...to, liquidates: false }, moment.timeUs);
  flows.positions.recordFill({ ...both, accountId, side, feeAtoms: 0, liquidates: true }, moment.timeUs);
  flows.positions.recordLiquidationFee(accountId, marketId, feeAtoms);
}

/** The loan changes its owner; the fees are of the settlement asset. */
function loanAssigned(flows: Flows, event: LoanAssigned, moment: Moment): void {
  const { accountId, providerAccountId, providerFeeAtoms, fundFeeAtoms } = event;
  flows.loans.recordAssigned(event, moment);
  const provider = { marketId: NO_MARKET, source: 'backstopProvider' } as const;
  transfer(flows, providerAccountId, { ...provider, quantityAtoms: providerFeeAtoms }, moment);
  transfer(flows, accountId, { ...provider, quantityAtoms: -providerFeeAtoms }, moment);
  const fund = { marketId: NO_MARKET, source: 'backstopFund', quantityAtoms: -fundFeeAtoms } as const;
  transfer(flows, accountId, fund, moment);
}

function assigned(flows: Flows, event: BackstopAssigned, moment: Moment): void {
  const { accountId, providerAccountId, marketId, providerFeeAtoms, fundFeeAtoms } = event;
  const provider = { marketId, source: 'backstopProvider' } as const;
  transfer(flows, providerAccountId, { ...provider, quantityAtoms: providerFeeAtoms }, moment);
  transfer(flows, accountId, { ...provider, quantityAtoms: -providerFeeAtoms }, moment);
  transfer(flows, accountId, { marketId, source: 'backstopFund', quantityAtoms: -fundFeeAtoms }, moment);
}

function gaveWay(flows: Flows, event: Deleveraged, moment: Moment): void {
  const { accountId, counterpartyAccountId, marketId, takenAtoms, feeAtoms } = event;
  const row = { marketId, source: 'deleverage' } as const;
  transfer(flows, counterpartyAccountId, { ...row, quantityAtoms: -takenAtoms }, moment);
  transfer(flows, accountId, { ...row, quantityAtoms: takenAtoms }, moment);
  transfer(flows, accountId, { marketId, source: 'backstopFund', quantityAtoms: -feeAtoms }, moment);
}

/** A debt is a loan's movement; a loss is of the settlement asset, and the only one that settlements tell of. */
function recorded(flows: Flows, { negative, addedAtoms, from }: NegativeBalanceRecorded, moment: Moment): void {
  const { accountId, assetId } = negative;
  if (from === 'unsettled') {
    transfer(flows, accountId, { marketId: NO_MARKET, source: 'liability', quantityAtoms: addedAtoms }, moment);
    return;
  }
  const moved = { accountId, assetId, change: 'repay', quantityAtoms: addedAtoms, source: 'takenOver' } as const;
  flows.loans.recordMovement(moved, moment);
}

/** As what is recorded: a debt is a loan's movement, and settlements tell of the settlement asset alone. */
function covered(flows: Flows, { accountId, assetId, quantityAtoms, into }: DeficitCovered, moment: Moment): void {
  if (into === 'loan') {
    const moved = { accountId, assetId, change: 'repay', quantityAtoms, source: 'takenOver' } as const;
    flows.loans.recordMovement(moved, moment);
    return;
  }
  if (assetId !== settlementAssetOf(flows)) return;
  flows.covered.set(accountId, (flows.covered.get(accountId) ?? 0) + quantityAtoms);
}

function accepted(flows: Flows, { negative, paidAtoms }: NegativeBalanceAccepted, moment: Moment): void {
  if (negative.assetId !== settlementAssetOf(flows)) return;
  const row = { marketId: NO_MARKET, source: 'liability', quantityAtoms: -paidAtoms } as const;
  transfer(flows, negative.accountId, row, moment);
}

/** After the last event of a request. */
export function settleCovered(flows: Flows, moment: Moment): void {
  for (const [accountId, quantityAtoms] of flows.covered) {
    transfer(flows, accountId, { marketId: NO_MARKET, source: 'backstopFund', quantityAtoms }, moment);
  }
  flows.covered.clear();
}

export function recordLiquidation(flows: Flows, event: Event, moment: Moment): void {
  switch (event.kind) {
    case 'liquidationStep':
      stepped(flows, event, moment);
      break;
    case 'backstopAssigned':
      passedOn(flows, event, moment);
      assigned(flows, event, moment);
      break;
    case 'deleveraged':
      passedOn(flows, event, moment);
      gaveWay(flows, event, moment);
      break;
    case 'loanAssigned':
      loanAssigned(flows, event, moment);
      break;
    case 'loanDeleveraged':
      flows.loans.recordDeleveraged(event, moment);
      break;
    case 'deficitCovered':
      covered(flows, event, moment);
      break;
    case 'negativeBalanceRecorded':
      recorded(flows, event, moment);
      break;
    case 'negativeBalanceAccepted':
      accepted(flows, event, moment);
      break;
  }
}
