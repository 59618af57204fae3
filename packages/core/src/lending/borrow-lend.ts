// Lending and borrowing by hand.
import type { BorrowLend } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';

export function borrowLend(state: State, command: BorrowLend): void {
  reject(state, 'notLendable', { asset: command.symbol });
}
