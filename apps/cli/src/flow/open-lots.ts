import type { Event } from '@glasshouse/protocol';

/** What rests of every open order, told by events alone. */
export class OpenLots {
  readonly #lots = new Map<number, number>();

  get count(): number {
    return this.#lots.size;
  }

  /** 0 for an order that is not open. */
  of(orderId: number): number {
    return this.#lots.get(orderId) ?? 0;
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'orderAccepted':
      case 'orderFilled':
      case 'orderReduced': {
        const { orderId, sizeLots, filledLots } = event.order;
        if (sizeLots === filledLots) this.#lots.delete(orderId);
        else this.#lots.set(orderId, sizeLots - filledLots);
        return;
      }
      case 'orderCancelled':
      case 'orderExpired':
        this.#lots.delete(event.order.orderId);
        return;
      default:
    }
  }
}
