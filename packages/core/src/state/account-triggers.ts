import { assert } from '@glasshouse/units';
import type { TriggerOrder } from './trigger-order.js';

/** An order and the exits that it may bring: so much it takes of its account's limit. */
const placesOf = ({ takeProfitTicks, stopLossTicks }: TriggerOrder): number =>
  1 + (takeProfitTicks > 0 ? 1 : 0) + (stopLossTicks > 0 ? 1 : 0);

/** What an account has waiting, oldest first, and by client id. Few: the limit on open orders counts them. */
export class AccountTriggers {
  readonly orders: TriggerOrder[] = [];
  /** Of all of them together. */
  places = 0;
  readonly #byClientId = new Map<number, TriggerOrder>();

  byClientId(clientId: number): TriggerOrder | undefined {
    return this.#byClientId.get(clientId);
  }

  add(order: TriggerOrder): void {
    this.orders.push(order);
    this.places += placesOf(order);
    if (order.clientId >= 0) this.#byClientId.set(order.clientId, order);
  }

  /** Returns how many are left. */
  remove(order: TriggerOrder): number {
    const place = this.#placeOf(order.orderId);
    assert(this.orders[place] === order, 'an account lists what it has waiting', { orderId: order.orderId });
    this.orders.splice(place, 1);
    this.places -= placesOf(order);
    if (order.clientId >= 0) this.#byClientId.delete(order.clientId);
    return this.orders.length;
  }

  /** Ids rise along the list. */
  #placeOf(orderId: number): number {
    let low = 0;
    let high = this.orders.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.orders[middle]?.orderId as number) < orderId) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
