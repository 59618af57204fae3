// Each lend and each debt of an account in an asset, from its beginning to its end. The quantity is the balance's own, so that
// interest and rounding are in it; movements only say when a loan began and why. Where rows are kept is for those who extend this.
import type { BalanceView, BorrowLendChanged, InterestPosted } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import type { Moment } from './committed.js';
import type { LoanRow, LoanSide, LoanSource } from './queries.js';

/** A loan with the sum behind its average rate. */
export type Loan = Omit<LoanRow, 'averageRate'> & { readonly rateSum: number; readonly postings: number };
/** A movement, whatever event told of it. */
export type LoanMoved = Pick<BorrowLendChanged, 'accountId' | 'assetId' | 'change' | 'quantityAtoms'> & {
  readonly source: LoanSource;
};
/** With the place of its row. */
export type Begun<Place> = { readonly loan: Loan; readonly place: Place };

const ASSETS_PER_ACCOUNT = 65_536;
const keyOf = (accountId: number, assetId: number): number => accountId * ASSETS_PER_ACCOUNT + assetId;

export function loanRowOf({ rateSum, postings, ...loan }: Loan): LoanRow {
  return { ...loan, averageRate: postings === 0 ? 0 : rateSum / postings };
}

function sideOf(change: BorrowLendChanged['change']): LoanSide {
  return change === 'lend' || change === 'redeem' ? 'lend' : 'borrow';
}

type Beginning = Pick<LoanRow, 'accountId' | 'assetId' | 'side' | 'source' | 'openedUs'>;

const NOTHING_YET = { quantityAtoms: 0 as Atoms, interestAtoms: 0 as Atoms, rateSum: 0, postings: 0, open: true };

export abstract class LoanBook<Place> {
  private readonly begun = new Map<number, Begun<Place>>();

  /** A row for a loan that has just begun. */
  protected abstract append(loan: Loan, moment: Moment): Place;
  protected abstract rewrite(place: Place, loan: Loan): void;

  /** A loan that is known to be open. */
  protected know(begun: Begun<Place>): void {
    this.begun.set(keyOf(begun.loan.accountId, begun.loan.assetId), begun);
  }

  protected forget({ accountId, assetId }: Loan): void {
    this.begun.delete(keyOf(accountId, assetId));
  }

  /** The loan that moves, or a new one. One that a repayment or redemption has turned round begins with the balance. */
  move({ accountId, assetId, change, quantityAtoms, source }: LoanMoved, moment: Moment): void {
    const known = this.begun.get(keyOf(accountId, assetId));
    const side = sideOf(change);
    const grows = change === 'lend' || change === 'borrow';
    const moved = grows ? quantityAtoms : -quantityAtoms;
    if (known?.loan.side === side) return this.grow(known, moved);
    if (known !== undefined) this.close(known);
    this.grow(this.begin({ accountId, assetId, side, source, openedUs: moment.timeUs }, moment), moved);
  }

  /** Until the balance says what it has come to. */
  private grow(known: Begun<Place>, atoms: number): void {
    const quantityAtoms = Math.max(0, known.loan.quantityAtoms + atoms) as Atoms;
    this.replace(known, { ...known.loan, quantityAtoms });
  }

  /** What is lent now, negative what is owed. */
  openAtoms(accountId: number, assetId: number): number {
    const loan = this.begun.get(keyOf(accountId, assetId))?.loan;
    if (loan === undefined) return 0;
    return loan.side === 'lend' ? loan.quantityAtoms : -loan.quantityAtoms;
  }

  accrue({ accountId, assetId, interestAtoms, rate }: InterestPosted): void {
    const known = this.begun.get(keyOf(accountId, assetId));
    if (known === undefined) return;
    const { loan } = known;
    this.replace(known, {
      ...loan,
      interestAtoms: (loan.interestAtoms + interestAtoms) as Atoms,
      rateSum: loan.rateSum + rate,
      postings: loan.postings + 1,
    });
  }

  settle(balance: BalanceView, moment: Moment): void {
    const { accountId, assetId, lentAtoms, borrowedAtoms } = balance;
    const known = this.begun.get(keyOf(accountId, assetId));
    const quantityAtoms = (lentAtoms + borrowedAtoms) as Atoms;
    if (quantityAtoms === 0) {
      if (known !== undefined) this.close(known);
      return;
    }
    const side = lentAtoms > 0 ? 'lend' : 'borrow';
    const current =
      known ?? this.begin({ accountId, assetId, side, source: 'manual', openedUs: moment.timeUs }, moment);
    if (current.loan.quantityAtoms !== quantityAtoms) this.replace(current, { ...current.loan, quantityAtoms });
  }

  private begin(beginning: Beginning, moment: Moment): Begun<Place> {
    const loan: Loan = { ...NOTHING_YET, ...beginning };
    const begun = { loan, place: this.append(loan, moment) };
    this.know(begun);
    return begun;
  }

  private replace({ place }: Begun<Place>, loan: Loan): void {
    this.rewrite(place, loan);
    this.know({ loan, place });
  }

  private close({ loan, place }: Begun<Place>): void {
    this.rewrite(place, { ...loan, quantityAtoms: 0 as Atoms, open: false });
    this.forget(loan);
  }
}
