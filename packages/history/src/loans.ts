// Loans in memory, within bounds.
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { type Loan, LoanBook, loanRowOf } from './loan-book.js';
import type { LoanQuery, LoanRow, LoanSource, Page } from './queries.js';
import { RowLog } from './row-log.js';

export class Loans extends LoanBook<number> {
  private readonly rows: RowLog<Loan>;

  constructor(bounds: ListBounds) {
    super();
    this.rows = new RowLog(bounds, (loan) => {
      if (loan.open) this.forget(loan);
    });
  }

  protected override append(loan: Loan): number {
    return this.rows.append(loan.accountId, loan);
  }

  protected override rewrite(slot: number, loan: Loan): void {
    this.rows.replace(slot, loan);
  }

  page(query: LoanQuery, passes: (row: LoanRow) => boolean): Page<LoanRow> {
    const { rows, total } = this.rows.page(query, (loan) => passes(loanRowOf(loan)));
    return { rows: rows.map(loanRowOf), total };
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
        if (loan.open) this.know({ loan, place: slot });
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
