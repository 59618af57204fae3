// Which orders of a request the exchange placed itself, and whose it took away: said by events that come after what those orders
// did, so that a reader looks through the request once before it reads it.
import type { Event } from './events.js';

/** Who wanted an order: its owner, or the exchange to sell collateral for what the owner owed, or to liquidate the account. */
export type OrderOrigin = 'user' | 'conversion' | 'liquidation';
/** A fill may also be a position passed on without an order: to a provider, or against one that had to give way. */
export type FillOrigin = OrderOrigin | 'backstop' | 'deleverage';

export type RequestOrigins = {
  /** Orders of the exchange; all others are their owners'. */
  readonly orders: ReadonlyMap<number, OrderOrigin>;
  /** Accounts that began to be liquidated: their orders were cancelled with it. */
  readonly liquidated: ReadonlySet<number>;
};

const NOTHING: RequestOrigins = { orders: new Map(), liquidated: new Set() };

function saysMore(event: Event): boolean {
  switch (event.kind) {
    case 'collateralConverted':
    case 'liquidationStarted':
      return true;
    case 'traded':
      return event.trade.isLiquidation;
    default:
      return false;
  }
}

/** Nearly no request tells of any, and then nothing is made. */
export function originsIn(events: readonly Event[]): RequestOrigins {
  return events.some(saysMore) ? toldBy(events) : NOTHING;
}

function toldBy(events: readonly Event[]): RequestOrigins {
  const orders = new Map<number, OrderOrigin>();
  const liquidated = new Set<number>();
  for (const event of events) {
    if (event.kind === 'liquidationStarted') liquidated.add(event.accountId);
    else if (event.kind === 'collateralConverted') orders.set(event.orderId, 'conversion');
    else if (event.kind === 'traded' && event.trade.isLiquidation) orders.set(event.trade.takerOrderId, 'liquidation');
  }
  return { orders, liquidated };
}

export function originOf({ orders }: RequestOrigins, orderId: number): OrderOrigin {
  return orders.get(orderId) ?? 'user';
}
