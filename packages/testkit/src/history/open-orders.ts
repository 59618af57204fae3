import type { Event, OrderView } from '@glasshouse/protocol';
import { ORDER_STATUS } from '@glasshouse/protocol';
import type { Random } from '../random.js';

/** Open orders as events tell of them, to draw one at random in constant time. */
export class OpenOrders {
  readonly #orders: OrderView[] = [];
  readonly #places = new Map<number, number>();

  get size(): number {
    return this.#orders.length;
  }

  draw(random: Random): OrderView | undefined {
    return this.#orders.length === 0 ? undefined : random.pick(this.#orders);
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'orderAccepted':
      case 'orderReduced':
        this.#put(event.order);
        break;
      case 'orderFilled':
        if (event.order.status === ORDER_STATUS.filled) this.#drop(event.order.orderId);
        else this.#put(event.order);
        break;
      case 'orderCancelled':
      case 'orderExpired':
        this.#drop(event.order.orderId);
        break;
    }
  }

  #put(order: OrderView): void {
    const place = this.#places.get(order.orderId) ?? this.#orders.length;
    this.#places.set(order.orderId, place);
    this.#orders[place] = order;
  }

  #drop(orderId: number): void {
    const place = this.#places.get(orderId);
    if (place === undefined) return;
    this.#places.delete(orderId);
    const last = this.#orders.pop();
    if (last === undefined || last.orderId === orderId) return;
    this.#orders[place] = last;
    this.#places.set(last.orderId, place);
  }
}
