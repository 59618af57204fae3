// One account's ten-second settlement: positions to their marks, then claims to cash.
import { settleCash } from '../perps/settle-cash.js';
import { settlePositions } from '../perps/settle-positions.js';
import type { State } from '../state/state.js';

export function settleAccount(state: State, accountId: number): void {
  settlePositions(state, accountId);
  settleCash(state, accountId);
}
