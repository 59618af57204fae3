// Stage 3: opposing positions give up lots, chosen by the market's policy, at the mark, or where the account has less than nothing
// at the price that pays its deficit out of their profit.
import { SIDE } from '@glasshouse/protocol';
import type { Atoms, Lots } from '@glasshouse/units';
import { sizeOf } from '../../perps/limits.js';
import type { LiquidationCase } from '../../state/liquidations.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { atomUsd, dearestFee, mostFees } from '../cost.js';
import { isLive, type PositionExposure, positionExposures } from '../exposures.js';
import { payFund } from '../fees.js';
import { isLeftAlone, measure } from '../measure.js';
import { atMarkAtoms, closingSide, passOn } from '../pass-on.js';
import { allocate, type Deleveraged } from '../policies/allocate.js';
import { profitOf } from '../policies/winner.js';
import { lotsToRestore } from '../restore.js';
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
  const before = measure(state, fromId).maintenanceMarginUsd;
  passOn(state, market, { fromId, toId, side, lots, quoteAtoms });
  const freedUsd = before - measure(state, fromId).maintenanceMarginUsd;
  const feeAtoms = mostFees(state, running, { quoteAtoms: atMark, freedUsd, lostUsd: 0 });
  payFund(state, fromId, feeAtoms);
  running.fundFeeAtoms += feeAtoms;
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
    feeAtoms: feeAtoms as Atoms,
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

function livePositions(state: State, accountId: number): PositionExposure[] {
  const positions = positionExposures(state, accountId).filter(({ market }) => isLive(market));
  return positions.sort((a, b) => b.usd - a.usd);
}

/** At the mark, the largest positions first, until the account is sound. */
export function deleverageUntilSound(state: State, running: LiquidationCase): void {
  const { accountId } = running;
  for (const { market } of livePositions(state, accountId)) {
    if (isLeftAlone(state, measure(state, accountId))) return;
    deleverage(state, running, market, lotsToRestore(state, running, market, dearestFee(state)), 0);
  }
}

/** What those opposite could pay at most. */
function profitOpposite(state: State, accountId: number, market: Market): number {
  const winners = opposing(state, market, sizeOf(state, accountId, market));
  return winners.reduce((sum, winner) => sum + profitOf(winner), 0);
}

/** Those who can pay least come first: what they cannot pay is left to the others. */
function poorestFirst(state: State, accountId: number): PositionExposure[] {
  const positions = livePositions(state, accountId);
  const profits = new Map(positions.map(({ market }) => [market, profitOpposite(state, accountId, market)]));
  return positions.sort((a, b) => (profits.get(a.market) ?? 0) - (profits.get(b.market) ?? 0));
}

/** Everything that is left of the positions, and as much of the deficit as others' profit pays; each market its part of it. */
export function deleverageAll(state: State, running: LiquidationCase, deficitAtoms: number): void {
  const { accountId } = running;
  const positions = deficitAtoms === 0 ? livePositions(state, accountId) : poorestFirst(state, accountId);
  let left = deficitAtoms;
  let leftUsd = positions.reduce((sum, { usd }) => sum + usd, 0);
  positions.forEach(({ market, usd }, place) => {
    const isLast = place === positions.length - 1;
    const part = isLast ? left : Math.min(left, Math.ceil((left * usd) / leftUsd));
    const size = Math.abs(sizeOf(state, accountId, market));
    left -= deleverage(state, running, market, size, part);
    leftUsd -= usd;
  });
}
