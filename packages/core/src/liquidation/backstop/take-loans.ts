// Stage 2 of what is owed: providers take loans over, each part with collateral that is worth as much at the index, until the account is
// sound again or nobody takes more.
import type { Atoms } from '@glasshouse/units';
import { postLoan } from '../../lending/interest.js';
import { debtAtoms } from '../../lending/margin.js';
import { assetIsPriced } from '../../prices/asset-sample.js';
import type { Asset } from '../../state/assets.js';
import type { LiquidationCase } from '../../state/liquidations.js';
import type { State } from '../../state/state.js';
import { atomUsd, dearestFee, noteBacking, shareOfBacking } from '../cost.js';
import { loanExposures } from '../exposures.js';
import { isLeftAlone, measure } from '../measure.js';
import { fewest } from '../restore.js';
import { chargeTaking } from './charge.js';
import {
  type Collateral,
  collateralsOf,
  freedByUsd,
  gainedByUsd,
  handOver,
  loanPart,
  loanWorthOf,
  usdOf,
} from './loan-part.js';
import { type LoanCandidate, leastLoadedFor } from './loan-room.js';
import { hourOf } from './room.js';
import { takeOver, type Until } from './take-over.js';

function countHour(state: State, { backstop: { loansTaken }, part }: LoanCandidate): void {
  const { assetId } = part.asset;
  const hourStartUs = hourOf(state);
  const counted = loansTaken.find((one) => one.assetId === assetId);
  if (counted === undefined) {
    loansTaken.push({ assetId, atoms: part.atoms, hourStartUs });
    loansTaken.sort((a, b) => a.assetId - b.assetId);
    return;
  }
  counted.atoms = part.atoms + (counted.hourStartUs === hourStartUs ? counted.atoms : 0);
  counted.hourStartUs = hourStartUs;
}

function assign(state: State, running: LiquidationCase, candidate: LoanCandidate): void {
  const { accountId } = running;
  const { backstop, part } = candidate;
  const { asset, atoms, collateral } = part;
  const providerId = backstop.accountId;
  const quoteAtoms = Math.floor(usdOf(state, asset, atoms) / atomUsd(state));
  const freedUsd = freedByUsd(state, accountId, part);
  handOver(state, accountId, providerId, part);
  countHour(state, candidate);
  const fees = chargeTaking(state, running, providerId, { quoteAtoms, freedUsd });
  state.scope.emit?.({
    kind: 'loanAssigned',
    accountId,
    providerAccountId: providerId,
    assetId: asset.assetId,
    quantityAtoms: atoms as Atoms,
    quoteAtoms: quoteAtoms as Atoms,
    collateralAssetId: collateral.asset.assetId,
    collateralAtoms: collateral.atoms as Atoms,
    collateralFrom: collateral.from,
    ...fees,
  });
}

/** The fewest atoms of the loan that make the account sound when they go over with this collateral; `most` when none do. */
function atomsToRestore(
  state: State,
  running: LiquidationCase,
  asset: Asset,
  collateral: Collateral,
  most: number,
): number {
  const { accountId } = running;
  const { netEquityUsd, maintenanceMarginUsd } = measure(state, accountId);
  return fewest(most, (atoms) => {
    const part = loanPart(state, asset, atoms, collateral);
    const freed = freedByUsd(state, accountId, part);
    const fee = Math.min(dearestFee(state) * usdOf(state, asset, atoms), shareOfBacking(state, running) * freed);
    return maintenanceMarginUsd - freed < netEquityUsd + gainedByUsd(state, accountId, part) - fee;
  });
}

/** One part of the loan with the first collateral with which somebody takes it. */
function takePart(state: State, running: LiquidationCase, asset: Asset, part: number): boolean {
  const { accountId } = running;
  for (const collateral of collateralsOf(state, accountId)) {
    const { assetId } = collateral.asset;
    if (assetId === asset.assetId || !assetIsPriced(state, assetId)) continue;
    const most = Math.min(part, debtAtoms(state, accountId, asset.assetId), loanWorthOf(state, asset, collateral));
    if (most <= 0) continue;
    const wanted = atomsToRestore(state, running, asset, collateral, most);
    const candidate = leastLoadedFor(state, accountId, asset, collateral, wanted);
    if (candidate === undefined) continue;
    assign(state, running, candidate);
    return true;
  }
  return false;
}

/** Of one loan in one turn: fees make room for ever smaller ones. */
const MOST_PARTS = 64;

/** Parts of one loan, with the interest that has gathered on it; true when any has found a provider. */
function takeLoan(state: State, running: LiquidationCase, asset: Asset, until: Until): boolean {
  const { accountId } = running;
  postLoan(state, accountId, asset.assetId);
  noteBacking(running, measure(state, accountId));
  const part = Math.ceil(debtAtoms(state, accountId, asset.assetId) * state.risk.liquidation.stepFraction);
  let parts = 0;
  while (
    parts < MOST_PARTS &&
    !isLeftAlone(state, measure(state, accountId)) &&
    takePart(state, running, asset, part)
  ) {
    parts += 1;
    if (until === 'onePart') break;
  }
  return parts > 0;
}

/** The largest loans first. True when providers took over anything. */
function takeLoans(state: State, running: LiquidationCase, until: Until): boolean {
  let taken = false;
  for (const { asset } of loanExposures(state, running.accountId).sort((a, b) => b.usd - a.usd)) {
    if (!assetIsPriced(state, asset.assetId)) continue;
    taken = takeLoan(state, running, asset, until) || taken;
    if (taken && until === 'onePart') return true;
  }
  return taken;
}

/** Positions, then loans. True when providers took over anything. */
export function passToProviders(state: State, running: LiquidationCase, until: Until): boolean {
  if (state.backstops.size === 0) return false;
  const positions = takeOver(state, running, until);
  if (positions && (until === 'onePart' || isLeftAlone(state, measure(state, running.accountId)))) return true;
  return takeLoans(state, running, until) || positions;
}
