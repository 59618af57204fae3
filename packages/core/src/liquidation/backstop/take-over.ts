// Stage 2: providers take positions over at the mark, part by part, until the account is sound again or nobody takes more.
import type { Atoms, Lots } from '@glasshouse/units';
import { sizeOf } from '../../perps/limits.js';
import type { LiquidationCase } from '../../state/liquidations.js';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { dearestFee } from '../cost.js';
import { isLive, positionExposures } from '../exposures.js';
import { isLeftAlone, measure } from '../measure.js';
import { atMarkAtoms, closingSide, passOn } from '../pass-on.js';
import { lotsToRestore } from '../restore.js';
import { chargeTaking } from './charge.js';
import { type Candidate, hourOf, leastLoaded } from './room.js';

function countHour(state: State, { backstop: { taken }, lots }: Candidate, marketId: number): void {
  const hourStartUs = hourOf(state);
  const counted = taken.find((one) => one.marketId === marketId);
  if (counted === undefined) {
    taken.push({ marketId, lots, hourStartUs });
    taken.sort((a, b) => a.marketId - b.marketId);
    return;
  }
  counted.lots = lots + (counted.hourStartUs === hourStartUs ? counted.lots : 0);
  counted.hourStartUs = hourStartUs;
}

/** `quoteAtoms` is what the lots are worth: parts of a whole add up to it, whatever each is rounded to. */
function assign(
  state: State,
  running: LiquidationCase,
  market: Market,
  candidate: Candidate,
  quoteAtoms: number,
): void {
  const { accountId } = running;
  const { backstop, lots } = candidate;
  const { accountId: providerId } = backstop;
  const side = closingSide(sizeOf(state, accountId, market));
  const before = measure(state, accountId).maintenanceMarginUsd;
  passOn(state, market, { fromId: accountId, toId: providerId, side, lots, quoteAtoms });
  countHour(state, candidate, market.marketId);
  const freedUsd = before - measure(state, accountId).maintenanceMarginUsd;
  const fees = chargeTaking(state, running, providerId, { quoteAtoms, freedUsd });
  state.scope.emit?.({
    kind: 'backstopAssigned',
    accountId,
    providerAccountId: providerId,
    marketId: market.marketId,
    side,
    sizeLots: lots as Lots,
    quoteAtoms: quoteAtoms as Atoms,
    markPrice: market.prices.markPrice,
    ...fees,
  });
}

/** How long providers go on taking over. */
export type Until = 'onePart' | 'sound' | 'closed';

function isDone(state: State, accountId: number, until: Until): boolean {
  return until !== 'closed' && isLeftAlone(state, measure(state, accountId));
}

function neededLots(state: State, running: LiquidationCase, market: Market, until: Until): number {
  return until === 'closed' ? Number.MAX_SAFE_INTEGER : lotsToRestore(state, running, market, dearestFee(state));
}

/** Parts of one position; returns how many have found a provider. */
function takeOverPosition(state: State, running: LiquidationCase, market: Market, until: Until): number {
  const { accountId } = running;
  const size = Math.abs(sizeOf(state, accountId, market));
  const part = Math.max(1, Math.ceil(size * state.risk.liquidation.stepFraction));
  let parts = 0;
  for (let left = size; left > 0 && !isDone(state, accountId, until); ) {
    const candidate = leastLoaded(
      state,
      market,
      accountId,
      Math.min(part, left, neededLots(state, running, market, until)),
    );
    if (candidate === undefined) return parts;
    const given = size - left;
    left -= candidate.lots;
    const worth = atMarkAtoms(state, market, size - left) - atMarkAtoms(state, market, given);
    assign(state, running, market, candidate, worth);
    parts += 1;
    if (until === 'onePart') return parts;
  }
  return parts;
}

/** Every position once, the largest first; returns how many parts have found a provider. */
function takeOverOnce(state: State, running: LiquidationCase, until: Until): number {
  const positions = positionExposures(state, running.accountId).filter(({ market }) => isLive(market));
  let parts = 0;
  for (const { market } of positions.sort((a, b) => b.usd - a.usd)) {
    if (until === 'onePart' && parts > 0) break;
    parts += takeOverPosition(state, running, market, until);
  }
  return parts;
}

/** How often they are asked in one turn. */
const MOST_TIMES = 8;

/**
 * True when providers took over anything. What a provider takes may make room for more, where it had the opposite: so they are asked
 * again until nobody takes another lot, but for the ever smaller ones that fees make room for.
 */
export function takeOver(state: State, running: LiquidationCase, until: Until): boolean {
  if (state.backstops.size === 0) return false;
  let parts = 0;
  for (let times = 0; times < MOST_TIMES; times += 1) {
    const taken = takeOverOnce(state, running, until);
    parts += taken;
    if (taken === 0 || until === 'onePart') break;
  }
  return parts > 0;
}
