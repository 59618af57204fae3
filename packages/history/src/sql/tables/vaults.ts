import type { VaultNavSampled } from '@glasshouse/protocol';
import { intervalStart } from '../../intervals.js';
import type { VaultQuery, VaultRow } from '../../queries.js';
import type { Database } from '../database.js';
import { hourlyPoints } from '../hourly-points.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

/** As it was at the end of the hour. */
type VaultRecord = VaultRow & { readonly vaultId: number; readonly hourUs: number };

export const VAULT_HOURS = table<VaultRecord>(
  'vault_hours',
  {
    vaultId: 'bigint',
    hourUs: 'bigint',
    timeUs: 'bigint',
    supplyAtoms: 'bigint',
    nav: 'real',
    vaultEquity: 'real',
  },
  ['vaultId', 'hourUs'],
  replaced<VaultRecord>('timeUs', 'supplyAtoms', 'nav', 'vaultEquity'),
);

export class VaultRecords {
  readonly rows = new ChangedRows(VAULT_HOURS);

  record(sample: VaultNavSampled): void {
    this.rows.put({ ...sample, hourUs: intervalStart('1h', sample.timeUs) });
  }
}

export function vaultPoints(database: Database, query: VaultQuery): Promise<readonly VaultRow[]> {
  return hourlyPoints<VaultRecord, VaultRow>(database, VAULT_HOURS, 'vaultId', query.vaultId, query);
}
