// Rows of numbers per account, oldest to newest, within bounds.
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { pageOf } from './page.js';
import type { Page, Paging } from './queries.js';
import { SlotColumns } from './slot-columns.js';

export type ReadColumn = (column: number) => number;

export class AccountTable {
  private readonly lists: AccountLists;
  private readonly columns: SlotColumns;

  constructor(
    bounds: ListBounds,
    private readonly width: number,
    /** Columns from this one on hold reals, the others integers. */
    private readonly firstReal: number,
  ) {
    this.lists = new AccountLists(bounds);
    this.columns = new SlotColumns(width);
  }

  append(accountId: number, values: readonly number[]): void {
    this.columns.set(this.lists.append(accountId), values);
  }

  page<Row>(
    query: { readonly accountId: number } & Paging,
    passes: (value: ReadColumn) => boolean,
    rowOf: (value: ReadColumn) => Row,
  ): Page<Row> {
    const { columns, lists } = this;
    const slots = query.sort === 'ascending' ? lists.oldestFirst(query.accountId) : lists.newestFirst(query.accountId);
    const at = (slot: number) => (column: number) => columns.get(column, slot);
    return pageOf(
      slots,
      query,
      (slot) => passes(at(slot)),
      (slot) => rowOf(at(slot)),
    );
  }

  write(writer: ByteWriter): void {
    writer.integer(this.lists.size);
    for (const slot of this.lists.all()) {
      writer.integer(this.lists.ownerOf(slot));
      for (let column = 0; column < this.width; column += 1) {
        const value = this.columns.get(column, slot);
        if (column < this.firstReal) writer.integer(value);
        else writer.real(value);
      }
    }
  }

  read(reader: ByteReader): void {
    const values = new Array<number>(this.width).fill(0);
    for (let left = reader.count(); left > 0; left -= 1) {
      const accountId = reader.integer();
      for (let column = 0; column < this.width; column += 1) {
        values[column] = column < this.firstReal ? reader.integer() : reader.real();
      }
      this.append(accountId, values);
    }
  }
}
