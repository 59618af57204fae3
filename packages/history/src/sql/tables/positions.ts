// Positions from their opening to their closing, and the marks that they close at.
import type { GrowingPosition } from '../../positions/growing-position.js';
import { PositionRecorder } from '../../positions/position-recorder.js';
import type { PositionRow } from '../../positions/rows.js';
import type { Page, PositionQuery } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { ChangedRows, type Pending } from '../row-batch.js';
import { replaced, selection, table } from '../table.js';

type PositionRecord = GrowingPosition & { readonly seq: number };

export const POSITIONS = table<PositionRecord>(
  'positions',
  {
    positionId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    marketId: 'integer',
    isLong: 'boolean',
    sizeLots: 'bigint',
    entryCostAtoms: 'bigint',
    realizedPnlAtoms: 'bigint',
    fundingAtoms: 'bigint',
    feeAtoms: 'bigint',
    liquidationFeeAtoms: 'bigint',
    openedLots: 'bigint',
    openedQuoteAtoms: 'bigint',
    closedLots: 'bigint',
    closedQuoteAtoms: 'bigint',
    liquidatedLots: 'bigint',
    closingMark: 'real',
    openedUs: 'bigint',
    closedUs: 'bigint',
  },
  ['positionId'],
  {
    ...replaced<PositionRecord>('sizeLots', 'entryCostAtoms', 'realizedPnlAtoms', 'fundingAtoms', 'feeAtoms'),
    ...replaced<PositionRecord>('liquidationFeeAtoms', 'openedLots', 'openedQuoteAtoms', 'closedLots'),
    ...replaced<PositionRecord>('closedQuoteAtoms', 'liquidatedLots', 'closingMark', 'closedUs'),
  },
);

type MarkRecord = { readonly marketId: number; readonly markPrice: number };

export const MARKS = table<MarkRecord>(
  'marks',
  { marketId: 'integer', markPrice: 'real' },
  ['marketId'],
  replaced<MarkRecord>('markPrice'),
);

export class PositionRecords extends PositionRecorder {
  readonly rows = new ChangedRows(POSITIONS, ({ seq }, later) => ({ ...later, seq }));
  private readonly markRows = new ChangedRows(MARKS);

  constructor(private readonly moment: CurrentMoment) {
    super();
  }

  protected override append(row: GrowingPosition): void {
    this.changed(row);
  }

  protected override changed(row: GrowingPosition): void {
    this.rows.put({ ...row, seq: this.moment.now.seq });
  }

  override recordMark(price: Parameters<PositionRecorder['recordMark']>[0]): void {
    super.recordMark(price);
    this.markRows.put({ marketId: price.marketId, markPrice: price.markPrice });
  }

  get pending(): readonly Pending[] {
    return [this.rows, this.markRows];
  }

  /** The newest of each account and market, and the marks, where the database stands. */
  async load(database: Database): Promise<void> {
    const newest = await database.query<PositionRecord>({
      text: `SELECT DISTINCT ON (account_id, market_id) ${selection(POSITIONS)} FROM positions
        ORDER BY account_id, market_id, position_id DESC`,
      values: [],
    });
    for (const { seq: _seq, ...row } of newest) this.know(row);
    const marks = await database.query<MarkRecord>({ text: `SELECT ${selection(MARKS)} FROM marks`, values: [] });
    for (const { marketId, markPrice } of marks) this.marks.set(marketId, markPrice);
  }
}

const SELECT = POSITIONS.columns.map(({ property }) => property).filter((property) => property !== 'seq');

export function positionPage(database: Database, query: PositionQuery): Promise<Page<PositionRow>> {
  const { open } = query;
  return readPage<PositionRecord, PositionRow>(
    database,
    {
      table: POSITIONS,
      order: ['positionId'],
      conditions: [
        ...where(POSITIONS, 'accountId', '=', query.accountId),
        ...where(POSITIONS, 'marketId', '=', query.marketId),
        ...where(POSITIONS, 'marketId', 'oneOf', query.marketIds),
        ...where(POSITIONS, 'closedUs', '=', open === true ? 0 : undefined),
        ...where(POSITIONS, 'closedUs', '>=', open === false ? 1 : undefined),
      ],
      select: SELECT,
    },
    query,
  );
}
