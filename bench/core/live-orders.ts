import type { Event, Side } from '@glasshouse/protocol';
import type { Random } from '../book/random.js';

export type LiveOrder = {
  readonly orderId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly side: Side;
};

/** Open orders as events tell them, to draw one at random in constant time. */
export class LiveOrders {
  readonly #orders: LiveOrder[] = [];
  readonly #places = new Map<number, number>();

  get count(): number {
    return this.#orders.length;
  }

  draw(random: Random): LiveOrder {
    return this.#orders[random.below(this.#orders.length)]!;
  }

  observe(event: Event): void {
    if (event.kind === 'orderAccepted') this.#add(event.order);
    else if (event.kind === 'orderFilled' && event.order.sizeLots === event.order.filledLots)
      this.#drop(event.order.orderId);
    else if (event.kind === 'orderCancelled' || event.kind === 'orderExpired') this.#drop(event.order.orderId);
  }

  #add({ orderId, accountId, marketId, side }: LiveOrder): void {
    this.#places.set(orderId, this.#orders.length);
    this.#orders.push({ orderId, accountId, marketId, side });
  }

  #drop(orderId: number): void {
    const place = this.#places.get(orderId);
    if (place === undefined) return;
    this.#places.delete(orderId);
    const last = this.#orders.pop()!;
    if (last.orderId === orderId) return;
    this.#orders[place] = last;
    this.#places.set(last.orderId, place);
  }
}
