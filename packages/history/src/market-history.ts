// Everything that trades of one market tell: the last prints, candles, rolling statistics.
import type { PerpPriceView, TradeView } from '@glasshouse/protocol';
import type { Ticks, TimeUs } from '@glasshouse/units';
import type { HistoryBounds } from './bounds.js';
import { CandleSeries } from './candle-series.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import {
  type CandleInterval,
  DAY_US,
  intervalStart,
  MINUTE_US,
  nextIntervalStart,
  STORED_INTERVALS,
  type StoredInterval,
  storedIntervalOf,
} from './intervals.js';
import { PriceSeries } from './price-series.js';
import type {
  CandleQuery,
  CandleRow,
  PriceCandleQuery,
  PriceCandleRow,
  PriceKind,
  TickerQuery,
  TickerRow,
} from './queries.js';
import { TradeLog } from './trade-log.js';

const WINDOW_US = { '1d': DAY_US, '1w': 7 * DAY_US } as const;

/** A candle that has lost part of its trades to a bound is not shown at all. */
export function firstCandleStart(interval: CandleInterval, fromUs: number, completeFromUs: number): TimeUs {
  const startUs = intervalStart(interval, fromUs);
  if (startUs >= completeFromUs) return startUs;
  const firstKept = intervalStart(interval, completeFromUs);
  return firstKept >= completeFromUs ? firstKept : nextIntervalStart(interval, firstKept);
}

export class MarketHistory {
  readonly trades: TradeLog;
  private readonly series: ReadonlyMap<StoredInterval, CandleSeries>;
  private readonly prices: Readonly<Record<PriceKind, ReadonlyMap<StoredInterval, PriceSeries>>>;
  /** 0 while nothing has traded. */
  private lastTicks = 0 as Ticks;

  constructor(
    bounds: HistoryBounds,
    /** No candle is shown from before the listing. */
    private listedUs: TimeUs,
  ) {
    this.trades = new TradeLog(bounds.tradesPerMarket);
    const priceSeries = () =>
      new Map(STORED_INTERVALS.map((interval) => [interval, new PriceSeries(interval, bounds.priceCandles[interval])]));
    this.prices = { mark: priceSeries(), index: priceSeries() };
    this.series = new Map(
      STORED_INTERVALS.map((interval) => [interval, new CandleSeries(interval, bounds.candles[interval])]),
    );
  }

  /** What the exchange trades for an account that it liquidates is a trade, but no price that anyone asked for. */
  add(trade: TradeView, timeUs: TimeUs): void {
    this.trades.add(trade, timeUs);
    if (trade.isLiquidation) return;
    this.lastTicks = trade.priceTicks;
    for (const series of this.series.values()) series.add(trade, timeUs);
  }

  /** A price that is not known is none. */
  addPrices({ markPrice, indexPrice, timeUs }: PerpPriceView): void {
    for (const series of markPrice > 0 ? this.prices.mark.values() : []) series.add(markPrice, timeUs);
    for (const series of indexPrice > 0 ? this.prices.index.values() : []) series.add(indexPrice, timeUs);
  }

  /** Ascending, one row per interval, also for those without a sample. */
  priceCandles({ price, interval, fromUs, toUs, limit }: PriceCandleQuery): PriceCandleRow[] {
    const series = this.prices[price].get(storedIntervalOf(interval)) as PriceSeries;
    const rows: PriceCandleRow[] = [];
    for (
      let startUs = this.firstStart(interval, fromUs, series.completeFromUs);
      startUs <= toUs && rows.length < limit;
    ) {
      const endUs = nextIntervalStart(interval, startUs);
      rows.push({ startUs, endUs, ...series.fold(startUs, endUs) });
      startUs = endUs;
    }
    return rows;
  }

  /** Whether candles from before that time would be none, or are not here any more. */
  hasPriceCandlesFrom({ price, interval, fromUs }: PriceCandleQuery): boolean {
    const { completeFromUs } = this.prices[price].get(storedIntervalOf(interval)) as PriceSeries;
    return intervalStart(interval, Math.max(fromUs, this.listedUs)) >= completeFromUs;
  }

  /** Ascending, one row per interval, also for those in which nothing traded. */
  candles(query: CandleQuery): CandleRow[] {
    const { interval } = query;
    const series = this.series.get(storedIntervalOf(interval)) as CandleSeries;
    const rows: CandleRow[] = [];
    let startUs = this.firstStart(interval, query.fromUs, series.completeFromUs);
    while (startUs <= query.toUs && rows.length < query.limit) {
      const endUs = nextIntervalStart(interval, startUs);
      rows.push({ startUs, endUs, ...series.fold(startUs, endUs) });
      startUs = endUs;
    }
    return rows;
  }

  private firstStart(interval: CandleInterval, fromUs: number, completeFromUs: number): TimeUs {
    return firstCandleStart(interval, Math.max(fromUs, this.listedUs), completeFromUs);
  }

  /** Whether candles from before that time would be none, or are not here any more. */
  hasCandlesFrom(interval: CandleInterval, fromUs: number): boolean {
    const { completeFromUs } = this.series.get(storedIntervalOf(interval)) as CandleSeries;
    return intervalStart(interval, Math.max(fromUs, this.listedUs)) >= completeFromUs;
  }

  ticker(query: TickerQuery): TickerRow | undefined {
    const last = this.lastTicks;
    if (last === 0) return undefined;
    const minutes = this.series.get('1m') as CandleSeries;
    const endUs = intervalStart('1m', query.nowUs) + MINUTE_US;
    const fold = minutes.fold(endUs - WINDOW_US[query.window], Infinity);
    const price = (ticks: Ticks) => (fold.trades === 0 ? last : ticks);
    return {
      firstTicks: price(fold.openTicks),
      lastTicks: last,
      highTicks: price(fold.highTicks),
      lowTicks: price(fold.lowTicks),
      volumeLots: fold.volumeLots,
      quoteAtoms: fold.quoteAtoms,
      trades: fold.trades,
    };
  }

  write(writer: ByteWriter): void {
    writer.integer(this.listedUs);
    writer.integer(this.lastTicks);
    this.trades.write(writer);
    for (const series of this.allSeries()) series.write(writer);
  }

  read(reader: ByteReader): void {
    this.listedUs = reader.integer() as TimeUs;
    this.lastTicks = reader.integer() as Ticks;
    this.trades.read(reader);
    for (const series of this.allSeries()) series.read(reader);
  }

  private allSeries(): readonly (CandleSeries | PriceSeries)[] {
    return [...this.series.values(), ...this.prices.mark.values(), ...this.prices.index.values()];
  }
}
