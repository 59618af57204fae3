// A part of what an account owes, paid back: out of what it holds of the asset, by buying the asset, or by selling collateral for it.
import { MARKET_KIND, type MaintenanceView, SIDE } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { poolCash } from '../ledger/claims.js';
import { availableAtoms } from '../ledger/ledger.js';
import { redeemUpTo } from '../lending/available.js';
import { repay } from '../lending/loans.js';
import { debtAtoms } from '../lending/margin.js';
import { assetUnits, collateralUsd, heldAtoms } from '../margin/account.js';
import { curveAt } from '../margin/curves.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import type { Asset } from '../state/assets.js';
import type { LiquidationCase } from '../state/liquidations.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { closeOnBook } from './closing-order.js';
import { shareOfBacking } from './cost.js';
import { isLive, loanExposures } from './exposures.js';
import type { BookTrade } from './position-step.js';
import { ROUNDING_ATOMS, takerFeeFraction, ticksNoWorse, worstPrice } from './worst-price.js';

const SOURCE = 'liquidation';

/** Repays out of what is available. Returns what was repaid. */
export function repayAvailable(state: State, accountId: number, assetId: number, most: number): number {
  const atoms = Math.min(
    most,
    debtAtoms(state, accountId, assetId),
    availableAtoms(state, accountId, assetId),
  ) as Atoms;
  return atoms <= 0 ? 0 : repay(state, { accountId, assetId, atoms, source: SOURCE });
}

/** What the account can give of the asset: lends come back without throttle as long as the pool has cash. */
function withinReach(state: State, accountId: number, assetId: number): number {
  const lent = Math.max(0, state.balances.of(assetId).loanAtoms[accountId] as number);
  const redeemable = lent === 0 ? 0 : Math.min(lent, poolCash(state, assetId));
  return availableAtoms(state, accountId, assetId) + redeemable;
}

function bring(state: State, accountId: number, assetId: number, atoms: number): void {
  const missing = Math.ceil(atoms) - availableAtoms(state, accountId, assetId);
  if (missing > 0) redeemUpTo(state, accountId, assetId, missing, SOURCE, 'exempt');
}

const maintenanceFraction = ({ lending }: Asset, usd: number): number =>
  lending === undefined ? 0 : curveAt(lending.mmf, usd);

/** The asset's price in the other. */
function crossPrice(state: State, baseId: number, quoteId: number): number {
  return usdPriceOf(state, baseId) / usdPriceOf(state, quoteId);
}

/** The part of a debt that one step pays back, in atoms. All of it when nothing stands behind it. */
function partOf(state: State, debt: number, at: MaintenanceView): number {
  return at.netEquityUsd <= 0 ? debt : Math.ceil(debt * state.risk.liquidation.stepFraction);
}

const isPair = ({ kind, baseAssetId, quoteAssetId }: Market, baseId: number, quoteId: number): boolean =>
  kind === MARKET_KIND.spot && baseAssetId === baseId && quoteAssetId === quoteId;

/**
 * Loss allowed per notional of the purchase. What is bought beyond the debt frees no margin, and counts only at its weight. A part
 * of the purchase has no more beyond the debt than the whole.
 */
function purchaseAllowance({ collateral }: Asset, perDebt: number, debt: number, bought: number): number {
  const surplus = Math.max(0, bought - debt) / bought;
  return perDebt * (1 - surplus) - surplus * (1 - (collateral?.weight ?? 0));
}

export type Purchase = {
  /** How the account stands now. */
  readonly at: MaintenanceView;
  /** Whoever pays keeps what is bought beyond the debt, so that it counts in full. */
  readonly surplusIsKept?: boolean;
};

