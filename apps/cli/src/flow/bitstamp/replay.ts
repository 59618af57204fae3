// Bitstamp's recorded orders through the real core. The capture shows what a trade did order by order, in several messages and
// not always in their order; our engine matches at once. So a message says how much of an order must remain: what our engine
// has filled already needs nothing, what remains too much is taken off, what was filled in error is given back.
import { SIDE, type Side } from '@glasshouse/protocol';
import type { Lots, Ticks } from '@glasshouse/units';
import type { Grid } from '../grid.js';
import type { FlowAccount, FlowVenue } from '../venue.js';
import type { BookImage, OrderEvent, RecordedLevel } from './events.js';
import { SeededLevels } from './seeded-levels.js';

type RecordedOrder = { readonly side: Side; ticks: number; orderIds: number[]; hasTaken: boolean };
type TakerShare = { readonly takerId: number; lots: number };

/** More levels than one taker waits on. */
const CROSSING_LEVELS = 5;

export type BitstampCounts = {
  created: number;
  changed: number;
  deleted: number;
  /** Messages about orders that were there before the capture began. */
  ofUnknownOrders: number;
  changesAfterTheDelete: number;
  pricesMoved: number;
  /** Fills of ours that the record contradicts: the resting order had been cancelled before. */
  fillsTakenBack: number;
  seededLevels: number;
};

export class BitstampReplay {
  readonly counts: BitstampCounts = {
    created: 0,
    changed: 0,
    deleted: 0,
    ofUnknownOrders: 0,
    changesAfterTheDelete: 0,
    pricesMoved: 0,
    fillsTakenBack: 0,
    seededLevels: 0,
  };
  readonly fills: { readonly ticks: number; readonly lots: number }[] = [];
  readonly #orders = new Map<number, RecordedOrder>();
  readonly #deleted = new Set<number>();
  readonly #recordedIds = new Map<number, number>();
  readonly #takers = new Map<number, TakerShare[]>();
  readonly #seeded: SeededLevels;
  readonly #bidder: FlowAccount;
  readonly #asker: FlowAccount;

  constructor(
    private readonly venue: FlowVenue,
    private readonly grid: Grid,
  ) {
    this.#bidder = venue.addAccount('bidder', ['quote']);
    this.#asker = venue.addAccount('asker', ['base']);
    this.#seeded = new SeededLevels(venue);
  }

  feed(event: OrderEvent): void {
    const { counts } = this;
    switch (event.kind) {
      case 'order_created':
        counts.created += 1;
        return this.#open(event);
      case 'order_changed':
        counts.changed += 1;
        return this.#change(event);
      case 'order_deleted':
        counts.deleted += 1;
        return this.#delete(event);
    }
  }

  /** Adds, level by level, what the image has and the book has not: orders older than the capture. */
  seed(image: BookImage): void {
    const depth = this.venue.depth(Number.MAX_SAFE_INTEGER);
    for (const level of image.bids) this.#seedLevel(SIDE.bid, level, depth.bids);
    for (const level of image.asks) this.#seedLevel(SIDE.ask, level, depth.asks);
  }

