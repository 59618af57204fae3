import { MARKET_STATE, type TriggerBy } from '@glasshouse/protocol';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { priceNow, reached } from './prices.js';

/**
 * Everything that the market's price has reached becomes due, nearest trigger first, then first come. While a market is not
 * open nothing in it fires: its orders wait for the first price after that.
 */
export function wake({ triggers }: State, market: Market, by: TriggerBy): void {
  const price = priceNow(market, by);
  if (triggers.size === 0 || price === 0 || market.effectiveState !== MARKET_STATE.open) return;
  const { marketId } = market;
  for (const rising of [true, false]) {
    let ticks = triggers.nextTicks(marketId, by, rising);
    while (ticks !== 0 && reached(market, ticks, rising, price)) {
      triggers.reach(marketId, by, rising, ticks);
      ticks = triggers.nextTicks(marketId, by, rising);
    }
  }
}
