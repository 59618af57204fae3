// Rows of numbers in column arrays, oldest first; beyond the bound the oldest rows go. Grows as it fills.
import type { ByteReader, ByteWriter } from './encoding.js';

const INITIAL_ROWS = 64;

export class BoundedColumns {
  /** Rows are [first, end) of every column. */
  first = 0;
  end = 0;
  /** Rows that the bound has pushed out. */
  dropped = 0;
  private columns: Float64Array[];

  constructor(
    private readonly width: number,
    private readonly bound: number,
    /** Columns from this one on hold reals, the others integers. */
    private readonly firstReal = width,
  ) {
    this.columns = Array.from({ length: width }, () => new Float64Array(INITIAL_ROWS));
  }

  get length(): number {
    return this.end - this.first;
  }

  column(index: number): Float64Array {
    return this.columns[index] as Float64Array;
  }

  value(index: number, row: number): number {
    return this.column(index)[row] as number;
  }

  /** Makes room for one row at the end and returns its place; places of other rows may move. */
  push(): number {
    if (this.length === this.bound) {
      this.first += 1;
      this.dropped += 1;
    }
    if (this.end === this.column(0).length) this.makeRoom();
    this.end += 1;
    return this.end - 1;
  }

  private makeRoom(): void {
    const { first, end } = this;
    const grown = Math.max(INITIAL_ROWS, 2 * this.length);
    this.columns = this.columns.map((column) => {
      const next = grown > column.length ? new Float64Array(grown) : column;
      next.set(column.subarray(first, end), 0);
      return next;
    });
    this.first = 0;
    this.end = end - first;
  }

  /** First row whose value in `column`, which ascends, is at least `value`; `end` when there is none. */
  lowerBound(column: number, value: number): number {
    const values = this.column(column);
    let low = this.first;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  write(writer: ByteWriter): void {
    writer.integer(this.dropped);
    writer.integer(this.length);
    for (let index = 0; index < this.width; index += 1) {
      const column = this.column(index);
      for (let row = this.first; row < this.end; row += 1) this.writeValue(writer, index, column[row] as number);
    }
  }

  read(reader: ByteReader): void {
    this.dropped = reader.integer();
    const length = reader.count();
    const room = Math.max(INITIAL_ROWS, length);
    this.columns = Array.from({ length: this.width }, (_, index) => {
      const column = new Float64Array(room);
      for (let row = 0; row < length; row += 1) column[row] = this.readValue(reader, index);
      return column;
    });
    this.first = 0;
    this.end = length;
    while (this.length > this.bound) {
      this.first += 1;
      this.dropped += 1;
    }
  }
  private writeValue(writer: ByteWriter, column: number, value: number): void {
    if (column < this.firstReal) writer.integer(value);
    else writer.real(value);
  }

  private readValue(reader: ByteReader, column: number): number {
    return column < this.firstReal ? reader.integer() : reader.real();
  }
}
