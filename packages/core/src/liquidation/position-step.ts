// A part of a position, offered to the book at a price at which closing costs no more than it may.
import type { PerpTerms } from '@glasshouse/protocol';
import { lotsUsd } from '../margin/account.js';
import { curveAt } from '../margin/curves.js';
import { quoteAtomsPerLot } from '../margin/value.js';
import type { LiquidationFill } from '../orders/place.js';
import { sizeOf } from '../perps/limits.js';
import { takerEdge } from '../prices/bands.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { type Closing, closeOnBook } from './closing-order.js';
import { dearestFee, shareOfBacking } from './cost.js';
import { closingSide } from './pass-on.js';
import { lotsToRestore, maintenanceUsd } from './restore.js';
import { ROUNDING_ATOMS, takerFeeFraction, ticksNoWorse, worstPrice } from './worst-price.js';

/** What a trade of a liquidation did, and what of it a fee may be taken on. */
export type BookTrade = {
  readonly market: Market;
  readonly closing: Closing;
  readonly fill: LiquidationFill;
  readonly fairPrice: number;
  /** Maintenance margin fraction of what was closed. */
  readonly mmf: number;
};

/** The step's part of the position, or less when less will do. */
function stepLots(state: State, running: LiquidationCase, market: Market, size: number): number {
  const { minLots, maxLots } = market.filters;
  if (!state.risk.liquidation.gradual) return Math.min(Math.abs(size), maxLots);
  const part = Math.ceil(Math.abs(size) * state.risk.liquidation.stepFraction);
  const { maxFee } = state.risk.liquidation;
  const wanted = Math.max(minLots, Math.min(part, lotsToRestore(state, running, market, maxFee)));
  return Math.min(wanted, Math.abs(size), maxLots);
}

/** Loss allowed per notional of the step: what closing may cost. Never negative: closing at the mark harms nobody. */
function allowanceOf(state: State, running: LiquidationCase, market: Market, lots: number): number {
  const held = Math.abs(sizeOf(state, running.accountId, market));
  const closed = lotsUsd(state, market, lots);
  const freed = maintenanceUsd(state, market, held) - maintenanceUsd(state, market, held - lots);
  const allowed = Math.min(dearestFee(state), (shareOfBacking(state, running) * freed) / closed);
  const lotAtoms = quoteAtomsPerLot(state, market) * market.prices.markPrice;
  return allowed - ROUNDING_ATOMS / lotAtoms;
}

type Offer = { readonly running: LiquidationCase; readonly size: number; readonly lots: number };

function worstTicksOf(state: State, market: Market, { running, size, lots }: Offer): number {
  const side = closingSide(size);
  if (!state.risk.liquidation.gradual) return takerEdge(market, side).ticks;
  const allowance = allowanceOf(state, running, market, lots);
  const fee = takerFeeFraction(state, market, running.accountId);
  return ticksNoWorse(market, side, worstPrice(side, market.prices.markPrice, allowance, fee));
}

/** Undefined when the book takes nothing of it. */
export function stepPosition(state: State, running: LiquidationCase, market: Market): BookTrade | undefined {
  const { accountId } = running;
  const size = sizeOf(state, accountId, market);
  const lots = stepLots(state, running, market, size);
  const fairPrice = market.prices.markPrice;
  const worstTicks = worstTicksOf(state, market, { running, size, lots });
  const closing = { side: closingSide(size), lots, worstTicks };
  const mmf = curveAt((market.perp as PerpTerms).mmf, lotsUsd(state, market, Math.abs(size)));
  const fill = closeOnBook(state, market, accountId, closing);
  return fill === undefined ? undefined : { market, closing, fill, fairPrice, mmf };
}
