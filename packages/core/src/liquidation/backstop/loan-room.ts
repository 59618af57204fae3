// How much of a loan a provider may take over now: its own terms, its own initial margin, and what an account may owe of the asset.
import { lendingTermsOf } from '../../lending/limits.js';
import { debtAtoms, marginRefusal } from '../../lending/margin.js';
import { standingOf } from '../../margin/standing.js';
import type { Asset } from '../../state/assets.js';
import type { Backstop, BackstopTerms, LoanOffer } from '../../state/backstops.js';
import type { State } from '../../state/state.js';
import { type Collateral, type LoanPart, loanPart, shiftOf } from './loan-part.js';
import { hourOf, isFree } from './room.js';

/** A provider that may take over a part of it, and how full it is. */
export type LoanCandidate = { readonly backstop: Backstop; readonly part: LoanPart; readonly load: number };

function offerOf({ minimumEquityUsd, loans }: BackstopTerms, assetId: number, equityUsd: number) {
  return equityUsd < minimumEquityUsd ? undefined : loans.find((offer) => offer.assetId === assetId);
}

/** The more of what it offers now and what it is still held to. */
function offerInForce({ terms, bound }: Backstop, assetId: number, equityUsd: number): LoanOffer | undefined {
  const now = offerOf(terms, assetId, equityUsd);
  const before = bound === undefined ? undefined : offerOf(bound, assetId, equityUsd);
  if (now === undefined || before === undefined) return now ?? before;
  const capacityAtoms = Math.max(now.capacityAtoms, before.capacityAtoms);
  return { assetId, capacityAtoms, hourlyAtoms: Math.max(now.hourlyAtoms, before.hourlyAtoms) };
}

function takenThisHour(state: State, { loansTaken }: Backstop, assetId: number): number {
  const counted = loansTaken.find((one) => one.assetId === assetId);
  return counted?.hourStartUs === hourOf(state) ? counted.atoms : 0;
}

/** The most of `wanted` that the provider's initial margin bears, found by halving. */
function borne(state: State, providerId: number, asset: Asset, collateral: Collateral, wanted: number): number {
  const bears = (atoms: number): boolean => {
    const shift = shiftOf(state, providerId, loanPart(state, asset, atoms, collateral));
    return marginRefusal(state, providerId, shift) === undefined;
  };
  if (bears(wanted)) return wanted;
  let most = 0;
  let tooMuch = wanted;
  while (tooMuch - most > 1) {
    const middle = Math.floor((most + tooMuch) / 2);
    if (bears(middle)) most = middle;
    else tooMuch = middle;
  }
  return most;
}

function candidateOf(
  state: State,
  backstop: Backstop,
  asset: Asset,
  collateral: Collateral,
  wanted: number,
): LoanCandidate | undefined {
  const { accountId } = backstop;
  const { assetId } = asset;
  const offer = offerInForce(backstop, assetId, standingOf(state, accountId).netEquityUsd);
  if (offer === undefined) return undefined;
  const owed = debtAtoms(state, accountId, assetId);
  const limit = Math.min(offer.capacityAtoms, lendingTermsOf(state, assetId).borrowLimitAtoms) - owed;
  const most = Math.min(wanted, limit, offer.hourlyAtoms - takenThisHour(state, backstop, assetId));
  const atoms = most <= 0 ? 0 : borne(state, accountId, asset, collateral, most);
  if (atoms === 0) return undefined;
  return { backstop, part: loanPart(state, asset, atoms, collateral), load: owed / offer.capacityAtoms };
}

/** The least loaded provider that takes any of it; of equals the older account. */
export function leastLoadedFor(
  state: State,
  fromId: number,
  asset: Asset,
  collateral: Collateral,
  wanted: number,
): LoanCandidate | undefined {
  let best: LoanCandidate | undefined;
  for (const backstop of state.backstops.inOrder()) {
    if (!isFree(state, backstop, fromId)) continue;
    const candidate = candidateOf(state, backstop, asset, collateral, wanted);
    if (candidate !== undefined && (best === undefined || candidate.load < best.load)) best = candidate;
  }
  return best;
}
