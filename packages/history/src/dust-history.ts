// Dust that the venue has bought.
import type { DustConverted } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import { AccountTable, type ReadColumn } from './account-table.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import type { DustQuery, DustRow, Page } from './queries.js';

const DUST_ID = 0;
const ASSET_ID = 1;
const WIDTH = 6;

function rowOf(value: ReadColumn): DustRow {
  return {
    dustId: value(DUST_ID),
    assetId: value(ASSET_ID),
    quantityAtoms: value(2) as Atoms,
    quoteAssetId: value(3),
    receivedAtoms: value(4) as Atoms,
    timeUs: value(5) as TimeUs,
  };
}

export class DustHistory {
  private readonly rows: AccountTable;

  constructor(bounds: ListBounds) {
    this.rows = new AccountTable(bounds, WIDTH, WIDTH);
  }

  record(event: DustConverted, timeUs: TimeUs): void {
    const { accountId, dustId, assetId, quantityAtoms, quoteAssetId, receivedAtoms } = event;
    this.rows.append(accountId, [dustId, assetId, quantityAtoms, quoteAssetId, receivedAtoms, timeUs]);
  }

  page(query: DustQuery): Page<DustRow> {
    const { dustId, assetId } = query;
    const passes = (value: ReadColumn) =>
      (dustId === undefined || value(DUST_ID) === dustId) && (assetId === undefined || value(ASSET_ID) === assetId);
    return this.rows.page(query, passes, rowOf);
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer);
  }

  read(reader: ByteReader): void {
    this.rows.read(reader);
  }
}
