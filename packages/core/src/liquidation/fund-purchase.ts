// What a bankrupt account owes of an asset other than the settlement asset, paid by the fund: out of what it has of the asset, then
// by buying it through the account within one turn, then by owing it itself. What a purchase brings beyond the debt, an order being
// no smaller than its market takes, is the fund's, and pays for the next.
import { availableAtoms } from '../ledger/ledger.js';
import { debtAtoms } from '../lending/margin.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import { concludeTrade } from './book-stage.js';
import { fundCashAtoms, lendUnits, takeDebtOver } from './fund.js';
import { buyBack, repayAvailable } from './loan-step.js';
import { measure } from './measure.js';

function payInKind(state: State, running: LiquidationCase, { assetId }: Asset): void {
  const { accountId } = running;
  const units = Math.max(0, state.balances.of(assetId).houseAtoms[HOUSE.backstopFund] as number);
  lendUnits(state, running, assetId, Math.min(units, debtAtoms(state, accountId, assetId)));
  repayAvailable(state, accountId, assetId, Number.MAX_SAFE_INTEGER);
}

/** True when some of the debt was bought back. */
function buy(state: State, running: LiquidationCase, asset: Asset): boolean {
  const { accountId } = running;
  const { settlementAssetId } = state;
  const cash = fundCashAtoms(state);
  if (cash === 0) return false;
  const before = measure(state, accountId);
  const own = availableAtoms(state, accountId, settlementAssetId);
  const units = availableAtoms(state, accountId, asset.assetId);
  lendUnits(state, running, settlementAssetId, cash);
  const bought = buyBack(state, running, asset, { at: before, surplusIsKept: true });
  const left = availableAtoms(state, accountId, settlementAssetId) - own;
  lendUnits(state, running, settlementAssetId, -Math.max(0, left));
  if (bought === undefined) return false;
  lendUnits(state, running, asset.assetId, -Math.max(0, availableAtoms(state, accountId, asset.assetId) - units));
  concludeTrade(state, running, bought, { before, feeAtoms: 0 });
  return true;
}

/** True when some of the debt was bought back on the book: there may be more to buy in another turn. */
export function payWithFund(state: State, running: LiquidationCase, asset: Asset): boolean {
  if (!assetIsPriced(state, asset.assetId)) return false;
  payInKind(state, running, asset);
  const debt = debtAtoms(state, running.accountId, asset.assetId);
  if (debt === 0) return false;
  if (buy(state, running, asset)) return true;
  takeDebtOver(state, running, asset, debt);
  return false;
}
