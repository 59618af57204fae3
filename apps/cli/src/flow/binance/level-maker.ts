// Keeps a book of levels with the orders of one market maker: a level that shrinks loses its newest orders first, a level that
// grows gets one more.
import { SIDE, type Side } from '@glasshouse/protocol';
import type { Lots, Ticks } from '@glasshouse/units';
import type { LimitOrder } from '../request-text.js';

export type Shrink = { readonly orderId: number; readonly lots: number; readonly cancels: boolean };
export type LevelTarget = { readonly side: Side; readonly ticks: number; readonly lots: number };

type RestingOrder = { readonly orderId: number; lots: number };

export class LevelMaker {
  readonly #levels: readonly [Map<number, RestingOrder[]>, Map<number, RestingOrder[]>] = [new Map(), new Map()];

  constructor(private readonly maxOrderLots: number) {}

  /** Records that nothing but the shrinks and orders it asks for changes its levels. */
  shrinks(targets: readonly LevelTarget[]): Shrink[] {
    return targets.flatMap(({ side, ticks, lots }) => {
      const orders = this.#levels[side].get(ticks);
      return orders === undefined ? [] : this.#shrinkLevel(side, ticks, orders, lots);
    });
  }

  /** To be asked after `shrinks`, when no level is above its target. */
  additions(targets: readonly LevelTarget[]): LimitOrder[] {
    return targets.flatMap(({ side, ticks, lots }) => {
      const parts: LimitOrder[] = [];
      for (let left = lots - this.lots(side, ticks); left > 0; left -= this.maxOrderLots) {
        const part = Math.min(left, this.maxOrderLots) as Lots;
        parts.push({ side, ticks: ticks as Ticks, lots: part, postOnly: true });
      }
      return parts;
    });
  }

  rested({ side, ticks, lots }: LimitOrder, orderId: number): void {
    const orders = this.#levels[side].get(ticks);
    if (orders === undefined) this.#levels[side].set(ticks, [{ orderId, lots }]);
    else orders.push({ orderId, lots });
  }

  lots(side: Side, ticks: number): number {
    return (this.#levels[side].get(ticks) ?? []).reduce((sum, order) => sum + order.lots, 0);
  }

  get orderCount(): number {
    let count = 0;
    for (const side of [SIDE.bid, SIDE.ask]) for (const orders of this.#levels[side].values()) count += orders.length;
    return count;
  }

  #shrinkLevel(side: Side, ticks: number, orders: RestingOrder[], targetLots: number): Shrink[] {
    const shrinks: Shrink[] = [];
    let surplus = orders.reduce((sum, order) => sum + order.lots, 0) - targetLots;
    while (surplus > 0) {
      const newest = orders.at(-1) as RestingOrder;
      const part = Math.min(surplus, newest.lots);
      shrinks.push({ orderId: newest.orderId, lots: part, cancels: part === newest.lots });
      newest.lots -= part;
      surplus -= part;
      if (newest.lots === 0) orders.pop();
    }
    if (orders.length === 0) this.#levels[side].delete(ticks);
    return shrinks;
  }
}
