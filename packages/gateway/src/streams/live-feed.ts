// Committed requests as frames, in order.
import { randomBytes } from 'node:crypto';
import {
  type DepthView,
  type Event,
  type LevelChanged,
  originsIn,
  type PerpPriceView,
  type RequestOrigins,
  type RfqView,
  type TradeView,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { PriceBoard } from '../exchange/price-board.js';
import type { MarketStatistics } from '../history-port.js';
import type { Committed, ExchangePort } from '../ports.js';
import { AccountFeed } from './account-feed.js';
import { type Channel, type ChannelObserver, Channels, type KeepingLimits } from './channels.js';
import type { Times } from './frames.js';
import { LiquidationFeed, type RunningLiquidation } from './liquidation-feed.js';
import { MarketFeed, type MergedSpeed } from './market-feed.js';
import { PositionFeed } from './position-feed.js';
import { PriceFeed } from './price-feed.js';
import { RfqFeed } from './rfq-feed.js';
import { StatisticsFeed } from './statistics-feed.js';

export type LiveFeedParts = {
  readonly catalogue: Catalogue;
  readonly statistics: MarketStatistics;
  readonly port: ExchangePort;
  readonly nowUs: () => number;
  readonly keeping: KeepingLimits;
};

const RUN_BYTES = 4;
const MERGE_MS: Readonly<Record<MergedSpeed, number>> = { '200ms': 200, '600ms': 600, '1000ms': 1000 };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

export type LiveOpening = {
  readonly timeUs: number;
  readonly depths: readonly DepthView[];
  readonly perpPrices: readonly PerpPriceView[];
  readonly liquidations: readonly RunningLiquidation[];
  readonly openRfqs: readonly RfqView[];
};

export class LiveFeed implements ChannelObserver {
  readonly channels: Channels;
  private readonly markets = new Map<number, MarketFeed>();
  private readonly statistics: StatisticsFeed;
  private readonly accounts: AccountFeed;
  private readonly board: PriceBoard;
  private readonly prices: PriceFeed;
  private readonly positions: PositionFeed;
  private readonly liquidations: LiquidationFeed;
  private readonly rfqs: RfqFeed;
  private readonly mergedChannels = new Map<MergedSpeed, Set<Channel>>();
  private readonly checksumChannels = new Set<Channel>();
  private readonly timers: NodeJS.Timeout[] = [];
  private engineUs = 0;

  constructor(
    private readonly parts: LiveFeedParts,
    opening: LiveOpening,
  ) {
    this.engineUs = opening.timeUs;
    this.statistics = new StatisticsFeed({ ...parts, engineUs: () => this.engineUs });
    this.board = new PriceBoard(opening.perpPrices);
    this.prices = new PriceFeed({ ...parts, board: this.board });
    this.positions = new PositionFeed({ ...parts, board: this.board });
    this.liquidations = new LiquidationFeed(parts, opening.liquidations);
    this.rfqs = new RfqFeed({ ...parts, engineUs: () => this.engineUs }, opening.openRfqs);
    const observers = [this, this.statistics, this.prices, this.positions, this.liquidations, this.rfqs];
    this.channels = new Channels(observers, parts.keeping, Date.now, randomBytes(RUN_BYTES).toString('hex'));
    this.accounts = new AccountFeed(this.channels, parts.catalogue);
    for (const depth of opening.depths) this.markets.set(depth.marketId, new MarketFeed(this.channels, depth));
  }

  start(): void {
    this.every(SECOND_MS, () => this.statistics.everySecond());
    this.every(SECOND_MS, () => this.liquidations.everySecond());
    this.every(SECOND_MS, () => this.channels.closeIdle());
    this.every(SECOND_MS, () => this.publishChecksums());
    this.every(MINUTE_MS, () => this.prices.everyMinute());
    for (const speed of Object.keys(MERGE_MS) as MergedSpeed[]) {
      this.every(MERGE_MS[speed], () => this.publishMerged(speed));
    }
  }

  private every(periodMs: number, action: () => void): void {
    this.timers.push(setInterval(action, periodMs).unref());
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  observe({ timeUs, events }: Committed): void {
    this.engineUs = timeUs;
    if (events.length === 0) return;
    const times = { emittedUs: this.parts.nowUs(), engineUs: timeUs };
    const touched = new Set<number>();
    const origins = originsIn(events);
    for (const event of events) {
      if (event.kind === 'traded') this.onTrade(event.trade, times);
      else if (event.kind === 'levelChanged') this.onLevel(event, timeUs, touched);
      else this.onOther(event, times, origins);
    }
    for (const marketId of touched) this.endRequest(marketId, times);
  }

  private onOther(event: Event, times: Times, origins: RequestOrigins): void {
    this.board.observe(event);
    if (event.kind === 'perpPriceChanged') this.prices.priceChanged(this.channels, event.price, times);
    else {
      this.accounts.observe(event, times, origins);
      this.positions.observe(this.channels, event, times);
      this.liquidations.observe(this.channels, event, times);
      this.rfqs.observe(this.channels, event, times);
    }
  }

  private feed(marketId: number): MarketFeed {
    const known = this.markets.get(marketId);
    if (known !== undefined) return known;
    const feed = new MarketFeed(this.channels, undefined);
    this.markets.set(marketId, feed);
    return feed;
  }

  private onTrade(trade: TradeView, times: { emittedUs: number; engineUs: number }): void {
    const listing = this.parts.catalogue.listing(trade.marketId);
    if (listing !== undefined) this.feed(trade.marketId).trade(listing, trade, times);
  }

  private onLevel(change: LevelChanged, engineUs: number, touched: Set<number>): void {
    this.feed(change.marketId).level(change, engineUs);
    touched.add(change.marketId);
  }

  private endRequest(marketId: number, times: { emittedUs: number; engineUs: number }): void {
    const listing = this.parts.catalogue.listing(marketId);
    if (listing !== undefined) this.feed(marketId).endRequest(listing, times);
  }

  opened(channel: Channel): void {
    const { stream } = channel;
    if (stream.kind === 'bookChecksum') this.checksumChannels.add(channel);
    if (stream.kind !== 'depth' || stream.speed === 'realtime') return;
    const listing = this.parts.catalogue.listingBySymbol(stream.symbol);
    if (listing === undefined) return;
    this.feed(listing.market.marketId).startMerging(stream.speed);
    const channels = this.mergedChannels.get(stream.speed) ?? new Set();
    this.mergedChannels.set(stream.speed, channels.add(channel));
  }

  closed(channel: Channel): void {
    const { stream } = channel;
    this.checksumChannels.delete(channel);
    if (stream.kind !== 'depth' || stream.speed === 'realtime') return;
    this.mergedChannels.get(stream.speed)?.delete(channel);
    const listing = this.parts.catalogue.listingBySymbol(stream.symbol);
    if (listing !== undefined) this.feed(listing.market.marketId).stopMerging(stream.speed);
  }

  private publishChecksums(): void {
    for (const channel of this.checksumChannels) {
      const { stream } = channel;
      const listing = stream.kind === 'bookChecksum' ? this.parts.catalogue.listingBySymbol(stream.symbol) : undefined;
      if (listing !== undefined)
        this.feed(listing.market.marketId).publishChecksum(channel, listing, this.parts.nowUs());
    }
  }

  private publishMerged(speed: MergedSpeed): void {
    for (const channel of this.mergedChannels.get(speed) ?? []) {
      const { stream } = channel;
      const listing = stream.kind === 'depth' ? this.parts.catalogue.listingBySymbol(stream.symbol) : undefined;
      if (listing !== undefined) {
        this.feed(listing.market.marketId).publishMerged(channel, speed, listing, this.parts.nowUs());
      }
    }
  }
}
