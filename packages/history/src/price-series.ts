// Candles of a price that is sampled and not traded, at one stored interval: the mark or the index of a perpetual.
import type { TimeUs } from '@glasshouse/units';
import { BoundedColumns } from './bounded-columns.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { intervalStart, type StoredInterval } from './intervals.js';

const START = 0;
const SAMPLES = 1;
const OPEN = 2;
const HIGH = 3;
const LOW = 4;
const CLOSE = 5;
const WIDTH = 6;

/** Several candles in one. Prices in quote units per base unit; without samples they mean nothing. */
export type PriceFold = {
  openPrice: number;
  highPrice: number;
  lowPrice: number;
  closePrice: number;
  samples: number;
};

export const emptyPriceFold = (): PriceFold => ({ openPrice: 0, highPrice: 0, lowPrice: 0, closePrice: 0, samples: 0 });

/** `candle` is the one that follows what is in the fold. */
export function addPriceCandle(fold: PriceFold, candle: Readonly<PriceFold>): void {
  if (fold.samples === 0) {
    fold.openPrice = candle.openPrice;
    fold.highPrice = candle.highPrice;
    fold.lowPrice = candle.lowPrice;
  } else {
    fold.highPrice = Math.max(fold.highPrice, candle.highPrice);
    fold.lowPrice = Math.min(fold.lowPrice, candle.lowPrice);
  }
  fold.closePrice = candle.closePrice;
  fold.samples += candle.samples;
}

export class PriceSeries {
  private readonly rows: BoundedColumns;

  constructor(
    private readonly interval: StoredInterval,
    bound: number,
  ) {
    this.rows = new BoundedColumns(WIDTH, bound, OPEN);
  }

  add(price: number, timeUs: TimeUs): void {
    const { rows } = this;
    const startUs = intervalStart(this.interval, timeUs);
    const last = rows.end - 1;
    if (rows.length === 0 || rows.value(START, last) !== startUs) this.open(price, startUs);
    else this.extend(price, last);
  }

  private open(price: number, startUs: TimeUs): void {
    const { rows } = this;
    const row = rows.push();
    rows.column(START)[row] = startUs;
    rows.column(SAMPLES)[row] = 1;
    for (const place of [OPEN, HIGH, LOW, CLOSE]) rows.column(place)[row] = price;
  }

  private extend(price: number, row: number): void {
    const { rows } = this;
    rows.column(SAMPLES)[row] = rows.value(SAMPLES, row) + 1;
    rows.column(HIGH)[row] = Math.max(rows.value(HIGH, row), price);
    rows.column(LOW)[row] = Math.min(rows.value(LOW, row), price);
    rows.column(CLOSE)[row] = price;
  }

  /** Before this time candles may be missing, because the bound has pushed them out; −Infinity when none has been. */
  get completeFromUs(): number {
    return this.rows.dropped === 0 ? -Infinity : this.rows.value(START, this.rows.first);
  }

  /** All samples in candles that start in [fromUs, toUs). */
  fold(fromUs: number, toUs: number): PriceFold {
    const { rows } = this;
    const fold = emptyPriceFold();
    for (let row = rows.lowerBound(START, fromUs); row < rows.end && rows.value(START, row) < toUs; row += 1) {
      addPriceCandle(fold, {
        openPrice: rows.value(OPEN, row),
        highPrice: rows.value(HIGH, row),
        lowPrice: rows.value(LOW, row),
        closePrice: rows.value(CLOSE, row),
        samples: rows.value(SAMPLES, row),
      });
    }
    return fold;
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer);
  }

  read(reader: ByteReader): void {
    this.rows.read(reader);
  }
}
