// Stage 3: opposing positions give up lots, chosen by the market's policy, at the mark, or where the account has less than nothing
// at the price that pays its deficit out of their profit.
import { SIDE } from '@glasshouse/protocol';
import type { Atoms, Lots } from '@glasshouse/units';
import { lotsUsd } from '../../margin/account.js';
import { curveAt } from '../../margin/curves.js';
import { sizeOf } from '../../perps/limits.js';
import type { LiquidationCase } from '../../state/liquidations.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { isLive, type PositionExposure, positionExposures } from '../exposures.js';
import { atomUsd } from '../fees.js';
import { isSound, measure } from '../measure.js';
import { atMarkAtoms, closingSide, passOn } from '../pass-on.js';
import { allocate, type Deleveraged } from '../policies/allocate.js';
import { opposing } from './opposing.js';

/** `atMark` is what the lots are worth: parts of a whole add up to it, whatever each is rounded to. */
function closeAgainst(
  state: State,
  running: LiquidationCase,
  market: Market,
  closed: Deleveraged,
  atMark: number,
): void {
  const { accountId: fromId } = running;
  const { accountId: toId, lots, takenAtoms } = closed;
  const side = closingSide(sizeOf(state, fromId, market));
  const quoteAtoms = side === SIDE.ask ? atMark + takenAtoms : atMark - takenAtoms;
  passOn(state, market, { fromId, toId, side, lots, quoteAtoms });
  const usd = atMark * atomUsd(state);
  running.deleveragedUsd += usd;
  state.liquidationStatistics.count(state.timeUs, 'deleverage', usd);
  state.liquidationStatistics.countTaken(state.timeUs, takenAtoms * atomUsd(state));
  state.scope.emit?.({
    kind: 'deleveraged',
    accountId: fromId,
    counterpartyAccountId: toId,
    marketId: market.marketId,
    side,
    sizeLots: lots as Lots,
    quoteAtoms: quoteAtoms as Atoms,
    markPrice: market.prices.markPrice,
    takenAtoms: takenAtoms as Atoms,
    policy: market.perp?.deleveragePolicy ?? 'queue',
  });
}

/** Closes so many lots; returns what was taken of others' profit. */
function deleverage(
  state: State,
  running: LiquidationCase,
  market: Market,
  needLots: number,
  needAtoms: number,
): number {
  const size = sizeOf(state, running.accountId, market);
  const policy = market.perp?.deleveragePolicy ?? 'queue';
  let taken = 0;
  let lots = 0;
  for (const closed of allocate(policy, { needLots, needAtoms }, opposing(state, market, size))) {
    const before = atMarkAtoms(state, market, lots);
    lots += closed.lots;
    closeAgainst(state, running, market, closed, atMarkAtoms(state, market, lots) - before);
    taken += closed.takenAtoms;
  }
  return taken;
}

/** Fewest lots whose closing at the mark makes the account sound; all when none do. */
function lotsToRestore(state: State, accountId: number, market: Market): number {
  const size = Math.abs(sizeOf(state, accountId, market));
  const { netEquityUsd, maintenanceMarginUsd } = measure(state, accountId);
  const { base, factor } = market.perp?.mmf ?? { base: 0, factor: 0 };
  const maintenanceOf = (lots: number): number => {
    const usd = lotsUsd(state, market, lots);
    return usd * curveAt({ base, factor }, usd);
  };
  const others = maintenanceMarginUsd - maintenanceOf(size);
  const restores = (lots: number): boolean => others + maintenanceOf(size - lots) < netEquityUsd;
  if (!restores(size)) return size;
  let tooFew = 0;
  let enough = size;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (restores(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function livePositions(state: State, accountId: number): PositionExposure[] {
  const positions = positionExposures(state, accountId).filter(({ market }) => isLive(market));
  return positions.sort((a, b) => b.usd - a.usd);
}

/** At the mark, the largest positions first, until the account is sound. */
export function deleverageUntilSound(state: State, running: LiquidationCase): void {
  const { accountId } = running;
  for (const { market } of livePositions(state, accountId)) {
    if (isSound(measure(state, accountId))) return;
    deleverage(state, running, market, lotsToRestore(state, accountId, market), 0);
  }
}

/** Everything that is left of the positions, and as much of the deficit as others' profit pays; each market its part of it. */
export function deleverageAll(state: State, running: LiquidationCase, deficitAtoms: number): void {
  const positions = livePositions(state, running.accountId);
  let left = deficitAtoms;
  let leftUsd = positions.reduce((sum, { usd }) => sum + usd, 0);
  for (const { market, usd } of positions) {
    const part = leftUsd <= usd ? left : Math.min(left, Math.ceil((left * usd) / leftUsd));
    const size = Math.abs(sizeOf(state, running.accountId, market));
    left -= deleverage(state, running, market, size, part);
    leftUsd -= usd;
  }
}
