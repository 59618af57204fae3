// Requests for quotes: who asked hears of its own, everybody else that there is one to quote, quoters what becomes of their quotes.
import type { Event, RfqView } from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import { type Channel, type ChannelObserver, type Channels, channelKey, frameOf, type Subscriber } from './channels.js';
import type { Times } from './frames.js';
import {
  activeFrame,
  candidateFrame,
  filledFrame,
  lostCandidateFrame,
  type OwnRfqEvent,
  ownRfqFrame,
  quoteFrame,
} from './rfq-frames.js';

const STREAM = 'account.rfqUpdate';

type Whose = { readonly accountId: number; readonly marketId: number };
type Frame = (listing: Listing) => string;

export type RfqFeedParts = {
  readonly catalogue: Catalogue;
  readonly nowUs: () => number;
  /** Of the last request. */
  readonly engineUs: () => number;
};

export class RfqFeed implements ChannelObserver {
  /** Everybody who listens. */
  private readonly listeners = new Set<Channel>();
  private readonly open = new Map<number, RfqView>();

  constructor(
    private readonly parts: RfqFeedParts,
    openRfqs: readonly RfqView[],
  ) {
    for (const rfq of openRfqs) this.open.set(rfq.rfqId, rfq);
  }

  opened(channel: Channel): void {
    if (channel.stream.kind === 'rfqUpdate') this.listeners.add(channel);
  }

  closed(channel: Channel): void {
    this.listeners.delete(channel);
  }

  /** What can still be quoted, for who begins to listen. */
  joined({ stream, accountId, name }: Channel, subscriber: Subscriber): void {
    if (stream.kind !== 'rfqUpdate') return;
    const { nowUs, engineUs, catalogue } = this.parts;
    const times = { emittedUs: nowUs(), engineUs: engineUs() };
    for (const rfq of this.open.values()) {
      const listing = catalogue.listing(rfq.marketId);
      if (listing === undefined || rfq.submissionUs <= times.emittedUs) continue;
      if (!hears({ stream, accountId }, rfq, listing)) continue;
      subscriber.send(frameOf(name, activeFrame(listing, rfq, times)));
    }
  }

  private note(event: Event): void {
    if (event.kind === 'rfqOpened' || event.kind === 'rfqRefreshed') this.open.set(event.rfq.rfqId, event.rfq);
    else if (event.kind === 'rfqClosed' || event.kind === 'rfqFilled') this.open.delete(event.rfq.rfqId);
  }

  observe(channels: Channels, event: Event, times: Times): void {
    this.note(event);
    switch (event.kind) {
      case 'rfqOpened':
        return this.asked(channels, 'rfqAccepted', event.rfq, times);
      case 'rfqRefreshed':
        return this.asked(channels, 'rfqRefreshed', event.rfq, times);
      case 'rfqClosed':
        return this.publish(channels, event.rfq, (listing) => ownRfqFrame(listing, 'rfqCancelled', event.rfq, times));
      case 'quoteOpened': {
        const { rfq, quote } = event;
        this.publish(channels, quote, (listing) => quoteFrame(listing, 'quoteAccepted', quote, times));
        return this.publish(channels, rfq, (listing) => candidateFrame(listing, rfq, quote, times));
      }
      case 'quoteClosed': {
        const { quote, rfqAccountId, reason } = event;
        this.publish(channels, quote, (listing) => quoteFrame(listing, 'quoteCancelled', quote, times));
        if (reason === 'requestEnded') return;
        const asker = { accountId: rfqAccountId, marketId: quote.marketId };
        return this.publish(channels, asker, (listing) => lostCandidateFrame(listing, quote, times));
      }
      case 'rfqFilled': {
        const { rfq, quote } = event;
        this.publish(channels, rfq, (listing) => filledFrame(listing, event, rfq.clientId, times));
        return this.publish(channels, quote, (listing) => filledFrame(listing, event, quote.clientId, times));
      }
    }
  }

  private asked(channels: Channels, event: OwnRfqEvent, rfq: RfqView, times: Times): void {
    this.publish(channels, rfq, (listing) => ownRfqFrame(listing, event, rfq, times));
    const listing = this.listeners.size === 0 ? undefined : this.parts.catalogue.listing(rfq.marketId);
    if (listing === undefined) return;
    const data = activeFrame(listing, rfq, times);
    for (const channel of this.listeners) if (hears(channel, rfq, listing)) channel.publish(data);
  }

  private publish(channels: Channels, { accountId, marketId }: Whose, frame: Frame): void {
    const listing = this.parts.catalogue.listing(marketId);
    if (listing === undefined) return;
    const all = channels.find(channelKey(STREAM, accountId));
    const one = channels.find(channelKey(`${STREAM}.${listing.market.symbol}`, accountId));
    if (all === undefined && one === undefined) return;
    const data = frame(listing);
    all?.publish(data);
    one?.publish(data);
  }
}

function hears(
  { stream, accountId }: Pick<Channel, 'stream' | 'accountId'>,
  rfq: RfqView,
  { market }: Listing,
): boolean {
  if (accountId === rfq.accountId || stream.kind !== 'rfqUpdate') return false;
  return stream.symbol === null || stream.symbol === market.symbol;
}
