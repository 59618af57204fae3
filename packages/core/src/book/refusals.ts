import { InvariantViolation } from '@glasshouse/units';
import type { OrderPool } from './order-pool.js';

/** The book's preconditions: thrown when its owner breaks one. Apart from the checks, so that those stay small enough to be inlined. */
export function refuse(rule: string, pool: OrderPool, handle: number, lots?: number): never {
  throw new InvariantViolation(rule, {
    handle,
    level: pool.level(handle),
    side: pool.side(handle),
    priceTicks: pool.priceTicks(handle),
    remainingLots: pool.remainingLots(handle),
    lots,
  });
}

export const RESTS_ONCE = 'an order that comes to rest is allocated, not resting yet, and has a price and lots';
export const RESTS = 'an order taken out or reduced rests in the book';
export const LEAVES_SOME = 'a reduced order keeps at least one lot';
export const FILLS_OFFER = 'a fill is a whole number of lots within the offer';
