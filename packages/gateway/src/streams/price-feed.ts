// Mark prices as they are sampled, open interest once a minute; whoever begins to listen hears the last value at once.
import type { PerpPriceView } from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import type { PriceBoard } from '../exchange/price-board.js';
import { type Channel, type ChannelObserver, type Channels, frameOf, type Subscriber } from './channels.js';
import type { Times } from './frames.js';
import { markPriceFrame, openInterestFrame } from './risk-frames.js';

export type PriceFeedParts = {
  readonly catalogue: Catalogue;
  readonly board: PriceBoard;
  readonly nowUs: () => number;
};

export class PriceFeed implements ChannelObserver {
  private readonly openInterests = new Set<Channel>();

  constructor(private readonly parts: PriceFeedParts) {}

  opened(channel: Channel): void {
    if (channel.stream.kind === 'openInterest') this.openInterests.add(channel);
  }

  closed(channel: Channel): void {
    this.openInterests.delete(channel);
  }

  joined(channel: Channel, subscriber: Subscriber): void {
    const data = this.currentOf(channel);
    if (data !== undefined) subscriber.send(frameOf(channel.name, data));
  }

  priceChanged(channels: Channels, price: PerpPriceView, times: Times): void {
    const listing = this.parts.catalogue.listing(price.marketId);
    if (listing === undefined || price.markPrice === 0) return;
    channels.find(`markPrice.${listing.market.symbol}`)?.publish(markPriceFrame(listing, price, times));
  }

  everyMinute(): void {
    for (const channel of this.openInterests) {
      const data = this.currentOf(channel);
      if (data !== undefined) channel.publish(data);
    }
  }

  private currentOf({ stream }: Channel): string | undefined {
    if (stream.kind !== 'openInterest' && stream.kind !== 'markPrice') return undefined;
    const listing = this.parts.catalogue.listingBySymbol(stream.symbol);
    const price = listing === undefined ? undefined : this.parts.board.perp(listing.market.marketId);
    if (listing === undefined || price === undefined) return undefined;
    return stream.kind === 'openInterest'
      ? openInterestFrame(listing, price, this.parts.nowUs())
      : this.markOf(listing, price);
  }

  private markOf(listing: Listing, price: PerpPriceView): string | undefined {
    if (price.markPrice === 0) return undefined;
    return markPriceFrame(listing, price, { emittedUs: this.parts.nowUs(), engineUs: price.timeUs });
  }
}