/** Buys what is owed for the settlement asset. */
export function buyBack(
  state: State,
  running: LiquidationCase,
  asset: Asset,
  { at, surplusIsKept = false }: Purchase,
): BookTrade | undefined {
  const { accountId } = running;
  const { settlementAssetId } = state;
  const market = state.markets.list.find((one) => isPair(one, asset.assetId, settlementAssetId));
  const debt = debtAtoms(state, accountId, asset.assetId);
  if (market === undefined || debt === 0 || !isLive(market)) return undefined;
  const { baseAtomsPerLot, atomsPerTickLot, minLots, maxLots } = market.filters;
  const fairPrice = crossPrice(state, asset.assetId, settlementAssetId);
  const usd = (debt / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  const mmf = maintenanceFraction(asset, usd);
  const backed = at.netEquityUsd <= 0 ? 1 : Math.min(1, shareOfBacking(state, running));
  const fee = takerFeeFraction(state, market, accountId);
  const wanted = Math.max(minLots, Math.ceil(partOf(state, debt, at) / baseAtomsPerLot));
  const lotAtoms = (baseAtomsPerLot / assetUnits(asset)) * fairPrice * assetUnits(settlementOf(state));
  const bought = wanted * baseAtomsPerLot;
  const counted = surplusIsKept ? Math.max(debt, bought) : debt;
  const allowance = purchaseAllowance(asset, mmf * backed, counted, bought) - ROUNDING_ATOMS / lotAtoms;
  const worstTicks = ticksNoWorse(market, SIDE.bid, worstPrice(SIDE.bid, fairPrice, allowance, fee));
  if (worstTicks === 0) return undefined;
  const lotCost = worstTicks * atomsPerTickLot * (1 + fee);
  const affordable = Math.floor((withinReach(state, accountId, settlementAssetId) - ROUNDING_ATOMS) / lotCost);
  const closing = { side: SIDE.bid, lots: Math.min(wanted, affordable, maxLots), worstTicks };
  bring(state, accountId, settlementAssetId, closing.lots * lotCost + ROUNDING_ATOMS);
  const fill = closeOnBook(state, market, accountId, closing);
  if (fill === undefined) return undefined;
  repayAvailable(state, accountId, asset.assetId, Number.MAX_SAFE_INTEGER);
  return { market, closing, fill, fairPrice, mmf };
}

const settlementOf = (state: State): Asset => state.assets.list[state.settlementAssetId - 1] as Asset;

/** Where the account's collateral can be sold for the settlement asset: that of the highest weight first. */
function sales(state: State, accountId: number): Market[] {
  const { markets, assets, settlementAssetId } = state;
  const weightOf = ({ baseAssetId }: Market): number => assets.list[baseAssetId - 1]?.collateral?.weight ?? 0;
  return markets.list
    .filter(({ kind, quoteAssetId }) => kind === MARKET_KIND.spot && quoteAssetId === settlementAssetId)
    .filter((market) => heldAtoms(state, accountId, market.baseAssetId) > 0)
    .sort((a, b) => weightOf(b) - weightOf(a));
}

/** The lowest price at which selling so much of the collateral leaves the equity where it is, in USD. */
function equalPriceUsd(state: State, accountId: number, asset: Asset, atoms: number): number {
  const held = heldAtoms(state, accountId, asset.assetId);
  const counted = collateralUsd(state, asset, held) - collateralUsd(state, asset, held - atoms);
  return counted / (atoms / assetUnits(asset));
}

/** Sells collateral for `needAtoms` of the settlement asset in one market. `tolerated` is the largest loss against the index. */
function sell(
  state: State,
  market: Market,
  accountId: number,
  needAtoms: number,
  tolerated: number,
): BookTrade | undefined {
  const asset = state.assets.list[market.baseAssetId - 1] as Asset;
  if (!isLive(market) || !assetIsPriced(state, asset.assetId)) return undefined;
  const { baseAtomsPerLot, minLots, maxLots } = market.filters;
  const fairPrice = crossPrice(state, asset.assetId, state.settlementAssetId);
  const lotAtoms = (baseAtomsPerLot / assetUnits(asset)) * fairPrice * assetUnits(settlementOf(state));
  const wanted = Math.max(minLots, Math.ceil(needAtoms / lotAtoms));
  const held = Math.floor(withinReach(state, accountId, asset.assetId) / baseAtomsPerLot);
  const lots = Math.min(wanted, held, maxLots);
  if (lots < minLots) return undefined;
  const fee = takerFeeFraction(state, market, accountId);
  const slack = ROUNDING_ATOMS / lotAtoms;
  const equal =
    equalPriceUsd(state, accountId, asset, lots * baseAtomsPerLot) / usdPriceOf(state, state.settlementAssetId);
  const worst = Math.max(
    worstPrice(SIDE.ask, equal, -slack, fee),
    worstPrice(SIDE.ask, fairPrice, tolerated - slack, fee),
  );
  const closing = { side: SIDE.ask, lots, worstTicks: ticksNoWorse(market, SIDE.ask, worst) };
  bring(state, accountId, asset.assetId, lots * baseAtomsPerLot);
  const fill = closeOnBook(state, market, accountId, closing);
  return fill === undefined ? undefined : { market, closing, fill, fairPrice, mmf: tolerated };
}

/** The settlement asset within reach buys at least the smallest order of something that is owed. */
function canBuy(state: State, accountId: number): boolean {
  const { settlementAssetId, markets } = state;
  const reach = withinReach(state, accountId, settlementAssetId);
  return loanExposures(state, accountId).some(({ asset }) => {
    const market = markets.list.find((one) => isPair(one, asset.assetId, settlementAssetId));
    if (market === undefined) return false;
    const { baseAtomsPerLot, minLots } = market.filters;
    const price = crossPrice(state, asset.assetId, settlementAssetId) * (1 + maintenanceFraction(asset, 0));
    const least = ((minLots * baseAtomsPerLot) / assetUnits(asset)) * price * assetUnits(settlementOf(state));
    return reach - ROUNDING_ATOMS > least * (1 + takerFeeFraction(state, market, accountId));
  });
}

/** Something is left that a market could take, now or later. */
export function hasSellable(state: State, accountId: number): boolean {
  if (canBuy(state, accountId)) return true;
  return sales(state, accountId).some(({ baseAssetId, filters }) => {
    return heldAtoms(state, accountId, baseAssetId) >= filters.minLots * filters.baseAtomsPerLot;
  });
}

/** Sells collateral in the first market that takes any of it. */
export function sellCollateral(
  state: State,
  accountId: number,
  needAtoms: number,
  tolerated: number,
): BookTrade | undefined {
  for (const market of sales(state, accountId)) {
    const trade = sell(state, market, accountId, needAtoms, tolerated);
    if (trade !== undefined) return trade;
  }
  return undefined;
}

/** Less than the smallest order buys: what came with it beyond the debt would count for less than it costs. */
function isBelowOrder({ markets, settlementAssetId }: State, { assetId }: Asset, debt: number): boolean {
  const market = markets.list.find((one) => isPair(one, assetId, settlementAssetId));
  return market !== undefined && debt < market.filters.minLots * market.filters.baseAtomsPerLot;
}

/** One step towards paying back what is owed of the asset; undefined when the book takes nothing. */
export function stepLoan(
  state: State,
  running: LiquidationCase,
  asset: Asset,
  at: MaintenanceView,
): BookTrade | undefined {
  const { accountId } = running;
  const { settlementAssetId } = state;
  const debt = debtAtoms(state, accountId, asset.assetId);
  if (at.netEquityUsd > 0 && isBelowOrder(state, asset, debt)) return undefined;
  const bought = asset.assetId === settlementAssetId ? undefined : buyBack(state, running, asset, { at });
  if (bought !== undefined) return bought;
  const usd = (debt / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  const part = (partOf(state, debt, at) / assetUnits(asset)) * usdPriceOf(state, asset.assetId);
  const needAtoms = Math.ceil((part / usdPriceOf(state, settlementAssetId)) * assetUnits(settlementOf(state)));
  const trade = sellCollateral(state, accountId, needAtoms, maintenanceFraction(asset, usd));
  if (trade !== undefined && asset.assetId === settlementAssetId) {
    repayAvailable(state, accountId, settlementAssetId, Number.MAX_SAFE_INTEGER);
  }
  return trade;
}
