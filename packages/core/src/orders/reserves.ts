// What an open order keeps locked: a pure function of its terms, so that locked balances can be recomputed from the book.
// Orders of perpetuals keep nothing locked: their exposure counts in the margin.
//   bid: remaining notional at its limit + maker fee still to come on it      ask: remaining base
import { MARKET_KIND, SIDE, type Side } from '@glasshouse/protocol';
import { type Atoms, baseAtoms, type FeePpm, type Lots, notionalAtoms, type Ticks } from '@glasshouse/units';
import { nextCharge } from '../ledger/fees.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

export function reserveAtoms(
  market: Market,
  side: Side,
  ticks: number,
  remainingLots: number,
  makerQuoteAtoms: Atoms,
  makerFeePpm: FeePpm,
): Atoms {
  if (market.kind === MARKET_KIND.perp) return 0 as Atoms;
  const { atomsPerTickLot, baseAtomsPerLot } = market.filters;
  if (side === SIDE.ask) return baseAtoms(remainingLots as Lots, baseAtomsPerLot);
  const notional = notionalAtoms(ticks as Ticks, remainingLots as Lots, atomsPerTickLot);
  const fee = nextCharge(makerQuoteAtoms, (makerQuoteAtoms + notional) as Atoms, makerFeePpm);
  return (notional + fee) as Atoms;
}

/** The reserve that an open order should have now. */
export function reserveOf(state: State, market: Market, handle: number): Atoms {
  const { pool } = state;
  return reserveAtoms(
    market,
    pool.side(handle),
    pool.priceTicks(handle),
    pool.remainingLots(handle),
    pool.makerQuoteAtoms(handle),
    pool.makerFeePpm(handle),
  );
}

/** The asset in which orders of this side are backed. */
export function reservedAssetId(market: Market, side: Side): number {
  return side === SIDE.bid ? market.quoteAssetId : market.baseAssetId;
}
