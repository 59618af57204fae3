// Tickers and candles: once a second for whoever listens.
import type { Stream } from '@glasshouse/api';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import type { CandleRow, MarketStatistics } from '../history-port.js';
import type { Channel, ChannelObserver } from './channels.js';
import { klineFrame, tickerFrame } from './frames.js';

type KlineStream = Extract<Stream, { kind: 'kline' }>;
type TickerStream = Extract<Stream, { kind: 'ticker' }>;
/** What has been sent of the candle that is still open. */
type Progress = { readonly stream: KlineStream; openUs: number; sentTrades: number };

/** A trade can be this much older than the wall clock when it is published; only then is a candle closed without it. */
const LATEST_TRADE_US = 1_000_000;
const MAX_CLOSED_AT_ONCE = 1_000;

export type StatisticsFeedParts = {
  readonly catalogue: Catalogue;
  readonly statistics: MarketStatistics;
  readonly nowUs: () => number;
  /** Time of the last committed request. */
  readonly engineUs: () => number;
};

export class StatisticsFeed implements ChannelObserver {
  private readonly tickers = new Map<Channel, TickerStream>();
  private readonly klines = new Map<Channel, Progress>();

  constructor(private readonly parts: StatisticsFeedParts) {}

  opened(channel: Channel): void {
    const { stream } = channel;
    if (stream.kind === 'ticker') this.tickers.set(channel, stream);
    if (stream.kind === 'kline') this.klines.set(channel, { stream, openUs: this.safeUs(), sentTrades: 0 });
  }

  closed(channel: Channel): void {
    this.tickers.delete(channel);
    this.klines.delete(channel);
  }

  /** Nothing older than this will trade any more. */
  private safeUs(): number {
    return Math.max(this.parts.engineUs(), this.parts.nowUs() - LATEST_TRADE_US);
  }

  everySecond(): void {
    for (const [channel, stream] of this.tickers) this.publishTicker(channel, stream);
    for (const [channel, progress] of this.klines) this.publishKlines(channel, progress);
  }

  private publishTicker(channel: Channel, { symbol }: TickerStream): void {
    const listing = this.parts.catalogue.listingBySymbol(symbol);
    if (listing === undefined) return;
    const nowUs = this.parts.nowUs();
    const ticker = this.parts.statistics.ticker({ marketId: listing.market.marketId, window: '1d', nowUs });
    if (ticker !== undefined) channel.publish(tickerFrame(listing, ticker, nowUs));
  }

  private publishKlines(channel: Channel, progress: Progress): void {
    const listing = this.parts.catalogue.listingBySymbol(progress.stream.symbol);
    if (listing === undefined) return;
    const toUs = this.safeUs();
    const { marketId } = listing.market;
    const { interval } = progress.stream;
    const query = { marketId, interval, fromUs: progress.openUs, toUs, limit: MAX_CLOSED_AT_ONCE };
    for (const candle of this.parts.statistics.candles(query)) this.publishCandle(channel, listing, progress, candle);
  }

  private publishCandle(channel: Channel, listing: Listing, progress: Progress, candle: CandleRow): void {
    const closed = candle.endUs <= this.safeUs();
    if (closed || candle.trades !== progress.sentTrades) {
      channel.publish(klineFrame(listing, candle, closed, this.parts.nowUs()));
    }
    progress.openUs = closed ? candle.endUs : candle.startUs;
    progress.sentTrades = closed ? 0 : candle.trades;
  }
}
