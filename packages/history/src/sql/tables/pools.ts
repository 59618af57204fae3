import type { PoolView } from '@glasshouse/protocol';
import { intervalStart } from '../../intervals.js';
import type { PoolQuery, PoolRow } from '../../queries.js';
import type { Database } from '../database.js';
import { hourlyPoints } from '../hourly-points.js';
import type { CurrentMoment } from '../moment.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

/** As it was at the end of the hour. */
type PoolRecord = PoolRow & { readonly assetId: number; readonly hourUs: number };

export const POOL_HOURS = table<PoolRecord>(
  'pool_hours',
  {
    assetId: 'integer',
    hourUs: 'bigint',
    timeUs: 'bigint',
    lentAtoms: 'bigint',
    borrowedAtoms: 'bigint',
    utilization: 'real',
    borrowRate: 'real',
    lendRate: 'real',
  },
  ['assetId', 'hourUs'],
  replaced<PoolRecord>('timeUs', 'lentAtoms', 'borrowedAtoms', 'utilization', 'borrowRate', 'lendRate'),
);

export class PoolRecords {
  readonly rows = new ChangedRows(POOL_HOURS);

  constructor(private readonly moment: CurrentMoment) {}

  record(pool: PoolView): void {
    const { timeUs } = this.moment.now;
    this.rows.put({ ...pool, timeUs, hourUs: intervalStart('1h', timeUs) });
  }
}

export function poolPoints(database: Database, query: PoolQuery): Promise<readonly PoolRow[]> {
  return hourlyPoints<PoolRecord, PoolRow>(database, POOL_HOURS, 'assetId', query.assetId, query);
}
