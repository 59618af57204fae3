// An account's positions as they change. Who begins to listen is told of the open ones first, in frames without an event.
import { type AccountView, type Event, type PositionView, SIDE, type Side } from '@glasshouse/protocol';
import type { Atoms, Lots } from '@glasshouse/units';
import type { Catalogue } from '../exchange/catalogue.js';
import type { PriceBoard } from '../exchange/price-board.js';
import type { ExchangePort } from '../ports.js';
import { type Channel, type ChannelObserver, type Channels, channelKey, frameOf, type Subscriber } from './channels.js';
import type { Times } from './frames.js';
import { passedOnBy } from './passed-on.js';
import { type PositionContext, type PositionEvent, positionFrame } from './risk-frames.js';

const ALL_MARKETS = 'account.positionUpdate';

export type PositionFeedParts = {
  readonly catalogue: Catalogue;
  readonly board: PriceBoard;
  readonly port: ExchangePort;
  readonly nowUs: () => number;
};

type PositionChange = { readonly event: PositionEvent; readonly position: PositionView };

type Fill = { readonly marketId: number; readonly side: Side; readonly quoteAtoms: number };

/** What is known of an account that somebody listens to. */
class Listened {
  readonly channels = new Set<Channel>();
  leverageLimitCenti = 0;
  private readonly last = new Map<number, PositionView>();
  /** What fills have brought in, or cost, since the last view of a position. */
  private readonly flows = new Map<number, number>();

  noteFill({ marketId, side, quoteAtoms }: Fill): void {
    const flow = side === SIDE.ask ? quoteAtoms : -quoteAtoms;
    this.flows.set(marketId, (this.flows.get(marketId) ?? 0) + flow);
  }

  /** What the change is to a listener: of a position that was turned round the end of one and the beginning of another. */
  changes(position: PositionView): readonly PositionChange[] {
    const { marketId, sizeLots, positionId } = position;
    const before = this.last.get(marketId);
    const flow = this.flows.get(marketId) ?? 0;
    this.remember(position);
    const held = before !== undefined && before.sizeLots !== 0 ? before : undefined;
    if (sizeLots === 0) return held === undefined ? [] : [closed(position, held, flow)];
    if (held?.positionId === positionId) return [{ event: 'positionAdjusted', position }];
    const opened: PositionChange = { event: 'positionOpened', position };
    if (held === undefined) return [opened];
    const ofOpened = position.realizedPnlAtoms - position.entryCostAtoms;
    return [closed(withoutSize(position), held, flow - ofOpened), opened];
  }

  remember(position: PositionView): void {
    this.last.set(position.marketId, position);
    this.flows.delete(position.marketId);
  }
}

/** A position that is gone has no view of what it earned: what it had realised, and what closing it brought beyond its cost. */
function closed(position: PositionView, before: PositionView, flow: number): PositionChange {
  const realizedPnlAtoms = (before.realizedPnlAtoms - before.entryCostAtoms + flow) as Atoms;
  const { positionId } = before;
  return { event: 'positionClosed', position: { ...position, positionId, realizedPnlAtoms } };
}

/** What is left of the one that was closed when another was opened in its place. */
const withoutSize = (position: PositionView): PositionView => ({
  ...position,
  sizeLots: 0 as Lots,
  basisCostAtoms: 0 as Atoms,
  entryCostAtoms: 0 as Atoms,
});

type Opening = {
  readonly account: AccountView | undefined;
  readonly positions: readonly PositionView[];
  timeUs: number;
};

export class PositionFeed implements ChannelObserver {
  private readonly accounts = new Map<number, Listened>();

  constructor(private readonly parts: PositionFeedParts) {}

  opened(channel: Channel): void {
    if (channel.stream.kind !== 'positionUpdate' || channel.accountId === undefined) return;
    const listened = this.accounts.get(channel.accountId) ?? new Listened();
    listened.channels.add(channel);
    this.accounts.set(channel.accountId, listened);
  }

  closed(channel: Channel): void {
    const { accountId } = channel;
    if (accountId === undefined) return;
    const listened = this.accounts.get(accountId);
    if (listened?.channels.delete(channel) && listened.channels.size === 0) this.accounts.delete(accountId);
  }

  /** A venue that has stopped answers no read; its streams are about to end. */
  joined(channel: Channel, subscriber: Subscriber): void {
    const { accountId, stream } = channel;
    if (stream.kind !== 'positionUpdate' || accountId === undefined) return;
    this.openingOf(accountId).then(
      (opening) => this.tell(channel, subscriber, accountId, opening),
      () => undefined,
    );
  }

  private openingOf(accountId: number): Promise<Opening> {
    return this.parts.port.read((view) => ({
      account: view.account(accountId),
      positions: view.positions(accountId),
      timeUs: view.timeUs,
    }));
  }

  private tell(channel: Channel, subscriber: Subscriber, accountId: number, opening: Opening): void {
    const listened = this.accounts.get(accountId);
    const { stream } = channel;
    if (listened === undefined || stream.kind !== 'positionUpdate' || !channel.subscribers.has(subscriber)) return;
    listened.leverageLimitCenti = opening.account?.leverageLimitCenti ?? 0;
    const times = { emittedUs: this.parts.nowUs(), engineUs: opening.timeUs };
    for (const position of opening.positions) {
      listened.remember(position);
      const context = position.sizeLots === 0 ? undefined : this.contextOf(position, listened);
      if (context === undefined || !concerns(stream.symbol, context)) continue;
      subscriber.send(frameOf(channel.name, positionFrame(context, position, undefined, times)));
    }
  }

  observe(channels: Channels, event: Event, times: Times): void {
    if (event.kind === 'accountUpdated') {
      const listened = this.accounts.get(event.account.accountId);
      if (listened !== undefined) listened.leverageLimitCenti = event.account.leverageLimitCenti;
    }
    if (event.kind === 'orderFilled') {
      const { accountId, marketId, side } = event.order;
      this.accounts.get(accountId)?.noteFill({ marketId, side, quoteAtoms: event.fill.quoteAtoms });
    }
    for (const passed of passedOnBy(event)) this.accounts.get(passed.accountId)?.noteFill(passed);
    if (event.kind === 'positionChanged') this.changed(channels, event.position, times);
  }

  private changed(channels: Channels, position: PositionView, times: Times): void {
    const { accountId } = position;
    const listened = this.accounts.get(accountId);
    const changes = listened?.changes(position) ?? [];
    const context = listened && this.contextOf(position, listened);
    if (context === undefined) return;
    for (const change of changes) {
      const data = positionFrame(context, change.position, change.event, times);
      channels.find(channelKey(ALL_MARKETS, accountId))?.publish(data);
      channels.find(channelKey(`${ALL_MARKETS}.${context.listing.market.symbol}`, accountId))?.publish(data);
    }
  }

  private contextOf({ marketId }: PositionView, { leverageLimitCenti }: Listened): PositionContext | undefined {
    const listing = this.parts.catalogue.listing(marketId);
    if (listing?.perp === undefined) return undefined;
    const markPrice = this.parts.board.perp(marketId)?.markPrice ?? 0;
    return { listing, perp: listing.perp, markPrice, leverageLimitCenti };
  }
}

/** Null is all markets. */
function concerns(symbol: string | null, { listing }: PositionContext): boolean {
  return symbol === null || symbol === listing.market.symbol;
}
