// How much of a position a provider may take over now: its own terms, its own initial margin, and the market's position limit.
import { initialMarginUsd } from '../../margin/account.js';
import { worstLots } from '../../margin/exposure.js';
import { standingOf } from '../../margin/standing.js';
import { sizeOf } from '../../perps/limits.js';
import { positionOf } from '../../state/account-positions.js';
import type { Backstop, BackstopOffer, BackstopTerms } from '../../state/backstops.js';
import type { Market } from '../../state/markets.js';
import { boundaryUs } from '../../state/schedule.js';
import type { State } from '../../state/state.js';

const HOUR_MS = 3_600_000;

/** A provider that may take over some of it, and how full it is. */
export type Candidate = {
  readonly backstop: Backstop;
  readonly lots: number;
  /** Position in the direction of what is taken over, as a part of its capacity. */
  readonly load: number;
};

export const hourOf = ({ timeUs }: State): number => boundaryUs(timeUs, HOUR_MS);

function takenThisHour(state: State, { taken }: Backstop, marketId: number): number {
  const counted = taken.find((one) => one.marketId === marketId);
  return counted?.hourStartUs === hourOf(state) ? counted.lots : 0;
}

/** What the terms offer in the market to who has so much equity. */
function offerOf({ minimumEquityUsd, offers }: BackstopTerms, marketId: number, equityUsd: number) {
  return equityUsd < minimumEquityUsd ? undefined : offers.find((offer) => offer.marketId === marketId);
}

/** The more of what it offers now and what it is still held to. */
function offerInForce({ terms, bound }: Backstop, marketId: number, equityUsd: number): BackstopOffer | undefined {
  const now = offerOf(terms, marketId, equityUsd);
  const before = bound === undefined ? undefined : offerOf(bound, marketId, equityUsd);
  if (now === undefined || before === undefined) return now ?? before;
  const capacityLots = Math.max(now.capacityLots, before.capacityLots);
  return { marketId, capacityLots, hourlyLots: Math.max(now.hourlyLots, before.hourlyLots) };
}

/** IMR < 100 % after taking `lots` (signed) at the mark; always when nothing is added to the worst case. */
function bears(state: State, accountId: number, market: Market, lots: number): boolean {
  const { positions } = state;
  const row = positionOf(state, accountId, market.marketId);
  const [size, bids, asks] =
    row === 0 ? [0, 0, 0] : [positions.sizeLots(row), positions.openBidLots(row), positions.openAskLots(row)];
  const before = worstLots(size, bids, asks);
  const after = worstLots(size + lots, bids, asks);
  if (Math.abs(after) <= Math.abs(before)) return true;
  const added = initialMarginUsd(state, accountId, market, after) - initialMarginUsd(state, accountId, market, before);
  const { lockedUsd, netEquityUsd } = standingOf(state, accountId);
  return lockedUsd + added < netEquityUsd;
}

/** The most of `wanted` lots that the provider bears, found by halving. */
function borne(state: State, accountId: number, market: Market, sign: number, wanted: number): number {
  if (bears(state, accountId, market, sign * wanted)) return wanted;
  let most = 0;
  let tooMany = wanted;
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (bears(state, accountId, market, sign * middle)) most = middle;
    else tooMany = middle;
  }
  return most;
}

/** Nobody takes over from itself, and nobody who is in trouble takes over at all. */
export function isFree(state: State, { accountId }: Backstop, fromId: number): boolean {
  const { accounts, customers, liquidations } = state;
  const customerId = accounts.customerId[accountId] as number;
  if (customerId === accounts.customerId[fromId] || customers.isOperators[customerId] === 1) return false;
  return !liquidations.has(accountId) && !liquidations.waits(accountId);
}

function candidateOf(state: State, market: Market, backstop: Backstop, fromId: number, wanted: number) {
  const { accountId } = backstop;
  const { marketId } = market;
  if (!isFree(state, backstop, fromId)) return undefined;
  const offer = offerInForce(backstop, marketId, standingOf(state, accountId).netEquityUsd);
  if (offer === undefined) return undefined;
  const sign = sizeOf(state, fromId, market) > 0 ? 1 : -1;
  const held = sign * sizeOf(state, accountId, market);
  const limit = Math.min(offer.capacityLots, market.perp?.positionLimitLots ?? 0);
  const most = Math.min(wanted, limit - held, offer.hourlyLots - takenThisHour(state, backstop, marketId));
  const lots = most <= 0 ? 0 : borne(state, accountId, market, sign, most);
  return lots === 0 ? undefined : { backstop, lots, load: Math.max(0, held) / offer.capacityLots };
}

/** The least loaded provider that takes any of it; of equals the one that enrolled as the older account. */
export function leastLoaded(state: State, market: Market, fromId: number, wanted: number): Candidate | undefined {
  let best: Candidate | undefined;
  for (const backstop of state.backstops.inOrder()) {
    const candidate = candidateOf(state, market, backstop, fromId, wanted);
    if (candidate !== undefined && (best === undefined || candidate.load < best.load)) best = candidate;
  }
  return best;
}
