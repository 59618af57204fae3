// The backstop fund: what it has, and how it pays what a liquidated account cannot. What it pays is a loan of last resort: an
// account that has something left after all gives it back first. A debt of an asset that nobody sells becomes the fund's own, and as
// much of its money as that is worth at the index is spoken for.
import type { DeficitCovered } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { changeLoan, changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { payFromHouse, payHouse } from '../ledger/ledger.js';
import { payHouseClaims } from '../lending/house.js';
import { assetUnits } from '../margin/account.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { atomUsd } from './cost.js';

/** In cash and in claims on the pool; negative: a debt that it has taken over. */
export function fundAtomsOf({ balances, pools }: State, assetId: number): number {
  const { houseAtoms } = balances.of(assetId);
  const claim = pools[assetId - 1]?.houseClaims[HOUSE.backstopFund] ?? 0;
  return (houseAtoms[HOUSE.backstopFund] as number) + claim;
}

const usdOf = (state: State, asset: Asset, atoms: number): number =>
  (atoms / assetUnits(asset)) * usdPriceOf(state, asset.assetId);

/** What debts of other assets that the fund has taken over come to. */
function owedUsd(state: State): number {
  let usd = 0;
  for (const asset of state.assets.list) {
    const atoms = asset.assetId === state.settlementAssetId ? 0 : fundAtomsOf(state, asset.assetId);
    if (atoms < 0) usd += usdOf(state, asset, -atoms);
  }
  return usd;
}

/** What it can pay with, of the settlement asset. */
export function fundAtoms(state: State): number {
  const { settlementAssetId } = state;
  if (state.pools[settlementAssetId - 1] === undefined) return 0;
  const spokenFor = Math.ceil(owedUsd(state) / atomUsd(state));
  return Math.max(0, fundAtomsOf(state, settlementAssetId) - spokenFor);
}

/** What of it lies in its own cash account. */
export function fundCashAtoms(state: State): number {
  const cash = state.balances.of(state.settlementAssetId).houseAtoms[HOUSE.backstopFund] as number;
  return Math.max(0, Math.min(cash, fundAtoms(state)));
}

type Covered = Pick<DeficitCovered, 'assetId' | 'into'> & { readonly atoms: number };

function count(state: State, running: LiquidationCase, { assetId, atoms, into }: Covered): void {
  const { accountId } = running;
  const usd = usdOf(state, state.assets.list[assetId - 1] as Asset, atoms);
  running.coveredAtoms += assetId === state.settlementAssetId ? atoms : Math.ceil(usd / atomUsd(state));
  state.liquidationStatistics.countCovered(state.timeUs, usd);
  state.scope.emit?.({ kind: 'deficitCovered', accountId, assetId, quantityAtoms: atoms as Atoms, into });
}

/** Into the account's claim, or with a negative quantity back out of it. Returns what was paid. */
export function coverDeficit(state: State, running: LiquidationCase, atoms: number): number {
  const paid = Math.min(atoms, fundAtoms(state));
  if (paid === 0) return 0;
  changeUnsettled(state, running.accountId, paid);
  claimForHouse(state, state.settlementAssetId, HOUSE.backstopFund, -paid);
  count(state, running, { assetId: state.settlementAssetId, atoms: paid, into: 'unsettled' });
  return paid;
}

/** The fund's own units, for a purchase on behalf of the account or for its debt; negative: what the purchase has left over. */
export function lendUnits(state: State, running: LiquidationCase, assetId: number, atoms: number): void {
  if (atoms === 0) return;
  const { accountId } = running;
  if (atoms > 0) payFromHouse(state, accountId, assetId, HOUSE.backstopFund, atoms as Atoms);
  else payHouse(state, accountId, assetId, HOUSE.backstopFund, -atoms as Atoms);
  if (atoms < 0 && assetId !== state.settlementAssetId) payHouseClaims(state, assetId);
  count(state, running, { assetId, atoms, into: 'available' });
}

/** The account's debt becomes the fund's, as far as the fund has money for it. */
export function takeDebtOver(state: State, running: LiquidationCase, asset: Asset, debt: number): void {
  const { assetId } = asset;
  const affordable = Math.floor((fundAtoms(state) * atomUsd(state) * assetUnits(asset)) / usdPriceOf(state, assetId));
  const atoms = Math.min(debt, affordable);
  if (!(atoms > 0)) return;
  changeLoan(state, running.accountId, assetId, atoms);
  claimForHouse(state, assetId, HOUSE.backstopFund, -atoms);
  count(state, running, { assetId, atoms, into: 'loan' });
}
