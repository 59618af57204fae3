import type { Event, OrderView, TriggerOrderView } from '@glasshouse/protocol';
import { ORDER_STATUS } from '@glasshouse/protocol';
import type { Random } from '../random.js';

/** An order in a book, or one that waits for its price. */
export type OpenOrder = OrderView | TriggerOrderView;

/** Open orders as events tell of them, to draw one at random in constant time. */
export class OpenOrders {
  readonly #orders: OpenOrder[] = [];
  readonly #places = new Map<number, number>();

  get size(): number {
    return this.#orders.length;
  }

  draw(random: Random): OpenOrder | undefined {
    return this.#orders.length === 0 ? undefined : random.pick(this.#orders);
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'orderAccepted':
      case 'orderReduced':
      case 'triggerOrderAccepted':
        this.#put(event.order);
        break;
      case 'orderFilled':
        if (event.order.status === ORDER_STATUS.filled) this.#drop(event.order.orderId);
        else this.#put(event.order);
        break;
      case 'triggerOrderChanged':
        if (event.order.status === 'waiting') this.#put(event.order);
        else this.#drop(event.order.orderId);
        break;
      case 'orderCancelled':
      case 'orderExpired':
        this.#drop(event.order.orderId);
        break;
    }
  }

  #put(order: OpenOrder): void {
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
