// What every order may expect, checked from events alone and with arithmetic of its own.

import type { Event } from '@glasshouse/protocol';
import { type FillView, ORDER_STATUS, ORDER_TYPE, type OrderView, SIDE, TIME_IN_FORCE } from '@glasshouse/protocol';
import { expect } from 'vitest';
import type { ReadModel } from './read-model.js';

type Account = { makerPpm: number; takerPpm: number; quote: [number, number]; fees: [number, number] };
const MILLION = 1_000_000n;

/** ⌈quote × rate⌉ paid, or ⌊quote × −rate⌋ received. */
function exactFee(quote: number, ppm: number): number {
  const millionths = BigInt(quote) * BigInt(Math.abs(ppm));
  return ppm >= 0 ? Number((millionths + MILLION - 1n) / MILLION) : 0 - Number(millionths / MILLION);
}

export class OrderRules {
  readonly #orders = new Map<number, Account>();
  readonly #owners = new Map<number, number>();

  constructor(private readonly seen: ReadModel) {}

  observe(event: Event): void {
    if (event.kind === 'orderAccepted') this.#accepted(event.order);
    else if (event.kind === 'orderFilled') this.#filled(event.order, event.fill);
    else if (event.kind === 'orderExpired') this.#expired(event.order, event.reason);
    else if (event.kind === 'traded') {
      const { makerOrderId, takerOrderId } = event.trade;
      expect(this.#owners.get(makerOrderId), 'nobody trades with himself').not.toBe(this.#owners.get(takerOrderId));
    }
  }

  /** At the end of a command: only what may rest is open. */
  settled(): void {
    for (const order of this.seen.openOrders.values()) {
      const mayRest = order.orderType === ORDER_TYPE.limit && order.timeInForce === TIME_IN_FORCE.goodTillCancelled;
      if (!mayRest || order.filledLots >= order.sizeLots) expect(order, 'only limit orders rest').toBeUndefined();
    }
  }

  #accepted(order: OrderView): void {
    this.#orders.set(order.orderId, {
      ...this.seen.rates(order.accountId, order.marketId),
      quote: [0, 0],
      fees: [0, 0],
    });
    this.#owners.set(order.orderId, order.accountId);
    expect([order.status, order.filledLots]).toEqual([ORDER_STATUS.new, 0]);
  }

  #filled(order: OrderView, fill: FillView): void {
    const account = this.#orders.get(order.orderId);
    if (account === undefined) throw new Error(`fill of order ${order.orderId}, which was never accepted`);
    if (order.postOnly) expect(fill.isMaker, 'a post-only order never takes').toBe(true);
    if (order.orderType === ORDER_TYPE.limit) expectWithinLimit(order, fill);
    this.#expectFees(account, order, fill);
    const done = order.filledLots === order.sizeLots;
    if (order.quoteSizeAtoms === 0) expect(order.status === ORDER_STATUS.filled).toBe(done);
    else expectWithinQuote(order, account);
  }

  #expectFees(account: Account, order: OrderView, fill: FillView): void {
    const role = fill.isMaker ? 0 : 1;
    account.quote[role] += fill.quoteAtoms;
    account.fees[role] += fill.feeAtoms;
    const fee = exactFee(account.quote[role], fill.isMaker ? account.makerPpm : account.takerPpm);
    expect(account.fees[role], 'one rounded fee for an order and role').toBe(fee);
    expect(account.quote[0] + account.quote[1]).toBe(order.filledQuoteAtoms);
  }

  #expired(order: OrderView, reason: string): void {
    if (order.timeInForce !== TIME_IN_FORCE.fillOrKill || reason === 'InvalidQuantity') return;
    expect(order.filledLots, 'fill-or-kill is whole or nothing').toBe(0);
  }
}

function expectWithinLimit(order: OrderView, fill: FillView): void {
  const better = order.side === SIDE.bid ? fill.priceTicks <= order.priceTicks : fill.priceTicks >= order.priceTicks;
  expect(better, 'no fill is worse than the limit').toBe(true);
  if (fill.isMaker) expect(fill.priceTicks, 'makers get their price').toBe(order.priceTicks);
}

function expectWithinQuote(order: OrderView, account: Account): void {
  const spent = order.filledQuoteAtoms + (order.side === SIDE.bid ? account.fees[1] : 0);
  expect(spent, 'no more than the quote quantity').toBeLessThanOrEqual(order.quoteSizeAtoms);
}
