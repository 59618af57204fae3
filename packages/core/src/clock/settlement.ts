// One account's ten-second settlement: positions to their marks, then claims to money.
import { settleClaim, settlementReason } from '../perps/settle-cash.js';
import { settlePositions } from '../perps/settle-positions.js';
import type { State } from '../state/state.js';

export function settleAccount(state: State, accountId: number): void {
  settlePositions(state, accountId);
  const reason = settlementReason(state, accountId);
  if (reason !== undefined) settleClaim(state, accountId, reason);
}
