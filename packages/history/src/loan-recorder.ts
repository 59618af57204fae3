// What moves loans, and how what crosses zero is told; where rows are kept is for those who extend this.
import type { BalanceView, InterestPosted, LoanAssigned, LoanDeleveraged } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import type { Moment } from './committed.js';
import type { LoanBook, LoanMoved } from './loan-book.js';
import type { LoanMovementRow, LoanSource } from './queries.js';

type Shift = {
  readonly accountId: number;
  readonly assetId: number;
  /** Positive is lent or repaid. */
  readonly atoms: number;
  readonly source: LoanSource;
};

export abstract class LoanRecorder {
  protected abstract readonly loans: Pick<LoanBook<unknown>, 'move' | 'accrue' | 'settle' | 'openAtoms'>;
  protected abstract appendMovement(moved: LoanMoved, moment: Moment): void;
  protected abstract appendInterest(event: InterestPosted, moment: Moment): void;

  recordMovement(moved: LoanMoved, moment: Moment): void {
    this.appendMovement(moved, moment);
    this.loans.move(moved, moment);
  }

  /** The lender gets the settlement asset for what it lent, which the borrower owes instead of the asset. */
  recordDeleveraged(event: LoanDeleveraged, moment: Moment): void {
    const { accountId, counterpartyAccountId, assetId, quantityAtoms, settlementAssetId, settlementAtoms } = event;
    const lender = { accountId, source: 'lenderDeleveraged' } as const;
    const borrower = { accountId: counterpartyAccountId, source: 'borrowerDeleveraged' } as const;
    this.recordMovement({ ...lender, assetId, change: 'redeem', quantityAtoms }, moment);
    this.recordMovement({ ...borrower, assetId, change: 'repay', quantityAtoms }, moment);
    this.shift({ ...lender, assetId: settlementAssetId, atoms: settlementAtoms }, moment);
    this.shift({ ...borrower, assetId: settlementAssetId, atoms: -settlementAtoms }, moment);
  }

  /** Of the loan, and of collateral that was lent and still is, by the provider. */
  recordAssigned(event: LoanAssigned, moment: Moment): void {
    const { accountId, providerAccountId, assetId, quantityAtoms, collateralAssetId, collateralAtoms } = event;
    const source = 'takenOver';
    this.shift({ accountId, source, assetId, atoms: quantityAtoms }, moment);
    this.shift({ accountId: providerAccountId, source, assetId, atoms: -quantityAtoms }, moment);
    if (event.collateralFrom !== 'lent') return;
    this.shift({ accountId, source, assetId: collateralAssetId, atoms: -collateralAtoms }, moment);
    this.shift({ accountId: providerAccountId, source, assetId: collateralAssetId, atoms: collateralAtoms }, moment);
  }

  /** What crosses zero is two movements: an asset is not lent and borrowed at once. */
  private shift({ accountId, assetId, atoms, source }: Shift, moment: Moment): void {
    const open = this.loans.openAtoms(accountId, assetId);
    const against = open * atoms < 0 ? Math.min(Math.abs(atoms), Math.abs(open)) : 0;
    const move = (change: LoanMovementRow['change'], quantity: number) => {
      if (quantity === 0) return;
      this.recordMovement({ accountId, assetId, change, quantityAtoms: quantity as Atoms, source }, moment);
    };
    move(atoms > 0 ? 'repay' : 'redeem', against);
    move(atoms > 0 ? 'lend' : 'borrow', Math.abs(atoms) - against);
  }

  recordInterest(event: InterestPosted, moment: Moment): void {
    this.appendInterest(event, moment);
    if (event.source !== 'unsettledPnl') this.loans.accrue(event);
  }

  recordBalance(balance: BalanceView, moment: Moment): void {
    this.loans.settle(balance, moment);
  }
}
