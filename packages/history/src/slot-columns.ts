// Number columns addressed by slot, as AccountLists hands slots out.

const INITIAL_SLOTS = 64;

export class SlotColumns {
  private columns: Float64Array[];

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => new Float64Array(INITIAL_SLOTS));
  }

  get(column: number, slot: number): number {
    return (this.columns[column] as Float64Array)[slot] as number;
  }

  set(slot: number, values: readonly number[]): void {
    if (slot >= (this.columns[0] as Float64Array).length) this.grow(slot);
    for (let column = 0; column < values.length; column += 1) {
      (this.columns[column] as Float64Array)[slot] = values[column] as number;
    }
  }

  /** Changes one value of a slot that has been set. */
  put(column: number, slot: number, value: number): void {
    (this.columns[column] as Float64Array)[slot] = value;
  }

  private grow(slot: number): void {
    this.columns = this.columns.map((column) => {
      const next = new Float64Array(Math.max(column.length * 2, slot + 1));
      next.set(column);
      return next;
    });
  }
}
