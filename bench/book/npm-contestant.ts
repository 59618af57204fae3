import { OrderBook, Side } from 'nodejs-order-book';
import type { Contestant } from './contestant.js';
import { ADD, CANCEL, type Flow, REDUCE } from './flow.js';

type LimitOptions = Parameters<OrderBook['limit']>[0];
type TimeInForce = NonNullable<LimitOptions['timeInForce']>;

// The package does not export this enum of its own.
const GTC = 'GTC' as string as TimeInForce;
const IOC = 'IOC' as string as TimeInForce;
const SIDES = [Side.BUY, Side.SELL] as const;

/** nodejs-order-book takes ids as text: made beforehand, so that it is not charged for them. */
export class NpmContestant implements Contestant {
  filledLots = 0;
  readonly #book = new OrderBook();
  readonly #ids: readonly string[];

  constructor(flow: Flow) {
    this.#ids = Array.from(flow.id, (id, n) => (id > 0 ? `o${id}` : `t${n}`));
  }

  get restingOrders(): number {
    const { bids, asks } = this.#book.snapshot();
    return [...bids, ...asks].reduce((sum, level) => sum + level.orders.length, 0);
  }

  play(flow: Flow, from: number, to: number): void {
    const { kind, side, ticks, lots } = flow;
    for (let n = from; n < to; n++) {
      const what = kind[n];
      const id = this.#ids[n]!;
      if (what === CANCEL) this.#book.cancel(id);
      else if (what === REDUCE) this.#reduce(id, lots[n]!);
      else this.#limit(id, side[n]!, ticks[n]!, lots[n]!, what === ADD ? GTC : IOC);
    }
  }

  #limit(id: string, side: number, price: number, size: number, timeInForce: TimeInForce): void {
    const { quantityLeft } = this.#book.limit({ id, side: SIDES[side]!, size, price, timeInForce });
    this.filledLots += size - quantityLeft;
  }

  #reduce(id: string, lots: number): void {
    const size = this.#book.order(id)?.size;
    if (size === undefined) return;
    if (lots < size) this.#book.modify(id, { size: size - lots });
    else this.#book.cancel(id);
  }
}
