// Rows of numbers hour by hour, by what they are of: the last of each hour in which something was told. The first column is the time.
import { BoundedColumns } from './bounded-columns.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { intervalStart } from './intervals.js';

const TIME = 0;

export type ReadPoint = (column: number) => number;

export class HourlyPoints {
  private readonly rows = new Map<number, BoundedColumns>();

  constructor(
    private readonly width: number,
    private readonly hours: number,
    /** Columns from this one on hold reals, the others integers. */
    private readonly firstReal: number,
  ) {}

  record(id: number, values: readonly number[]): void {
    const rows = this.rowsOf(id);
    const row = this.rowOfHour(rows, values[TIME] as number);
    values.forEach((value, column) => {
      rows.column(column)[row] = value;
    });
  }

  private rowOfHour(rows: BoundedColumns, timeUs: number): number {
    const last = rows.end - 1;
    const sameHour = rows.length > 0 && intervalStart('1h', rows.value(TIME, last)) === intervalStart('1h', timeUs);
    return sameHour ? last : rows.push();
  }

  private rowsOf(id: number): BoundedColumns {
    const known = this.rows.get(id);
    if (known !== undefined) return known;
    const rows = new BoundedColumns(this.width, this.hours, this.firstReal);
    this.rows.set(id, rows);
    return rows;
  }

  /** The last row of each step of the given length, from `fromUs` on, oldest first. */
  points<Row>(
    id: number,
    range: { readonly fromUs: number; readonly stepUs: number },
    rowOf: (value: ReadPoint) => Row,
  ) {
    const rows = this.rows.get(id);
    if (rows === undefined) return [];
    const points = new Map<number, Row>();
    for (let row = rows.lowerBound(TIME, range.fromUs); row < rows.end; row += 1) {
      const step = Math.floor(rows.value(TIME, row) / range.stepUs);
      points.set(
        step,
        rowOf((column) => rows.value(column, row)),
      );
    }
    return [...points.values()];
  }

  write(writer: ByteWriter): void {
    const all = [...this.rows].sort(([a], [b]) => a - b);
    writer.integer(all.length);
    for (const [id, rows] of all) {
      writer.integer(id);
      rows.write(writer);
    }
  }

  read(reader: ByteReader): void {
    for (let left = reader.count(); left > 0; left -= 1) this.rowsOf(reader.integer()).read(reader);
  }
}
