// Strategies that run: by id, by account, by the time of their next slice, and by the orders that they have in the books.
import { assert } from '@glasshouse/units';
import { Chance } from './chance.js';
import { DueQueue } from './due-queue.js';
import type { Strategy } from './strategy.js';

const NONE: ReadonlySet<number> = new Set();

export class Strategies {
  lastId = 0;
  readonly chance = new Chance();
  /** When those that had to wait for their turn go on. */
  resumeUs = 0;
  readonly due = new DueQueue();
  /** Scratch: all their slices are done and their last order is gone. */
  readonly finished: Strategy[] = [];
  readonly #byId = new Map<number, Strategy>();
  /** Oldest first. */
  readonly #ofAccount = new Map<number, Strategy[]>();
  readonly #orders = new Map<number, Set<number>>();
  readonly #ofOrder = new Map<number, Strategy>();

  get size(): number {
    return this.#byId.size;
  }

  get openOrders(): number {
    return this.#ofOrder.size;
  }

  get(strategyId: number): Strategy | undefined {
    return this.#byId.get(strategyId);
  }

  ofAccount(accountId: number): readonly Strategy[] {
    return this.#ofAccount.get(accountId) ?? [];
  }

  byClientId(accountId: number, clientStrategyId: number): Strategy | undefined {
    return this.ofAccount(accountId).find((strategy) => strategy.clientStrategyId === clientStrategyId);
  }

  ofOrder(orderId: number): Strategy | undefined {
    return this.#ofOrder.get(orderId);
  }

  /** Ids of its open orders, oldest first. */
  ordersOf(strategyId: number): ReadonlySet<number> {
    return this.#orders.get(strategyId) ?? NONE;
  }

  /** By rising id. */
  inOrder(): Strategy[] {
    return [...this.#byId.values()].sort((a, b) => a.strategyId - b.strategyId);
  }

  add(strategy: Strategy, nextUs: number): void {
    const { strategyId, accountId } = strategy;
    this.#byId.set(strategyId, strategy);
    const listed = this.#ofAccount.get(accountId);
    if (listed === undefined) this.#ofAccount.set(accountId, [strategy]);
    else listed.push(strategy);
    this.due.add(strategyId, nextUs);
  }

  /** One that has no open order any more. */
  remove({ strategyId, accountId }: Strategy): void {
    assert(!this.#orders.has(strategyId), 'a strategy ends without open orders', { strategyId });
    this.due.remove(strategyId);
    this.#byId.delete(strategyId);
    const left = this.ofAccount(accountId).filter((strategy) => strategy.strategyId !== strategyId);
    if (left.length === 0) this.#ofAccount.delete(accountId);
    else this.#ofAccount.set(accountId, left);
  }

  /** An order of it rests from now on. */
  open(strategyId: number, orderId: number): void {
    const strategy = this.#byId.get(strategyId);
    assert(strategy !== undefined, 'an order rests for a strategy that runs', { strategyId, orderId });
    this.#ofOrder.set(orderId, strategy);
    const orders = this.#orders.get(strategyId);
    if (orders === undefined) this.#orders.set(strategyId, new Set([orderId]));
    else orders.add(orderId);
  }

  /** A resting order of it has filled. */
  fill(orderId: number, lots: number, quoteAtoms: number): void {
    const strategy = this.#ofOrder.get(orderId);
    assert(strategy !== undefined, 'orders know whose slices they are', { orderId });
    strategy.filledLots += lots;
    strategy.filledQuoteAtoms += quoteAtoms;
  }

  /** A resting order of it is gone. */
  close(orderId: number): void {
    const strategy = this.#ofOrder.get(orderId);
    assert(strategy !== undefined, 'orders know whose slices they are', { orderId });
    this.#ofOrder.delete(orderId);
    const { strategyId } = strategy;
    const orders = this.#orders.get(strategyId);
    orders?.delete(orderId);
    if (orders?.size !== 0) return;
    this.#orders.delete(strategyId);
    if (strategy.slicesDone === strategy.slices) this.finished.push(strategy);
  }
}
