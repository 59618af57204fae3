// The prices that trigger orders wait for, all in quote units, so that one comparison serves every kind.
import { TRIGGER_BY, type TriggerBy } from '@glasshouse/protocol';
import { powerOfTen } from '@glasshouse/units';
import type { Market } from '../../state/markets.js';

/** The double nearest to the price: equal to a mark or index that was told as the same decimal. */
export function quotePrice({ filters }: Market, ticks: number): number {
  return (ticks * filters.tickDigits) / (powerOfTen(filters.tickScale) as number);
}

/** 0 while it is not known. */
export function priceNow(market: Market, by: TriggerBy): number {
  switch (by) {
    case TRIGGER_BY.last:
      return quotePrice(market, market.lastTradeTicks);
    case TRIGGER_BY.mark:
      return market.prices.markPrice;
    case TRIGGER_BY.index:
      return market.prices.indexPrice;
  }
}

export function reached(market: Market, triggerTicks: number, rising: boolean, price: number): boolean {
  const trigger = quotePrice(market, triggerTicks);
  return rising ? price >= trigger : price <= trigger;
}
