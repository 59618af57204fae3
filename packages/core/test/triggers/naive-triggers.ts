// Trigger orders of one market in a list that is searched from end to end at every price. It is told what happened, event by
// event, and says which order must fire next.
import { type Event, TRIGGER_BY, type TriggerBy, type TriggerOrderView } from '@glasshouse/protocol';
import { expect } from 'vitest';

/** Nearest to where the price came from first: those that wait for a rise, then those that wait for a fall. */
function firesBefore(a: TriggerOrderView, b: TriggerOrderView): number {
  if (a.whenRising !== b.whenRising) return a.whenRising ? -1 : 1;
  const byTrigger = a.whenRising ? a.triggerTicks - b.triggerTicks : b.triggerTicks - a.triggerTicks;
  return byTrigger === 0 ? a.orderId - b.orderId : byTrigger;
}

export class NaiveTriggers {
  #waiting: TriggerOrderView[] = [];
  #due: TriggerOrderView[] = [];
  #lastTicks = 0;
  #traded = false;
  fired = 0;

  constructor(private readonly marketId: number) {}

  get ids(): number[] {
    return [...this.#waiting, ...this.#due].map(({ orderId }) => orderId).sort((a, b) => a - b);
  }

  /** In ticks. */
  price(by: TriggerBy, ticks: number): void {
    const reached = this.#waiting.filter(
      (order) =>
        order.triggerBy === by && (order.whenRising ? ticks >= order.triggerTicks : ticks <= order.triggerTicks),
    );
    this.#waiting = this.#waiting.filter((order) => !reached.includes(order));
    this.#due.push(...reached.sort(firesBefore));
  }

  /** Everything that a command brought about. */
  observe(events: readonly Event[]): void {
    for (const event of events) this.#see(event);
    this.#lookAtLast();
    expect(this.#due.map(({ orderId }) => orderId)).toEqual([]);
  }

  #lookAtLast(): void {
    if (this.#traded) this.price(TRIGGER_BY.last, this.#lastTicks);
    this.#traded = false;
  }

  #see(event: Event): void {
    if (event.kind === 'traded' && event.trade.marketId === this.marketId) {
      this.#lastTicks = event.trade.priceTicks;
      this.#traded = true;
    }
    if (event.kind === 'triggerOrderAccepted') this.#waiting.push(event.order);
    if (event.kind !== 'triggerOrderChanged') return;
    if (event.order.status === 'triggered') this.#fires(event.order.orderId);
    else this.#waiting = this.#waiting.filter(({ orderId }) => orderId !== event.order.orderId);
  }

  #fires(orderId: number): void {
    this.#lookAtLast();
    expect(this.#due.shift()?.orderId).toBe(orderId);
    this.fired += 1;
  }
}
