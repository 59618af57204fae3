// Announcing what happened to orders, levels and balances.
import { type ExpiryReason, ORDER_STATUS, type OrderStatus, type Side } from '@glasshouse/protocol';
import type { Lots, Ticks } from '@glasshouse/units';
import { positionViewOf } from '../state/position-views.js';
import type { State } from '../state/state.js';
import { balanceViewOf, orderViewOf } from '../state/views.js';
import type { Taker } from './taker.js';

export function announceAccepted(state: State, taker: Taker): void {
  const { emit, index } = state.scope;
  if (emit !== undefined) emit({ kind: 'orderAccepted', index, order: taker.view(ORDER_STATUS.new) });
}

export function announceTakerExpired(state: State, taker: Taker, reason: ExpiryReason): void {
  taker.expired = reason;
  state.scope.emit?.({ kind: 'orderExpired', order: taker.view(ORDER_STATUS.expired), reason });
}

/** An open order as it is about to leave: call before its handle is released. */
export function announceGone(state: State, handle: number, status: OrderStatus, reason?: ExpiryReason): void {
  const { emit } = state.scope;
  if (emit === undefined) return;
  const order = orderViewOf(state, handle, status);
  if (reason === undefined) emit({ kind: 'orderCancelled', order });
  else emit({ kind: 'orderExpired', order, reason });
}

/** The levels that the command touched, as they are now; each takes the next id of its market. */
export function announceLevels(state: State): void {
  const { levels, levelCells, emit } = state.scope;
  for (let cell = 0; cell < levelCells; cell += 3) {
    const marketId = levels[cell] as number;
    const market = state.markets.list[marketId - 1];
    if (market === undefined) continue;
    market.lastUpdateId += 1;
    if (emit === undefined) continue;
    const side = levels[cell + 1] as Side;
    const priceTicks = levels[cell + 2] as Ticks;
    const sizeLots = market.book.levelLots(side, priceTicks) as Lots;
    emit({ kind: 'levelChanged', marketId, updateId: market.lastUpdateId, side, priceTicks, sizeLots });
  }
}

/** The positions that the command touched, as they are now. */
export function announcePositions(state: State): void {
  const { positions, positionCells, emit } = state.scope;
  if (emit === undefined) return;
  for (let cell = 0; cell < positionCells; cell += 2) {
    const position = positionViewOf(state, positions[cell] as number, positions[cell + 1] as number);
    emit({ kind: 'positionChanged', position });
  }
}

/** The balances that the command touched, as they are now. */
export function announceBalances(state: State): void {
  const { balances, balanceCells, emit } = state.scope;
  if (emit === undefined) return;
  for (let cell = 0; cell < balanceCells; cell += 2) {
    const balance = balanceViewOf(state, balances[cell] as number, balances[cell + 1] as number);
    emit({ kind: 'balanceChanged', balance });
  }
}
