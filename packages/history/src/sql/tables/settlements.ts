import type { Moment } from '../../committed.js';
import type { PositionRecorder } from '../../positions/position-recorder.js';
import type { Page, SettlementQuery, SettlementRow } from '../../queries.js';
import { type SettlementPart, SettlementRecorder } from '../../settlement-recorder.js';
import type { Database } from '../database.js';
import { readPage, where } from '../page-query.js';
import { AddedRows, Places } from '../row-batch.js';
import { type Placed, table } from '../table.js';

type SettlementRecord = Placed & SettlementRow & { readonly accountId: number };

export const SETTLEMENTS = table<SettlementRecord>(
  'settlements',
  {
    accountId: 'bigint',
    seq: 'bigint',
    place: 'integer',
    timeUs: 'bigint',
    assetId: 'integer',
    marketId: 'integer',
    source: 'text',
    quantityAtoms: 'bigint',
    positionId: 'bigint',
  },
  ['accountId', 'seq', 'place'],
);

export class SettlementRecords extends SettlementRecorder {
  readonly rows = new AddedRows(SETTLEMENTS);
  private readonly places = new Places();

  constructor(private readonly positions: Pick<PositionRecorder, 'latestId'>) {
    super();
  }

  protected override append(accountId: number, part: SettlementPart, { seq, timeUs }: Moment): void {
    const positionId = this.positions.latestId(accountId, part.marketId);
    this.rows.add({ ...part, accountId, timeUs, positionId, ...this.places.next(seq) });
  }
}

export function settlementPage(database: Database, query: SettlementQuery): Promise<Page<SettlementRow>> {
  return readPage<SettlementRecord, SettlementRow>(
    database,
    {
      table: SETTLEMENTS,
      order: ['seq', 'place'],
      conditions: [
        ...where(SETTLEMENTS, 'accountId', '=', query.accountId),
        ...where(SETTLEMENTS, 'source', 'oneOf', query.sources),
      ],
      select: ['assetId', 'marketId', 'source', 'quantityAtoms', 'seq', 'timeUs', 'positionId'],
    },
    query,
  );
}
