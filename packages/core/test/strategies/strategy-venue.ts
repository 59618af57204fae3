// A venue with somebody who makes both sides of a market, and a short way to create strategies and to say what they did.
import type { Event, StrategyView } from '@glasshouse/protocol';
import type { Parameters } from '@glasshouse/testkit';
import { balanceViews, restore, type State, snapshot, strategyViews } from '../../src/index.js';
import { PricedVenue } from '../perps/priced-venue.js';

const SPOT = 'SOL_USDC';
export const PERP = 'SOL_USDC_PERP';

export class StrategyVenue extends PricedVenue {
  readonly maker1 = this.trader('market maker', { USDC: '10000000', SOL: '100000' });
  readonly alice = this.trader('alice', { USDC: '1000000', SOL: '1000' });

  /** Ten seconds apart for a minute unless said otherwise: six slices. */
  create(rest: Parameters = {}, keyId = this.alice): Event[] {
    return this.command(keyId, 'strategyCreate', {
      symbol: SPOT,
      side: 'Bid',
      strategyType: 'Scheduled',
      quantity: '6',
      duration: 60_000,
      interval: 10_000,
      ...rest,
    });
  }

  /** Lots of liquidity at 149.9 and 150.1. */
  quote(quantity = '1000', symbol = SPOT): void {
    this.limit(this.maker1, 'Bid', '149.90', quantity, { symbol });
    this.limit(this.maker1, 'Ask', '150.10', quantity, { symbol });
  }

  /** The strategies of an account that run. */
  running(keyId = this.alice): readonly StrategyView[] {
    return strategyViews(this.state, this.accountOf(keyId));
  }

  /** Everything of an account, wherever it lies. */
  held(keyId = this.alice): string[] {
    return balanceViews(this.state, this.accountOf(keyId)).map((balance) => {
      const asset = this.state.assets.get(balance.assetId);
      const atoms = balance.availableAtoms + balance.lockedAtoms + balance.lentAtoms;
      return `${asset?.symbol} ${atoms / 10 ** (asset?.decimals ?? 0)}`;
    });
  }

  /** The process ends and another one begins with what the snapshot holds. */
  restart(): void {
    (this as { state: State }).state = restore(snapshot(this.state));
  }
}

/** What happened to strategies and to their orders, short. */
export function story(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case 'rejected':
        return [`rejected ${event.reason}`];
      case 'strategyCreated':
        return [`${event.strategy.strategyId} begins`];
      case 'strategySliced':
        return [`${event.strategy.strategyId} slice ${event.strategy.slicesDone} ${event.reason ?? 'placed'}`];
      case 'strategyEnded':
        return [
          `${event.strategy.strategyId} ${[event.strategy.status, event.strategy.endReason].filter(Boolean).join(' ')}`,
        ];
      case 'orderAccepted':
        return [`order of ${event.order.sizeLots}`];
      case 'orderFilled':
        return event.order.strategyId === undefined ? [] : [`filled ${event.fill.sizeLots}`];
      case 'orderCancelled':
        return ['order cancelled'];
      default:
        return [];
    }
  });
}
