// Claims of profit and loss become cash (mechanics §6), or stay virtual when the account wants that and nothing forbids it.
import type { CullReason } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { collectUnsettled, payUnsettled, poolCash, poolOf } from '../ledger/claims.js';
import { availableAtoms } from '../ledger/ledger.js';
import { utilizationOf } from '../ledger/rates.js';
import { assetUnits } from '../margin/account.js';
import { ACCOUNT_FLAG } from '../state/accounts.js';
import type { Asset } from '../state/assets.js';
import type { State } from '../state/state.js';

type Reason = 'autoRealizePnl' | CullReason;

const wantsCash = ({ accounts }: State, accountId: number): boolean =>
  ((accounts.flags[accountId] as number) & ACCOUNT_FLAG.autoRealizePnl) !== 0;

/** Why virtual profit or loss must become cash; undefined when it may stay. */
function cullReason(state: State, accountId: number): CullReason | undefined {
  const asset = state.assets.list[state.settlementAssetId - 1] as Asset;
  const pool = poolOf(state, asset.assetId);
  const units = assetUnits(asset);
  const { virtualLimitPerAccount, virtualLimitInAll } = state.risk;
  if (utilizationOf(pool) > (asset.lending?.throttleThreshold ?? 0)) return 'poolUtilization';
  if (Math.abs(state.unsettled.atoms[accountId] as number) > virtualLimitPerAccount * units) return 'accountLimit';
  const inAll = Math.max(pool.virtualLentAtoms, pool.virtualBorrowedAtoms);
  return inAll > virtualLimitInAll * units ? 'systemLimit' : undefined;
}

function settleNow(state: State, accountId: number, reason: Reason): void {
  const { unsettled, settlementAssetId } = state;
  const owed = unsettled.atoms[accountId] as number;
  let cash = 0;
  if (owed > 0) {
    cash = Math.min(owed, poolCash(state, settlementAssetId));
    if (cash > 0) payUnsettled(state, accountId, cash as Atoms);
  } else {
    cash = -Math.min(-owed, availableAtoms(state, accountId, settlementAssetId));
    if (cash < 0) collectUnsettled(state, accountId, -cash as Atoms);
  }
  if (cash === 0) return;
  state.scope.emit?.({
    kind: 'cashSettled',
    accountId,
    assetId: settlementAssetId,
    cashAtoms: cash as Atoms,
    unsettledAtoms: unsettled.atoms[accountId] as Atoms,
    reason,
  });
}

export function settleCash(state: State, accountId: number): void {
  if (state.unsettled.atoms[accountId] === 0) return;
  const reason = wantsCash(state, accountId) ? 'autoRealizePnl' : cullReason(state, accountId);
  if (reason !== undefined) settleNow(state, accountId, reason);
}