  #seedLevel(side: Side, level: RecordedLevel, ours: readonly (readonly [number, number])[]): void {
    const ticks = this.grid.ticks(level.priceUnits);
    const known = ours.find(([price]) => price === ticks)?.[1] ?? 0;
    const lots = this.grid.lots(level.sizeUnits) - known;
    if (lots <= 0) return;
    const [orderId] = this.#place(side, ticks, lots).orderIds;
    if (orderId === undefined) return;
    this.#seeded.add(side, ticks, orderId);
    this.counts.seededLevels += 1;
  }

  #open({ orderId, side, priceUnits, sizeUnits }: OrderEvent, tradedLots = 0): void {
    const order = { side, ticks: this.grid.ticks(priceUnits), orderIds: [], hasTaken: false };
    this.#orders.set(orderId, order);
    this.#add(orderId, order, this.grid.lots(sizeUnits) + tradedLots);
  }

  #change(event: OrderEvent): void {
    const order = this.#orders.get(event.orderId);
    if (order !== undefined) return this.#settle(event, order);
    if (this.#deleted.has(event.orderId)) {
      this.counts.changesAfterTheDelete += 1;
      return;
    }
    this.counts.ofUnknownOrders += 1;
    this.#open(event, this.#crossingLots(event));
  }

  /** What an order older than the capture changed for: it traded with what still waits at its price. */
  #crossingLots({ side, priceUnits }: OrderEvent): number {
    const { bids, asks } = this.venue.depth(CROSSING_LEVELS);
    const limit = this.grid.ticks(priceUnits);
    const crossing =
      side === SIDE.bid ? asks.filter(([ticks]) => ticks <= limit) : bids.filter(([ticks]) => ticks >= limit);
    return crossing.reduce((sum, [, lots]) => sum + lots, 0);
  }

  #delete(event: OrderEvent): void {
    this.#deleted.add(event.orderId);
    const order = this.#orders.get(event.orderId);
    const lots = this.grid.lots(event.sizeUnits);
    if (order === undefined) {
      this.counts.ofUnknownOrders += 1;
      this.#seeded.reduce(this.#owner(event.side), event.side, this.grid.ticks(event.priceUnits), lots);
      return;
    }
    const remaining = this.#remaining(order);
    if (lots > remaining) this.#giveBack(event.orderId, lots - remaining);
    this.#reduceTo(order, 0);
    this.#orders.delete(event.orderId);
  }

  #settle(event: OrderEvent, order: RecordedOrder): void {
    const lots = this.grid.lots(event.sizeUnits);
    const ticks = this.grid.ticks(event.priceUnits);
    if (ticks !== order.ticks) return this.#move(event.orderId, order, ticks, lots);
    const remaining = this.#remaining(order);
    // A taker's fills are reported one by one after our engine has made them all: it is ahead, not wrong.
    if (remaining < lots && !order.hasTaken) this.#add(event.orderId, order, lots - remaining);
    else this.#reduceTo(order, lots);
  }

  /** A market order's price follows the level that it sweeps. */
  #move(recordedId: number, order: RecordedOrder, ticks: number, lots: number): void {
    this.#reduceTo(order, 0);
    order.ticks = ticks;
    order.orderIds = [];
    this.counts.pricesMoved += 1;
    this.#add(recordedId, order, lots);
  }

  #add(recordedId: number, order: RecordedOrder, lots: number): void {
    if (lots === 0) return;
    const { orderIds, fills } = this.#place(order.side, order.ticks, lots);
    for (const orderId of orderIds) {
      order.orderIds.push(orderId);
      this.#recordedIds.set(orderId, recordedId);
    }
    for (const fill of fills) {
      order.hasTaken = true;
      const makerId = this.#recordedIds.get(fill.makerOrderId);
      if (makerId !== undefined) this.#rememberTaker(makerId, { takerId: recordedId, lots: fill.lots });
    }
  }

  #rememberTaker(makerId: number, share: TakerShare): void {
    const shares = this.#takers.get(makerId);
    if (shares === undefined) this.#takers.set(makerId, [share]);
    else shares.push(share);
  }

  /** The maker was cancelled with more than our engine had left of it: its last takers did not trade with it after all. */
  #giveBack(makerId: number, lots: number): void {
    this.counts.fillsTakenBack += 1;
    let left = lots;
    for (const share of [...(this.#takers.get(makerId) ?? [])].reverse()) {
      const part = Math.min(left, share.lots);
      share.lots -= part;
      left -= part;
      const taker = this.#orders.get(share.takerId);
      if (taker !== undefined) this.#add(share.takerId, taker, part);
    }
  }

  #place(side: Side, ticks: number, lots: number) {
    const execution = this.venue.place(this.#owner(side), { side, ticks: ticks as Ticks, lots: lots as Lots });
    this.fills.push(...execution.fills);
    return execution;
  }

  #remaining(order: RecordedOrder): number {
    return order.orderIds.reduce((sum, orderId) => sum + this.venue.open.of(orderId), 0);
  }

  #reduceTo(order: RecordedOrder, lots: number): void {
    let surplus = this.#remaining(order) - lots;
    for (const orderId of [...order.orderIds].reverse()) {
      const part = Math.min(surplus, this.venue.open.of(orderId));
      if (part > 0) this.venue.shrink(this.#owner(order.side), orderId, part);
      surplus -= part;
    }
  }

  #owner(side: Side): FlowAccount {
    return side === SIDE.bid ? this.#bidder : this.#asker;
  }
}
