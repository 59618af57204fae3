// What left positions, what became cash, and what liquidations took or gave: profit and loss, funding and fees of futures.
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import { AccountTable, type ReadColumn } from './account-table.js';
import type { Moment } from './committed.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { PositionRecorder } from './positions/position-recorder.js';
import type { Page, SettlementQuery, SettlementRow, SettlementSource } from './queries.js';
import { type SettlementPart, SettlementRecorder } from './settlement-recorder.js';

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

export class SettlementHistory extends SettlementRecorder {
  private readonly rows: AccountTable;

  constructor(
    bounds: ListBounds,
    private readonly positions: Pick<PositionRecorder, 'latestId'>,
  ) {
    super();
    this.rows = new AccountTable(bounds, WIDTH, WIDTH);
  }

  protected override append(accountId: number, row: SettlementPart, { seq, timeUs }: Moment): void {
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
