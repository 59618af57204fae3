// The fund buys what a bankrupt account owes of an asset other than its own, through the account, within one turn: what the purchase
// leaves over goes back at once.
import { availableAtoms } from '../ledger/ledger.js';
import type { Asset } from '../state/assets.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { concludeTrade } from './book-stage.js';
import { fundCashAtoms, lendCash } from './fund.js';
import { buyBack } from './loan-step.js';
import { measure } from './measure.js';

/** True when some of the debt was bought back. */
export function buyWithFund(state: State, running: LiquidationCase, asset: Asset): boolean {
  const { accountId } = running;
  const cash = fundCashAtoms(state);
  if (cash === 0) return false;
  const before = measure(state, accountId);
  const own = availableAtoms(state, accountId, state.settlementAssetId);
  lendCash(state, running, cash);
  const bought = buyBack(state, running, asset, before);
  const left = availableAtoms(state, accountId, state.settlementAssetId) - own;
  lendCash(state, running, -Math.max(0, left));
  if (bought === undefined) return false;
  concludeTrade(state, running, bought, { before, feeAtoms: 0 });
  return true;
}
