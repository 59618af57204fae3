// What left positions, what became cash, and what liquidations took or gave: profit and loss, funding and fees of futures.
import type { CashSettled, FillView, FundingPaid, OrderOrigin, OrderView, PnlSettled } from '@glasshouse/protocol';
import type { Atoms, Seq, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import { AccountTable, type ReadColumn } from './account-table.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { Page, SettlementQuery, SettlementRow, SettlementSource } from './queries.js';

/** Places are saved: never reorder. */
const SOURCES: readonly SettlementSource[] = [
  'pnl',
  'funding',
  'fee',
  'poolUtilization',
  'accountLimit',
  'systemLimit',
  'positionReduced',
  'systemFee',
  'backstopFund',
  'backstopProvider',
  'deleverage',
  'liability',
];

const SOURCE = 2;
const WIDTH = 7;

type Row = Omit<SettlementRow, 'seq' | 'timeUs' | 'positionId'>;

export type Moment = { readonly seq: Seq; readonly timeUs: TimeUs };

function sourceOf(value: ReadColumn): SettlementSource {
  return SOURCES[value(SOURCE)] as SettlementSource;
}

function rowOf(value: ReadColumn): SettlementRow {
  return {
    assetId: value(0),
    marketId: value(1),
    source: sourceOf(value),
    quantityAtoms: value(3) as Atoms,
    seq: value(4),
    timeUs: value(5) as TimeUs,
    positionId: value(6),
  };
}

export class SettlementHistory {
  private readonly rows: AccountTable;

  constructor(
    bounds: ListBounds,
    private readonly positions: { latestId(accountId: number, marketId: number): number },
  ) {
    this.rows = new AccountTable(bounds, WIDTH, WIDTH);
  }

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
    row: Omit<Row, 'quantityAtoms'> & { readonly quantityAtoms: number },
    moment: Moment,
  ): void {
    if (row.quantityAtoms === 0) return;
    this.append(accountId, { ...row, quantityAtoms: row.quantityAtoms as Atoms }, moment);
  }

  /** Cash of an account that realises at once is its PnL, its funding and its fees, which are rows already. */
  recordCash({ accountId, assetId, cashAtoms, reason }: CashSettled, moment: Moment): void {
    if (reason === 'autoRealizePnl') return;
    this.append(accountId, { assetId, marketId: 0, source: reason, quantityAtoms: cashAtoms }, moment);
  }

  private append(accountId: number, row: Row, { seq, timeUs }: Moment): void {
    const source = SOURCES.indexOf(row.source);
    const positionId = this.positions.latestId(accountId, row.marketId);
    this.rows.append(accountId, [row.assetId, row.marketId, source, row.quantityAtoms, seq, timeUs, positionId]);
  }

  page(query: SettlementQuery): Page<SettlementRow> {
    const { sources } = query;
    return this.rows.page(query, (value) => sources === undefined || sources.includes(sourceOf(value)), rowOf);
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer);
  }

  read(reader: ByteReader): void {
    this.rows.read(reader);
  }
}
