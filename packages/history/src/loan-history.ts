// Lends and debts: every movement, every posting of interest, and each loan from its beginning to its end.
import type { BalanceView, InterestPosted, LoanAssigned, LoanDeleveraged } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import { AccountTable, type ReadColumn } from './account-table.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { type LoanMoved, Loans } from './loans.js';
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
const CHANGES: readonly LoanMovementRow['change'][] = ['lend', 'redeem', 'borrow', 'repay'];
const LOAN_SOURCES = Object.keys({
  manual: true,
  autoLend: true,
  autoRepay: true,
  order: true,
  settlement: true,
  withdrawal: true,
  transfer: true,
  liquidation: true,
  lenderDeleveraged: true,
  borrowerDeleveraged: true,
  takenOver: true,
  rfq: true,
  dustConversion: true,
} satisfies Record<LoanSource, true>) as readonly LoanSource[];
const INTEREST_SOURCES: readonly InterestRow['source'][] = ['lend', 'borrow', 'unsettledPnl'];

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

type Shift = {
  readonly accountId: number;
  readonly assetId: number;
  /** Positive is lent or repaid. */
  readonly atoms: number;
  readonly source: LoanSource;
};

/** Undefined asks for everything. */
const fits = <Value>(asked: Value | undefined, found: Value): boolean => asked === undefined || asked === found;
const isAmong = <Value>(asked: readonly Value[] | undefined, found: Value): boolean =>
  asked === undefined || asked.includes(found);

export class LoanHistory {
  private readonly movements: AccountTable;
  private readonly interest: AccountTable;
  private readonly loans: Loans;

  constructor(bounds: ListBounds) {
    this.movements = new AccountTable(bounds, MOVEMENT_WIDTH, MOVEMENT_WIDTH);
    this.interest = new AccountTable(bounds, INTEREST_WIDTH, FIRST_REAL_OF_INTEREST);
    this.loans = new Loans(bounds);
  }

  recordMovement(moved: LoanMoved, timeUs: TimeUs): void {
    const { accountId, assetId, change, quantityAtoms, source } = moved;
    const values = [assetId, CHANGES.indexOf(change), quantityAtoms, LOAN_SOURCES.indexOf(source), timeUs];
    this.movements.append(accountId, values);
    this.loans.move(moved, timeUs);
  }

  /** The lender gets the settlement asset for what it lent, which the borrower owes instead of the asset. */
  recordDeleveraged(event: LoanDeleveraged, timeUs: TimeUs): void {
    const { accountId, counterpartyAccountId, assetId, quantityAtoms, settlementAssetId, settlementAtoms } = event;
    const lender = { accountId, source: 'lenderDeleveraged' } as const;
    const borrower = { accountId: counterpartyAccountId, source: 'borrowerDeleveraged' } as const;
    this.recordMovement({ ...lender, assetId, change: 'redeem', quantityAtoms }, timeUs);
    this.recordMovement({ ...borrower, assetId, change: 'repay', quantityAtoms }, timeUs);
    this.shift({ ...lender, assetId: settlementAssetId, atoms: settlementAtoms }, timeUs);
    this.shift({ ...borrower, assetId: settlementAssetId, atoms: -settlementAtoms }, timeUs);
  }

  /** Of the loan, and of collateral that was lent and still is, by the provider. */
  recordAssigned(event: LoanAssigned, timeUs: TimeUs): void {
    const { accountId, providerAccountId, assetId, quantityAtoms, collateralAssetId, collateralAtoms } = event;
    const source = 'takenOver';
    this.shift({ accountId, source, assetId, atoms: quantityAtoms }, timeUs);
    this.shift({ accountId: providerAccountId, source, assetId, atoms: -quantityAtoms }, timeUs);
    if (event.collateralFrom !== 'lent') return;
    this.shift({ accountId, source, assetId: collateralAssetId, atoms: -collateralAtoms }, timeUs);
    this.shift({ accountId: providerAccountId, source, assetId: collateralAssetId, atoms: collateralAtoms }, timeUs);
  }

  /** What crosses zero is two movements: an asset is not lent and borrowed at once. */
  private shift({ accountId, assetId, atoms, source }: Shift, timeUs: TimeUs): void {
    const open = this.loans.openAtoms(accountId, assetId);
    const against = open * atoms < 0 ? Math.min(Math.abs(atoms), Math.abs(open)) : 0;
    const move = (change: LoanMovementRow['change'], quantity: number) => {
      if (quantity === 0) return;
      this.recordMovement({ accountId, assetId, change, quantityAtoms: quantity as Atoms, source }, timeUs);
    };
    move(atoms > 0 ? 'repay' : 'redeem', against);
    move(atoms > 0 ? 'lend' : 'borrow', Math.abs(atoms) - against);
  }

  recordInterest(event: InterestPosted, timeUs: TimeUs): void {
    const { accountId, assetId, interestAtoms, principalAtoms, source, rate } = event;
    const values = [assetId, interestAtoms, principalAtoms, INTEREST_SOURCES.indexOf(source), timeUs, rate];
    this.interest.append(accountId, values);
    if (source !== 'unsettledPnl') this.loans.accrue(event);
  }

  recordBalance(balance: BalanceView, timeUs: TimeUs): void {
    this.loans.settle(balance, timeUs);
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
