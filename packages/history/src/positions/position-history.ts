// Positions in memory, within bounds.
import type { ListBounds } from '../account-lists.js';
import type { ByteReader, ByteWriter } from '../encoding.js';
import { inMarkets } from '../page.js';
import type { Page, PositionQuery } from '../queries.js';
import { RowLog } from '../row-log.js';
import { type GrowingPosition, pictureOf, readPosition, writePosition } from './growing-position.js';
import { PositionRecorder } from './position-recorder.js';
import type { PositionRow } from './rows.js';

export class PositionHistory extends PositionRecorder {
  private readonly rows: RowLog<GrowingPosition>;

  constructor(bounds: ListBounds) {
    super();
    this.rows = new RowLog(bounds, (row) => this.forget(row));
  }

  protected override append(row: GrowingPosition): void {
    this.rows.append(row.accountId, row);
  }

  /** Rows change in place. */
  protected override changed(): void {}

  page(query: PositionQuery): Page<PositionRow> {
    const passes = (row: GrowingPosition) =>
      inMarkets(row.marketId, query) && (query.open === undefined || query.open === (row.closedUs === 0));
    const { rows, total } = this.rows.page(query, passes);
    return { rows: rows.map(pictureOf), total };
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer, (row) => writePosition(row, writer));
    const marks = [...this.marks].sort(([a], [b]) => a - b);
    writer.integer(marks.length);
    for (const [marketId, markPrice] of marks) {
      writer.integer(marketId);
      writer.real(markPrice);
    }
  }

  read(reader: ByteReader): void {
    this.rows.read(
      reader,
      () => readPosition(reader),
      (row) => this.know(row),
    );
    for (let left = reader.count(); left > 0; left -= 1) this.marks.set(reader.integer(), reader.real());
  }
}
