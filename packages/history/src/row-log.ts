// Rows of one kind per account, kept as objects: for what happens seldom.
import { AccountLists, type ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { pageOf } from './page.js';
import type { Page, Paging } from './queries.js';

export class RowLog<Row> {
  private readonly lists: AccountLists;
  private readonly rows: (Row | undefined)[] = [];

  constructor(
    bounds: ListBounds,
    private readonly onEvict: (row: Row) => void = () => undefined,
  ) {
    this.lists = new AccountLists(bounds, (slot) => this.evict(slot));
  }

  private evict(slot: number): void {
    this.onEvict(this.rows[slot] as Row);
    this.rows[slot] = undefined;
  }

  append(accountId: number, row: Row): number {
    const slot = this.lists.append(accountId);
    this.rows[slot] = row;
    return slot;
  }

  replace(slot: number, row: Row): void {
    this.rows[slot] = row;
  }

  page(query: { readonly accountId: number } & Paging, passes: (row: Row) => boolean): Page<Row> {
    const { lists } = this;
    const slots = query.sort === 'ascending' ? lists.oldestFirst(query.accountId) : lists.newestFirst(query.accountId);
    const rowAt = (slot: number) => this.rows[slot] as Row;
    return pageOf(slots, query, (slot) => passes(rowAt(slot)), rowAt);
  }

  write(writer: ByteWriter, writeRow: (row: Row) => void): void {
    writer.integer(this.lists.size);
    for (const slot of this.lists.all()) {
      writer.integer(this.lists.ownerOf(slot));
      writeRow(this.rows[slot] as Row);
    }
  }

  read(reader: ByteReader, readRow: () => Row, onRow: (row: Row, slot: number) => void = () => undefined): void {
    for (let left = reader.count(); left > 0; left -= 1) {
      const accountId = reader.integer();
      const row = readRow();
      onRow(row, this.append(accountId, row));
    }
  }
}
