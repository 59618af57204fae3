// One account's ten-second settlement: positions to their marks, claims to money, and collateral to money when that is not enough.
import { convertCollateral } from '../orders/conversion.js';
import { settleClaim, settlementReason } from '../perps/settle-cash.js';
import { settlePositions } from '../perps/settle-positions.js';
import type { State } from '../state/state.js';

export function settleAccount(state: State, accountId: number): void {
  settlePositions(state, accountId);
  const reason = settlementReason(state, accountId);
  if (reason === undefined) return;
  const settle = () => settleClaim(state, accountId, reason);
  settle();
  const owing = () => -(state.unsettled.atoms[accountId] as number);
  if (owing() > 0) convertCollateral(state, accountId, owing, settle);
}
