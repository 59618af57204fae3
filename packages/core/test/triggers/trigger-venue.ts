// A venue whose marks a test moves, with everything that such a move wakes, and a short way to say what happened.
import type { Event } from '@glasshouse/protocol';
import { type Parameters, PRICE_FEED_KEY, PRICE_SOURCES } from '@glasshouse/testkit';
import { checkInvariants, restore, type State, snapshot, triggerOrderViews } from '../../src/index.js';
import { announceLevels } from '../../src/orders/events.js';
import { fireSampled } from '../../src/orders/triggers/settle.js';
import { PricedVenue } from '../perps/priced-venue.js';

export const SPOT = 'SOL_USDC';
export const PERP = 'SOL_USDC_PERP';
export const RICH = { USDC: '10000000', SOL: '10000' };

export class TriggerVenue extends PricedVenue {
  readonly makerKey = this.trader('market maker', RICH);
  readonly otherKey = this.trader('somebody', RICH);

  /** A trade between two others, so that this is the last price. */
  print(price: string, symbol = SPOT): Event[] {
    this.limit(this.makerKey, 'Ask', price, '0.01', { symbol });
    return this.limit(this.otherKey, 'Bid', price, '0.01', { symbol });
  }

  /** Mark and index stand at `price`, and the sampler has said so. */
  sample(price: number, symbol = PERP): Event[] {
    const events: Event[] = [];
    this.mark(symbol, price);
    this.state.scope.begin(this.state.nextSeq, this.state.timeUs, (event) => events.push(event));
    fireSampled(this.state);
    announceLevels(this.state);
    checkInvariants(this.state);
    return events;
  }

  /** What every source quotes for SOL from now on. */
  report(price: string): void {
    for (const source of PRICE_SOURCES) {
      const prices = `SOL:${price}:${price}:${price}`;
      this.command(this.keyId(PRICE_FEED_KEY), 'glassPricesReport', { source, prices });
    }
  }

  /** A trigger order; a market order unless a price is among the rest. */
  stop(
    keyId: number,
    side: 'Bid' | 'Ask',
    triggerPrice: string,
    triggerQuantity: string,
    rest: Parameters = {},
  ): Event[] {
    return this.order(keyId, side, { triggerPrice, triggerQuantity, ...rest });
  }

  /** The process ends and another one begins with what the snapshot holds. */
  restart(): void {
    (this as { state: State }).state = restore(snapshot(this.state));
  }

  waiting(keyId: number): string[] {
    return triggerOrderViews(this.state, this.accountOf(keyId)).map(
      ({ orderId, triggerTicks, whenRising, sizeLots }) =>
        `${orderId} ${whenRising ? 'up to' : 'down to'} ${triggerTicks} for ${sizeLots}`,
    );
  }
}

/** What happened to orders, short. */
export function story(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case 'rejected':
        return [`rejected ${event.reason}`];
      case 'triggerOrderAccepted':
        return [`${event.order.orderId} waits`];
      case 'triggerOrderChanged':
        return [`${event.order.orderId} ${event.order.status}${event.reason === undefined ? '' : ` ${event.reason}`}`];
      case 'orderAccepted':
        return [`${event.order.orderId} accepted`];
      case 'orderFilled':
        return event.fill.isMaker ? [] : [`${event.order.orderId} filled ${event.fill.sizeLots}`];
      case 'orderCancelled':
        return [`${event.order.orderId} cancelled`];
      case 'orderExpired':
        return [`${event.order.orderId} expired ${event.reason}`];
      default:
        return [];
    }
  });
}
