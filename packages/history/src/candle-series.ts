// Candles of one market at one stored interval; intervals without a trade take no room. Sums may pass 2^53 − 1 on a market
// that trades billions: they are statistics, and round like any double then.
import type { TradeView } from '@glasshouse/protocol';
import type { Ticks, TimeUs } from '@glasshouse/units';
import { BoundedColumns } from './bounded-columns.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { intervalStart, type StoredInterval } from './intervals.js';

const START = 0;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const VOLUME = 5;
const QUOTE = 6;
const TRADES = 7;
const WIDTH = 8;

/** Several candles in one. */
export type Fold = {
  openTicks: Ticks;
  highTicks: Ticks;
  lowTicks: Ticks;
  closeTicks: Ticks;
  volumeLots: number;
  quoteAtoms: number;
  trades: number;
};

export function emptyFold(): Fold {
  const none = 0 as Ticks;
  return {
    openTicks: none,
    highTicks: none,
    lowTicks: none,
    closeTicks: none,
    volumeLots: 0,
    quoteAtoms: 0,
    trades: 0,
  };
}

/** `candle` is the one that follows what is in the fold. */
export function addCandle(fold: Fold, candle: Readonly<Fold>): void {
  if (fold.trades === 0) {
    fold.openTicks = candle.openTicks;
    fold.highTicks = candle.highTicks;
    fold.lowTicks = candle.lowTicks;
  } else {
    if (candle.highTicks > fold.highTicks) fold.highTicks = candle.highTicks;
    if (candle.lowTicks < fold.lowTicks) fold.lowTicks = candle.lowTicks;
  }
  fold.closeTicks = candle.closeTicks;
  fold.volumeLots += candle.volumeLots;
  fold.quoteAtoms += candle.quoteAtoms;
  fold.trades += candle.trades;
}

export class CandleSeries {
  private readonly rows: BoundedColumns;

  constructor(
    private readonly interval: StoredInterval,
    bound: number,
  ) {
    this.rows = new BoundedColumns(WIDTH, bound);
  }

  add(trade: TradeView, timeUs: TimeUs): void {
    const { rows } = this;
    const startUs = intervalStart(this.interval, timeUs);
    const last = rows.end - 1;
    if (rows.length === 0 || rows.value(START, last) !== startUs) this.open(trade, startUs);
    else this.extend(trade, last);
  }

  private open(trade: TradeView, startUs: TimeUs): void {
    const { rows } = this;
    const row = rows.push();
    rows.column(START)[row] = startUs;
    for (const price of [OPEN, HIGH, LOW, CLOSE]) rows.column(price)[row] = trade.priceTicks;
    rows.column(VOLUME)[row] = trade.sizeLots;
    rows.column(QUOTE)[row] = trade.quoteAtoms;
    rows.column(TRADES)[row] = 1;
  }

  private extend(trade: TradeView, row: number): void {
    const { rows } = this;
    rows.column(HIGH)[row] = Math.max(rows.value(HIGH, row), trade.priceTicks);
    rows.column(LOW)[row] = Math.min(rows.value(LOW, row), trade.priceTicks);
    rows.column(CLOSE)[row] = trade.priceTicks;
    rows.column(VOLUME)[row] = rows.value(VOLUME, row) + trade.sizeLots;
    rows.column(QUOTE)[row] = rows.value(QUOTE, row) + trade.quoteAtoms;
    rows.column(TRADES)[row] = rows.value(TRADES, row) + 1;
  }

  /** Before this time candles may be missing, because the bound has pushed them out; −Infinity when none has been. */
  get completeFromUs(): number {
    return this.rows.dropped === 0 ? -Infinity : this.rows.value(START, this.rows.first);
  }

  /** Everything that traded in candles that start in [fromUs, toUs). */
  fold(fromUs: number, toUs: number): Fold {
    const { rows } = this;
    const fold = emptyFold();
    for (let row = rows.lowerBound(START, fromUs); row < rows.end && rows.value(START, row) < toUs; row += 1) {
      this.addTo(fold, row);
    }
    return fold;
  }

  private addTo(fold: Fold, row: number): void {
    const { rows } = this;
    addCandle(fold, {
      openTicks: rows.value(OPEN, row) as Ticks,
      highTicks: rows.value(HIGH, row) as Ticks,
      lowTicks: rows.value(LOW, row) as Ticks,
      closeTicks: rows.value(CLOSE, row) as Ticks,
      volumeLots: rows.value(VOLUME, row),
      quoteAtoms: rows.value(QUOTE, row),
      trades: rows.value(TRADES, row),
    });
  }

  write(writer: ByteWriter): void {
    this.rows.write(writer);
  }

  read(reader: ByteReader): void {
    this.rows.read(reader);
  }
}
