// Lending pools hour by hour: the last state of each hour in which something changed.
import type { PoolView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import { BoundedColumns } from './bounded-columns.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { intervalStart } from './intervals.js';
import type { PoolQuery, PoolRow } from './queries.js';

const TIME = 0;
const WIDTH = 6;
const FIRST_REAL = 3;

export class PoolHistory {
  private readonly pools = new Map<number, BoundedColumns>();

  constructor(private readonly hoursPerAsset: number) {}

  record(pool: PoolView, timeUs: TimeUs): void {
    const rows = this.rowsOf(pool.assetId);
    const row = this.rowOfHour(rows, timeUs);
    const { lentAtoms, borrowedAtoms, utilization, borrowRate, lendRate } = pool;
    [timeUs, lentAtoms, borrowedAtoms, utilization, borrowRate, lendRate].forEach((value, column) => {
      rows.column(column)[row] = value;
    });
  }

  private rowOfHour(rows: BoundedColumns, timeUs: TimeUs): number {
    const last = rows.end - 1;
    const sameHour = rows.length > 0 && intervalStart('1h', rows.value(TIME, last)) === intervalStart('1h', timeUs);
    return sameHour ? last : rows.push();
  }

  private rowsOf(assetId: number): BoundedColumns {
    const known = this.pools.get(assetId);
    if (known !== undefined) return known;
    const rows = new BoundedColumns(WIDTH, this.hoursPerAsset, FIRST_REAL);
    this.pools.set(assetId, rows);
    return rows;
  }

  points({ assetId, fromUs, stepUs }: PoolQuery): PoolRow[] {
    const rows = this.pools.get(assetId);
    if (rows === undefined) return [];
    const points = new Map<number, PoolRow>();
    for (let row = rows.lowerBound(TIME, fromUs); row < rows.end; row += 1) {
      points.set(Math.floor(rows.value(TIME, row) / stepUs), this.row(rows, row));
    }
    return [...points.values()];
  }

  private row(rows: BoundedColumns, row: number): PoolRow {
    return {
      timeUs: rows.value(TIME, row) as TimeUs,
      lentAtoms: rows.value(1, row) as Atoms,
      borrowedAtoms: rows.value(2, row) as Atoms,
      utilization: rows.value(3, row),
      borrowRate: rows.value(4, row),
      lendRate: rows.value(5, row),
    };
  }

  write(writer: ByteWriter): void {
    const pools = [...this.pools].sort(([a], [b]) => a - b);
    writer.integer(pools.length);
    for (const [assetId, rows] of pools) {
      writer.integer(assetId);
      rows.write(writer);
    }
  }

  read(reader: ByteReader): void {
    for (let left = reader.count(); left > 0; left -= 1) this.rowsOf(reader.integer()).read(reader);
  }
}
