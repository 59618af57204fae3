import { FillRecorder } from '../../fill-recorder.js';
import type { FillQuery, FillRow, Page } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { during, readPage, where } from '../page-query.js';
import { AddedRows, Places } from '../row-batch.js';
import { type Placed, table } from '../table.js';

type FillRecord = Placed & FillRow & { readonly accountId: number };

export const FILLS = table<FillRecord>(
  'fills',
  {
    accountId: 'bigint',
    timeUs: 'bigint',
    seq: 'bigint',
    place: 'integer',
    tradeId: 'bigint',
    marketId: 'integer',
    orderId: 'bigint',
    clientId: 'bigint',
    side: 'smallint',
    priceTicks: 'bigint',
    sizeLots: 'bigint',
    quoteAtoms: 'bigint',
    isMaker: 'boolean',
    origin: 'text',
    feeAssetId: 'integer',
    feeAtoms: 'bigint',
    strategyId: 'bigint',
  },
  ['accountId', 'timeUs', 'seq', 'place'],
);

export class FillRecords extends FillRecorder {
  readonly rows = new AddedRows(FILLS);
  private readonly places = new Places();

  constructor(private readonly moment: CurrentMoment) {
    super();
  }

  protected override add(accountId: number, row: FillRow): void {
    this.rows.add({ ...row, accountId, ...this.places.next(this.moment.now.seq) });
  }
}

export function fillPage(database: Database, query: FillQuery): Promise<Page<FillRow>> {
  const { accountId, marketId, marketIds, orderId, origins } = query;
  return readPage<FillRecord, FillRow>(
    database,
    {
      table: FILLS,
      order: ['timeUs', 'seq', 'place'],
      conditions: [
        ...where(FILLS, 'accountId', '=', accountId),
        ...where(FILLS, 'marketId', '=', marketId),
        ...where(FILLS, 'marketId', 'oneOf', marketIds),
        ...where(FILLS, 'orderId', '=', orderId),
        ...where(FILLS, 'strategyId', '=', query.strategyId),
        ...where(FILLS, 'origin', 'oneOf', origins),
        // Nearly all fills are of users: the others have an index of their own.
        ...where(FILLS, 'origin', 'isNot', origins?.includes('user') === false ? 'user' : undefined),
        ...during(FILLS, 'timeUs', query),
      ],
      select: [
        'tradeId',
        'marketId',
        'orderId',
        'clientId',
        'side',
        'priceTicks',
        'sizeLots',
        'quoteAtoms',
        'isMaker',
        'origin',
        'feeAssetId',
        'feeAtoms',
        'timeUs',
        'strategyId',
      ],
    },
    query,
  );
}
