// Orders that wait for a price. Each stands in a ladder of its market and kind of price, on the side from which the price must
// come, so that the price meets first what it reaches first: waking costs what fires, not what waits.
import { SIDE } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import { FastBook, OrderIdIndex, OrderPool } from '../book/index.js';
import { AccountTriggers } from './account-triggers.js';
import type { TriggerOrder } from './trigger-order.js';

const KINDS_OF_PRICE = 3;

export class TriggerOrders {
  readonly #byId = new Map<number, TriggerOrder>();
  /** A node of the ladders for each order that has not been reached. */
  readonly #nodes = new OrderPool(16);
  readonly #nodeOf = new OrderIdIndex(this.#nodes);
  /** By market and kind of price; missing until something waits there. */
  readonly #ladders: (FastBook | undefined)[] = [];
  /** By market id − 1: reached and not fired yet, in the order in which they will fire. */
  readonly #due: number[][] = [];
  #dueCount = 0;
  readonly #accounts = new Map<number, AccountTriggers>();

  get size(): number {
    return this.#byId.size;
  }

  get dueCount(): number {
    return this.#dueCount;
  }

  get(orderId: number): TriggerOrder | undefined {
    return this.#byId.get(orderId);
  }

  /** By rising id. */
  inOrder(): TriggerOrder[] {
    return [...this.#byId.values()].sort((a, b) => a.orderId - b.orderId);
  }

  /** Undefined when nothing of the account waits. */
  ofAccount(accountId: number): AccountTriggers | undefined {
    return this.#accounts.get(accountId);
  }

  due(marketId: number): readonly number[] {
    return this.#due[marketId - 1] ?? [];
  }

  /** Ids rise: a later order queues behind all that have its trigger. */
  add(order: TriggerOrder): void {
    const { orderId, accountId } = order;
    assert(!this.#byId.has(orderId), 'a trigger order waits once', { orderId });
    this.#byId.set(orderId, order);
    let account = this.#accounts.get(accountId);
    if (account === undefined) {
      account = new AccountTriggers();
      this.#accounts.set(accountId, account);
    }
    account.add(order);
    this.#climb(order);
  }

  remove(order: TriggerOrder): void {
    const { orderId, accountId, marketId } = order;
    const node = this.#nodeOf.get(orderId);
    if (node !== 0) this.#descend(order, node);
    else this.#leaveDue(marketId, orderId);
    this.#byId.delete(orderId);
    const account = this.#accounts.get(accountId);
    if (account?.remove(order) === 0) this.#accounts.delete(accountId);
  }

  /** The trigger next to be reached by a price that rises or falls, 0 for none. */
  nextTicks(marketId: number, triggerBy: number, rising: boolean): number {
    return this.#ladder(marketId, triggerBy)?.bestTicks(rising ? SIDE.ask : SIDE.bid) ?? 0;
  }

  /** Puts the first of those that wait for that trigger at the end of what is due. */
  reach(marketId: number, triggerBy: number, rising: boolean, ticks: number): void {
    const node = this.#ladder(marketId, triggerBy)?.head(rising ? SIDE.ask : SIDE.bid, ticks) ?? 0;
    this.makeDue(this.#byId.get(this.#nodes.orderId(node)) as TriggerOrder);
  }

  makeDue(order: TriggerOrder): void {
    const { orderId, marketId } = order;
    this.#descend(order, this.#nodeOf.get(orderId));
    while (this.#due.length < marketId) this.#due.push([]);
    this.#due[marketId - 1]?.push(orderId);
    this.#dueCount += 1;
  }

  /** For the invariants: what stands in the ladder at one trigger, in order. */
  waitingAt(marketId: number, triggerBy: number, rising: boolean, ticks: number): number[] {
    const ids: number[] = [];
    let node = this.#ladder(marketId, triggerBy)?.head(rising ? SIDE.ask : SIDE.bid, ticks) ?? 0;
    for (; node !== 0; node = this.#nodes.next(node)) ids.push(this.#nodes.orderId(node));
    return ids;
  }

  /** The trigger after `ticks` on the price's way. */
  ticksAfter(marketId: number, triggerBy: number, rising: boolean, ticks: number): number {
    return this.#ladder(marketId, triggerBy)?.worseTicks(rising ? SIDE.ask : SIDE.bid, ticks) ?? 0;
  }

  #ladder(marketId: number, triggerBy: number): FastBook | undefined {
    return this.#ladders[marketId * KINDS_OF_PRICE + triggerBy];
  }

  #climb({ orderId, marketId, triggerBy, triggerTicks, whenRising }: TriggerOrder): void {
    const place = marketId * KINDS_OF_PRICE + triggerBy;
    while (this.#ladders.length <= place) this.#ladders.push(undefined);
    const ladder = this.#ladders[place] ?? new FastBook(this.#nodes);
    this.#ladders[place] = ladder;
    const node = this.#nodes.allocate();
    this.#nodes.setOrderId(node, orderId);
    this.#nodes.setSide(node, whenRising === 1 ? SIDE.ask : SIDE.bid);
    this.#nodes.setPriceTicks(node, triggerTicks);
    this.#nodes.setRemainingLots(node, 1);
    this.#nodeOf.set(orderId, node);
    ladder.rest(node);
  }

  #descend({ orderId, marketId, triggerBy }: TriggerOrder, node: number): void {
    this.#ladder(marketId, triggerBy)?.remove(node);
    this.#nodeOf.delete(orderId);
    this.#nodes.release(node);
  }

  #leaveDue(marketId: number, orderId: number): void {
    const due = this.#due[marketId - 1] ?? [];
    const place = due.indexOf(orderId);
    assert(place >= 0, 'a trigger order waits or is due', { orderId });
    due.splice(place, 1);
    this.#dueCount -= 1;
  }
}
