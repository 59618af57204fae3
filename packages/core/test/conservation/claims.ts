// What accounts have a right to, counted from the state's tables and with nothing of the ledger's own code.
import { HOUSE } from '../../src/state/balances.js';
import type { State } from '../../src/state/state.js';

/** Per asset, in atoms: held, lent minus borrowed, and in the settlement asset unsettled PnL minus what positions cost. */
export type Claims = readonly number[];

function costOf({ accounts, positions }: State, accountId: number): number {
  let cost = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    cost += positions.costAtoms(row);
  }
  return cost;
}

/** None of it depends on a price: a settlement, a loan or a repayment moves it from one place to another. */
export function claimsOf(state: State, accountId: number): Claims {
  return state.balances.assets.map(({ availableAtoms, lockedAtoms, loanAtoms }, place) => {
    const held = (availableAtoms[accountId] as number) + (lockedAtoms[accountId] as number);
    const claim = held + (loanAtoms[accountId] as number);
    if (place + 1 !== state.settlementAssetId) return claim;
    return claim + (state.unsettled.atoms[accountId] as number) - costOf(state, accountId);
  });
}

/** By account id; place 0 is nobody's. */
export function allClaims(state: State): Claims[] {
  return Array.from({ length: state.accounts.count + 1 }, (_, accountId) =>
    accountId === 0 ? [] : claimsOf(state, accountId),
  );
}

export type Balance = { readonly assets: number; readonly liabilities: number };

/** What the chains hold of an asset, and to whom it is owed. The pool's cash is nobody's: the claims on it are. */
export function balanceSheet(state: State, assetId: number, claims: readonly Claims[]): Balance {
  const { houseAtoms } = state.balances.of(assetId);
  const houseClaims = state.pools[assetId - 1]?.houseClaims ?? [];
  let liabilities = 0;
  for (const ofAccount of claims) liabilities += ofAccount[assetId - 1] ?? 0;
  for (const claim of houseClaims) liabilities += claim;
  houseAtoms.forEach((atoms, house) => {
    if (house !== HOUSE.chain && house !== HOUSE.lendingPool) liabilities += atoms;
  });
  return { assets: -(houseAtoms[HOUSE.chain] as number), liabilities };
}
