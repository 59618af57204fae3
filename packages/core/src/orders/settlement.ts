import type { Atoms } from '@glasshouse/units';
import type { Market } from '../state/markets.js';

/** What one fill cost its two sides; negative is a rebate. */
export type Fees = { takerAtoms: number; makerAtoms: number };

/** How a kind of market settles a fill between the taker under way and a maker. */
export interface Settlement {
  /** Moves what the fill moves and writes the fees. The maker's and taker's running totals are still those before the fill. */
  settle(market: Market, maker: number, ticks: number, lots: number, quote: Atoms, fees: Fees): void;
}
