import type { DustConverted } from '@glasshouse/protocol';
import type { DustQuery, DustRow, Page } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { AddedRows } from '../row-batch.js';
import { table } from '../table.js';

type DustRecord = DustRow & { readonly accountId: number; readonly seq: number };

export const DUST_CONVERSIONS = table<DustRecord>(
  'dust_conversions',
  {
    dustId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    assetId: 'integer',
    quantityAtoms: 'bigint',
    quoteAssetId: 'integer',
    receivedAtoms: 'bigint',
    timeUs: 'bigint',
  },
  ['dustId'],
);

export class DustRecords {
  readonly rows = new AddedRows(DUST_CONVERSIONS);

  constructor(private readonly moment: CurrentMoment) {}

  record(event: DustConverted): void {
    this.rows.add({ ...event, ...this.moment.now });
  }
}

export function dustPage(database: Database, query: DustQuery): Promise<Page<DustRow>> {
  return readPage<DustRecord, DustRow>(
    database,
    {
      table: DUST_CONVERSIONS,
      order: ['dustId'],
      conditions: [
        ...where(DUST_CONVERSIONS, 'accountId', '=', query.accountId),
        ...where(DUST_CONVERSIONS, 'dustId', '=', query.dustId),
        ...where(DUST_CONVERSIONS, 'assetId', '=', query.assetId),
      ],
      select: ['dustId', 'assetId', 'quantityAtoms', 'quoteAssetId', 'receivedAtoms', 'timeUs'],
    },
    query,
  );
}
