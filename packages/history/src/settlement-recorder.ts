// What becomes a settlement row and what does not; where rows are kept is for those who extend this.
import type { CashSettled, FillView, FundingPaid, OrderOrigin, OrderView, PnlSettled } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import type { Moment } from './committed.js';
import type { SettlementRow } from './queries.js';

export type SettlementPart = Omit<SettlementRow, 'seq' | 'timeUs' | 'positionId'>;

export abstract class SettlementRecorder {
  protected abstract append(accountId: number, part: SettlementPart, moment: Moment): void;

  recordPnl({ accountId, marketId, pnlAtoms }: PnlSettled, assetId: number, moment: Moment): void {
    this.append(accountId, { assetId, marketId, source: 'pnl', quantityAtoms: pnlAtoms }, moment);
  }

  recordFunding({ accountId, marketId, fundingAtoms }: FundingPaid, assetId: number, moment: Moment): void {
    this.append(accountId, { assetId, marketId, source: 'funding', quantityAtoms: fundingAtoms }, moment);
  }

  recordFee({ accountId, marketId }: OrderView, fill: FillView, origin: OrderOrigin, moment: Moment): void {
    const source = origin === 'user' ? 'fee' : 'systemFee';
    this.recordTransfer(
      accountId,
      { assetId: fill.feeAssetId, marketId, source, quantityAtoms: -fill.feeAtoms },
      moment,
    );
  }

  /** Positive was received; nothing is recorded of nothing. */
  recordTransfer(
    accountId: number,
    part: Omit<SettlementPart, 'quantityAtoms'> & { readonly quantityAtoms: number },
    moment: Moment,
  ): void {
    if (part.quantityAtoms === 0) return;
    this.append(accountId, { ...part, quantityAtoms: part.quantityAtoms as Atoms }, moment);
  }

  /** Cash of an account that realises at once is its PnL, its funding and its fees, which are rows already. */
  recordCash({ accountId, assetId, cashAtoms, reason }: CashSettled, moment: Moment): void {
    if (reason === 'autoRealizePnl') return;
    this.append(accountId, { assetId, marketId: 0, source: reason, quantityAtoms: cashAtoms }, moment);
  }
}
