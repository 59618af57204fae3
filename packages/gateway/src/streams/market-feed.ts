// Live data of one market: prints, best prices, the book's changes as they come and merged.
//
// A realtime depth frame holds exactly the changes of one request, so that the `lastUpdateId` of GET /depth, which is read
// between requests, is always the `u` of some frame and never inside one. A merged frame is cut by the clock and may span a
// snapshot; its levels are absolute, so a client applies every frame with `u` above the snapshot's id and ends with the same book.
import { crc32 } from 'node:zlib';
import { type BookChecksumFrame, bookChecksumText, CHECKSUM_LEVELS, type DepthSpeed } from '@glasshouse/api';
import { type DepthView, type LevelChanged, SIDE, type Side, type TradeView } from '@glasshouse/protocol';
import type { Listing } from '../exchange/listing.js';
import { BookMirror, type Level } from './book-mirror.js';
import type { Channel, Channels } from './channels.js';
import { DepthChanges } from './depth-changes.js';
import { bookTickerFrame, type Times, tradeFrame } from './frames.js';

export type MergedSpeed = Exclude<DepthSpeed, 'realtime'>;

const same = (a: Level | undefined, b: Level | undefined): boolean => a?.ticks === b?.ticks && a?.lots === b?.lots;

export class MarketFeed {
  private readonly mirror: BookMirror;
  private readonly changes = new DepthChanges();
  /** Only speeds that someone listens to. */
  private readonly merged = new Map<MergedSpeed, DepthChanges>();
  /** Of the newest change, and of the newest one that a checksum was sent of. */
  private updateId: number;
  private checkedId = -1;
  private engineUs = 0;
  private bestBid: Level | undefined;
  private bestAsk: Level | undefined;

  constructor(
    private readonly channels: Channels,
    depth: DepthView | undefined,
  ) {
    this.mirror = new BookMirror(depth);
    this.updateId = depth?.lastUpdateId ?? 0;
    this.bestBid = this.mirror.best(SIDE.bid);
    this.bestAsk = this.mirror.best(SIDE.ask);
  }

  trade(listing: Listing, trade: TradeView, times: Times): void {
    this.channels.find(`trade.${listing.market.symbol}`)?.publish(tradeFrame(listing, trade, times));
  }

  level(change: LevelChanged, engineUs: number): void {
    this.mirror.apply(change);
    this.updateId = change.updateId;
    this.engineUs = engineUs;
    this.changes.add(change, engineUs);
    for (const merged of this.merged.values()) merged.add(change, engineUs);
  }

  /** The request is over: what it did to the book goes out as one frame. */
  endRequest(listing: Listing, times: Times): void {
    if (this.changes.empty) return;
    this.channels.find(`depth.${listing.market.symbol}`)?.publish(this.changes.frame(listing, times.emittedUs));
    this.publishBest(listing, times);
    this.changes.clear();
  }

  private publishBest(listing: Listing, times: Times): void {
    const bid = this.mirror.best(SIDE.bid);
    const ask = this.mirror.best(SIDE.ask);
    if (same(bid, this.bestBid) && same(ask, this.bestAsk)) return;
    this.bestBid = bid;
    this.bestAsk = ask;
    const channel = this.channels.find(`bookTicker.${listing.market.symbol}`);
    channel?.publish(bookTickerFrame(listing, { bid, ask }, this.changes.lastUpdateId, times));
  }

  /** Of the book as the last depth frame left it; nothing when that has been said. */
  publishChecksum(channel: Channel, listing: Listing, emittedUs: number): void {
    if (this.updateId === this.checkedId) return;
    this.checkedId = this.updateId;
    const rows = (side: Side) =>
      this.mirror
        .nearest(side, CHECKSUM_LEVELS)
        .map(({ ticks, lots }) => [listing.price(ticks), listing.quantity(lots)] as const);
    const frame: BookChecksumFrame = {
      E: emittedUs,
      T: this.engineUs,
      c: crc32(bookChecksumText(rows(SIDE.bid), rows(SIDE.ask))),
      e: 'bookChecksum',
      s: listing.market.symbol,
      u: this.updateId,
    };
    channel.publish(JSON.stringify(frame));
  }

  startMerging(speed: MergedSpeed): void {
    this.merged.set(speed, new DepthChanges());
  }

  stopMerging(speed: MergedSpeed): void {
    this.merged.delete(speed);
  }

  publishMerged(channel: Channel, speed: MergedSpeed, listing: Listing, emittedUs: number): void {
    const merged = this.merged.get(speed);
    if (merged === undefined || merged.empty) return;
    channel.publish(merged.frame(listing, emittedUs));
    merged.clear();
  }
}
