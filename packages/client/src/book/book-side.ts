// One side of a local book: levels in order of price, found by binary search.

/** [price, quantity] without trailing zeros: frames pad to the tick, snapshots do not. */
export type Level = readonly [price: string, quantity: string];

type Row = readonly string[];

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

type Entry = { readonly price: number; readonly level: Level };

export class BookSide {
  private entries: Entry[] = [];

  constructor(private readonly order: 'ascending' | 'descending') {}

  levels(): readonly Level[] {
    return this.entries.map((entry) => entry.level);
  }

  best(): Level | undefined {
    return this.entries[0]?.level;
  }

  reset(rows: readonly Row[]): void {
    this.entries = [];
    for (const row of rows) this.set(row);
  }

  /** The level's new total; zero removes it. */
  set(row: Row): void {
    const [price = '', quantity = ''] = row;
    const entry: Entry = { price: Number(price), level: [trimmed(price), trimmed(quantity)] };
    const index = this.indexOf(entry.price);
    const present = this.entries[index]?.price === entry.price ? 1 : 0;
    if (Number(quantity) === 0) this.entries.splice(index, present);
    else this.entries.splice(index, present, entry);
  }

  /** Position of the price, or where it would be inserted. */
  private indexOf(price: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.entries[middle]?.price ?? 0;
      const before = this.order === 'ascending' ? other < price : other > price;
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
