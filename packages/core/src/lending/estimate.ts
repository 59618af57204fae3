// The price at which an account would be liquidated if it borrowed, repaid, lent or redeemed: the engine's own rule, asked about
// balances as they would be. Limits and margin are not: they say whether the loan is given, not what it would do.
import { type SupposedDraw, whileDrawn } from '../ledger/supposed.js';
import { liquidationIndex } from '../margin/liquidation.js';
import type { State } from '../state/state.js';
import { poolIfAny } from './limits.js';

/** The asset's index in USD; undefined when no price does it, and for what is not lent. */
export function liquidationIndexAfter(state: State, draw: SupposedDraw): number | undefined {
  const { accountId, assetId } = draw;
  if (!state.accounts.has(accountId) || poolIfAny(state, assetId) === undefined) return undefined;
  return whileDrawn(state, draw, (loanAtoms) => liquidationIndex(state, accountId, assetId, loanAtoms < 0));
}
