import type { PoolView } from '@glasshouse/protocol';
import { intervalStart } from '../../intervals.js';
import type { PoolQuery, PoolRow } from '../../queries.js';
import type { Database } from '../database.js';
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

/** The last hour of each step. An hour's row is of a time within it. */
export function poolPoints(database: Database, { assetId, fromUs, stepUs }: PoolQuery): Promise<readonly PoolRow[]> {
  return database.query<PoolRow>({
    text: `SELECT DISTINCT ON (time_us / $3::bigint) time_us AS "timeUs", lent_atoms AS "lentAtoms", borrowed_atoms AS "borrowedAtoms",
        utilization, borrow_rate AS "borrowRate", lend_rate AS "lendRate"
      FROM pool_hours WHERE asset_id = $1::integer AND time_us >= $2::bigint AND hour_us >= $2::bigint - 3600000000
      ORDER BY time_us / $3::bigint, time_us DESC`,
    values: [assetId, fromUs, stepUs],
  });
}
