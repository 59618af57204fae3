// Lends and debts: every movement, every posting of interest, and each loan from its beginning to its end.
import type { InterestPosted } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import { AccountTable, type ReadColumn } from './account-table.js';
import type { Moment } from './committed.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { LoanMoved } from './loan-book.js';
import { LoanRecorder } from './loan-recorder.js';
import { Loans } from './loans.js';
import type {
  InterestQuery,
  InterestRow,
  LoanMovementQuery,
  LoanMovementRow,
  LoanQuery,
  LoanRow,
  LoanSource,
  Page,
} from './queries.js';

/** Places are saved: never reorder. */
export const CHANGES: readonly LoanMovementRow['change'][] = ['lend', 'redeem', 'borrow', 'repay'];
const SOURCE_PLACES: Readonly<Record<LoanSource, number>> = {
  manual: 0,
  autoLend: 1,
  autoRepay: 2,
  order: 3,
  settlement: 4,
  withdrawal: 5,
  transfer: 6,
  liquidation: 7,
  lenderDeleveraged: 8,
  borrowerDeleveraged: 9,
  takenOver: 10,
  rfq: 11,
  dustConversion: 12,
};
export const LOAN_SOURCES = Object.keys(SOURCE_PLACES) as readonly LoanSource[];
export const INTEREST_SOURCES: readonly InterestRow['source'][] = ['lend', 'borrow', 'unsettledPnl'];

const ASSET_ID = 0;
const MOVEMENT_WIDTH = 5;
const INTEREST_WIDTH = 6;
const FIRST_REAL_OF_INTEREST = 5;

function movementOf(value: ReadColumn): LoanMovementRow {
  return {
    assetId: value(ASSET_ID),
    change: CHANGES[value(1)] as LoanMovementRow['change'],
    quantityAtoms: value(2) as Atoms,
    source: LOAN_SOURCES[value(3)] as LoanSource,
    timeUs: value(4) as TimeUs,
  };
}

function interestOf(value: ReadColumn): InterestRow {
  return {
    assetId: value(ASSET_ID),
    interestAtoms: value(1) as Atoms,
    principalAtoms: value(2) as Atoms,
    source: INTEREST_SOURCES[value(3)] as InterestRow['source'],
    timeUs: value(4) as TimeUs,
    rate: value(5),
  };
}

/** Undefined asks for everything. */
const fits = <Value>(asked: Value | undefined, found: Value): boolean => asked === undefined || asked === found;
const isAmong = <Value>(asked: readonly Value[] | undefined, found: Value): boolean =>
  asked === undefined || asked.includes(found);

export class LoanHistory extends LoanRecorder {
  private readonly movements: AccountTable;
  private readonly interest: AccountTable;
  protected override readonly loans: Loans;

  constructor(bounds: ListBounds) {
    super();
    this.movements = new AccountTable(bounds, MOVEMENT_WIDTH, MOVEMENT_WIDTH);
    this.interest = new AccountTable(bounds, INTEREST_WIDTH, FIRST_REAL_OF_INTEREST);
    this.loans = new Loans(bounds);
  }

  protected override appendMovement(moved: LoanMoved, { timeUs }: Moment): void {
    const { accountId, assetId, change, quantityAtoms, source } = moved;
    const values = [assetId, CHANGES.indexOf(change), quantityAtoms, SOURCE_PLACES[source], timeUs];
    this.movements.append(accountId, values);
  }

  protected override appendInterest(event: InterestPosted, { timeUs }: Moment): void {
    const { accountId, assetId, interestAtoms, principalAtoms, source, rate } = event;
    const values = [assetId, interestAtoms, principalAtoms, INTEREST_SOURCES.indexOf(source), timeUs, rate];
    this.interest.append(accountId, values);
  }

  movementPage(query: LoanMovementQuery): Page<LoanMovementRow> {
    const passes = (value: ReadColumn) => {
      const row = movementOf(value);
      return fits(query.assetId, row.assetId) && fits(query.change, row.change) && isAmong(query.sources, row.source);
    };
    return this.movements.page(query, passes, movementOf);
  }

  interestPage(query: InterestQuery): Page<InterestRow> {
    const passes = (value: ReadColumn) => {
      const row = interestOf(value);
      return fits(query.assetId, row.assetId) && isAmong(query.sources, row.source);
    };
    return this.interest.page(query, passes, interestOf);
  }

  loanPage(query: LoanQuery): Page<LoanRow> {
    return this.loans.page(
      query,
      (row) => fits(query.assetId, row.assetId) && fits(query.side, row.side) && fits(query.open, row.open),
    );
  }

  write(writer: ByteWriter): void {
    this.movements.write(writer);
    this.interest.write(writer);
    this.loans.write(writer);
  }

  read(reader: ByteReader): void {
    this.movements.read(reader);
    this.interest.read(reader);
    this.loans.read(reader);
  }
}
