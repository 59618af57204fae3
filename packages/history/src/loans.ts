// Each lend and each debt of an account in an asset, from its beginning to its end. The quantity is the balance's own, so that
// interest and rounding are in it; movements only say when a loan began and why.
import type { BalanceView, BorrowLendChanged, InterestPosted } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { LoanQuery, LoanRow, LoanSide, LoanSource, Page } from './queries.js';
import { RowLog } from './row-log.js';

/** A loan with the sum behind its average rate. */
type Loan = Omit<LoanRow, 'averageRate'> & { readonly rateSum: number; readonly postings: number };
/** A movement, whatever event told of it. */
export type LoanMoved = Pick<BorrowLendChanged, 'accountId' | 'assetId' | 'change' | 'quantityAtoms'> & {
  readonly source: LoanSource;
};
type Begun = { readonly loan: Loan; readonly slot: number };

const ASSETS_PER_ACCOUNT = 65_536;
const keyOf = (accountId: number, assetId: number): number => accountId * ASSETS_PER_ACCOUNT + assetId;

function rowOf({ rateSum, postings, ...loan }: Loan): LoanRow {
  return { ...loan, averageRate: postings === 0 ? 0 : rateSum / postings };
}

function sideOf(change: BorrowLendChanged['change']): LoanSide {
  return change === 'lend' || change === 'redeem' ? 'lend' : 'borrow';
}

type Beginning = Pick<LoanRow, 'accountId' | 'assetId' | 'side' | 'source' | 'openedUs'>;

const NOTHING_YET = { quantityAtoms: 0 as Atoms, interestAtoms: 0 as Atoms, rateSum: 0, postings: 0, open: true };

export class Loans {
  private readonly rows: RowLog<Loan>;
  private readonly begun = new Map<number, Begun>();

  constructor(bounds: ListBounds) {
    this.rows = new RowLog(bounds, (loan) => {
      if (loan.open) this.begun.delete(keyOf(loan.accountId, loan.assetId));
    });
  }

  /** The loan that moves, or a new one. One that a repayment or redemption has turned round begins with the balance. */
  move({ accountId, assetId, change, quantityAtoms, source }: LoanMoved, openedUs: TimeUs): void {
    const known = this.begun.get(keyOf(accountId, assetId));
    const side = sideOf(change);
    const grows = change === 'lend' || change === 'borrow';
    const moved = grows ? quantityAtoms : -quantityAtoms;
    if (known?.loan.side === side) return this.grow(known, moved);
    if (known !== undefined) this.close(known);
    this.grow(this.begin({ accountId, assetId, side, source, openedUs }), moved);
  }

  /** Until the balance says what it has come to. */
  private grow(known: Begun, atoms: number): void {
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

  settle(balance: BalanceView, timeUs: TimeUs): void {
    const { accountId, assetId, lentAtoms, borrowedAtoms } = balance;
    const known = this.begun.get(keyOf(accountId, assetId));
    const quantityAtoms = (lentAtoms + borrowedAtoms) as Atoms;
    if (quantityAtoms === 0) {
      if (known !== undefined) this.close(known);
      return;
    }
    const side = lentAtoms > 0 ? 'lend' : 'borrow';
    const current = known ?? this.begin({ accountId, assetId, side, source: 'manual', openedUs: timeUs });
    if (current.loan.quantityAtoms !== quantityAtoms) this.replace(current, { ...current.loan, quantityAtoms });
  }

  private begin(beginning: Beginning): Begun {
    const loan: Loan = { ...NOTHING_YET, ...beginning };
    const begun = { loan, slot: this.rows.append(loan.accountId, loan) };
    this.begun.set(keyOf(loan.accountId, loan.assetId), begun);
    return begun;
  }

  private replace({ slot }: Begun, loan: Loan): void {
    this.rows.replace(slot, loan);
    this.begun.set(keyOf(loan.accountId, loan.assetId), { loan, slot });
  }

  private close({ loan, slot }: Begun): void {
    this.rows.replace(slot, { ...loan, quantityAtoms: 0 as Atoms, open: false });
    this.begun.delete(keyOf(loan.accountId, loan.assetId));
  }

  page(query: LoanQuery, passes: (row: LoanRow) => boolean): Page<LoanRow> {
    const { rows, total } = this.rows.page(query, (loan) => passes(rowOf(loan)));
    return { rows: rows.map(rowOf), total };
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer, (loan) => {
      const { accountId, assetId, quantityAtoms, interestAtoms, postings, openedUs } = loan;
      for (const value of [accountId, assetId, quantityAtoms, interestAtoms, postings, openedUs]) writer.integer(value);
      writer.real(loan.rateSum);
      writer.text(loan.side);
      writer.text(loan.source);
      writer.integer(loan.open ? 1 : 0);
    });
  }

  read(reader: ByteReader): void {
    this.rows.read(
      reader,
      () => readLoan(reader),
      (loan, slot) => {
        if (loan.open) this.begun.set(keyOf(loan.accountId, loan.assetId), { loan, slot });
      },
    );
  }
}

function readLoan(reader: ByteReader): Loan {
  return {
    accountId: reader.integer(),
    assetId: reader.integer(),
    quantityAtoms: reader.integer() as Atoms,
    interestAtoms: reader.integer() as Atoms,
    postings: reader.integer(),
    openedUs: reader.integer() as TimeUs,
    rateSum: reader.real(),
    side: reader.text() === 'lend' ? 'lend' : 'borrow',
    source: reader.text() as LoanSource,
    open: reader.integer() === 1,
  };
}
