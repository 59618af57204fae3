// What is too little for an order is bought by the venue, out of the fees it has earned and for no more than they come to: at the
// index, the taker fee less. No market maker stands behind it, and the backstop fund, which is everybody's, takes no part.
import { type ConvertDust, MARKET_KIND, SIDE } from '@glasshouse/protocol';
import { type Atoms, type FeePpm, feeCharged } from '@glasshouse/units';
import { payFromHouse, payHouse } from '../ledger/ledger.js';
import { makeAvailable, spendableAtoms } from '../lending/available.js';
import { noteCredit } from '../lending/idle.js';
import { type Refusal, symbolOf } from '../lending/limits.js';
import { assetUnits, heldAtoms } from '../margin/account.js';
import { assetIsPriced } from '../prices/asset-sample.js';
import { usdPriceOf } from '../prices/usd.js';
import { listedAsset } from '../state/asset-amount.js';
import type { Asset } from '../state/assets.js';
import { HOUSE } from '../state/balances.js';
import { feeTierOf } from '../state/fee-tier.js';
import type { Market } from '../state/markets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { assetText } from '../state/texts.js';
import { tradeRefusal } from './spot-margin.js';

type Sale = {
  readonly market: Market;
  readonly atoms: Atoms;
  readonly valueAtoms: Atoms;
  readonly receivedAtoms: Atoms;
};

/** The spot market in which an order for the asset would be placed: for the settlement asset where there is one. */
function marketFor({ markets, settlementAssetId }: State, { assetId }: Asset): Market | undefined {
  return markets.list.find(
    ({ kind, baseAssetId, quoteAssetId }) =>
      kind === MARKET_KIND.spot &&
      baseAssetId === assetId &&
      (settlementAssetId === 0 || quoteAssetId === settlementAssetId),
  );
}

const leastAtoms = ({ filters }: Market): number => filters.minLots * filters.baseAtomsPerLot;

/** Down to a whole atom, against who gives. */
function worthAtoms(state: State, { baseAssetId, quoteAssetId }: Market, atoms: number): Atoms {
  const [base, quote] = [state.assets.list[baseAssetId - 1], state.assets.list[quoteAssetId - 1]];
  const units = (atoms / assetUnits(base as Asset)) * usdPriceOf(state, baseAssetId);
  return Math.floor((units / usdPriceOf(state, quoteAssetId)) * assetUnits(quote as Asset)) as Atoms;
}

/** Undefined when nothing of it can be converted. */
function saleOf(state: State, market: Market): Sale | undefined {
  const { accountId } = state.scope;
  const { baseAssetId } = market;
  const atoms = spendableAtoms(state, accountId, baseAssetId);
  if (atoms === 0 || heldAtoms(state, accountId, baseAssetId) >= leastAtoms(market)) return undefined;
  const valueAtoms = worthAtoms(state, market, atoms);
  const receivedAtoms = (valueAtoms -
    feeCharged(valueAtoms, (feeTierOf(state, accountId)?.takerPpm ?? 0) as FeePpm)) as Atoms;
  return receivedAtoms > 0 ? { market, atoms, valueAtoms, receivedAtoms } : undefined;
}

function unpriced(state: State, { baseAssetId, quoteAssetId }: Market): Refusal | undefined {
  const assetId = [baseAssetId, quoteAssetId].find((id) => !assetIsPriced(state, id));
  return assetId === undefined ? undefined : { reason: 'priceUnknown', details: { symbol: symbolOf(state, assetId) } };
}

function marginRefusal(state: State, { market, atoms, receivedAtoms }: Sale): Refusal | undefined {
  const party = { accountId: state.scope.accountId, side: SIDE.ask, lendingFlags: 0 };
  return tradeRefusal(state, market, party, { givenAtoms: atoms, borrowedAtoms: 0, gotAtoms: receivedAtoms });
}

/** The venue buys for what it has earned and no more. */
function feesRefusal(state: State, { market, receivedAtoms }: Sale): Refusal | undefined {
  const { quoteAssetId } = market;
  const fees = Math.max(0, state.balances.of(quoteAssetId).houseAtoms[HOUSE.fees] as number);
  if (receivedAtoms <= fees) return undefined;
  const required = assetText(state, quoteAssetId, receivedAtoms);
  const details = { asset: symbolOf(state, quoteAssetId), required, available: assetText(state, quoteAssetId, fees) };
  return { reason: 'feesTooSmall', details };
}

function convert(state: State, { market, atoms, valueAtoms, receivedAtoms }: Sale): void {
  const { accountId } = state.scope;
  const { baseAssetId, quoteAssetId } = market;
  makeAvailable(state, accountId, baseAssetId, atoms, 'dustConversion');
  payHouse(state, accountId, baseAssetId, HOUSE.fees, atoms);
  payFromHouse(state, accountId, quoteAssetId, HOUSE.fees, receivedAtoms);
  noteCredit(state, accountId, quoteAssetId, receivedAtoms);
  state.lastOrderId += 1;
  state.scope.emit?.({
    kind: 'dustConverted',
    dustId: state.lastOrderId,
    accountId,
    assetId: baseAssetId,
    quantityAtoms: atoms,
    quoteAssetId,
    valueAtoms,
    receivedAtoms,
  });
}

function notConvertible(state: State, { assetId, symbol }: Asset, market: Market): Refusal {
  const quantity = assetText(state, assetId, heldAtoms(state, state.scope.accountId, assetId));
  const minQuantity = assetText(state, assetId, leastAtoms(market));
  return { reason: 'notConvertible', details: { asset: symbol, quantity, minQuantity } };
}

/** Why the sale cannot be; undefined once it has been. */
function sell(state: State, sale: Sale): Refusal | undefined {
  const refusal = marginRefusal(state, sale) ?? feesRefusal(state, sale);
  if (refusal === undefined) convert(state, sale);
  return refusal;
}

function convertOne(state: State, asset: Asset): Refusal | undefined {
  const market = marketFor(state, asset);
  if (market === undefined) {
    return { reason: 'parameterConflict', details: { problem: `${asset.symbol} has no spot market` } };
  }
  if (heldAtoms(state, state.scope.accountId, asset.assetId) >= leastAtoms(market)) {
    return notConvertible(state, asset, market);
  }
  const unknown = unpriced(state, market);
  if (unknown !== undefined) return unknown;
  const sale = saleOf(state, market);
  return sale === undefined ? notConvertible(state, asset, market) : sell(state, sale);
}

/** All that can be; refused when that is nothing. */
function convertAll(state: State): Refusal | undefined {
  let refusal: Refusal | undefined = { reason: 'notConvertible', details: {} };
  let done = false;
  for (const asset of state.assets.list) {
    const market = marketFor(state, asset);
    if (market === undefined || unpriced(state, market) !== undefined) continue;
    const sale = saleOf(state, market);
    if (sale === undefined) continue;
    refusal = sell(state, sale);
    done ||= refusal === undefined;
  }
  return done ? undefined : refusal;
}

export function convertDust(state: State, { symbol }: ConvertDust): void {
  const asset = symbol === '' ? undefined : listedAsset(state, symbol);
  if (symbol !== '' && asset === undefined) return;
  const refusal = asset === undefined ? convertAll(state) : convertOne(state, asset);
  if (refusal !== undefined) reject(state, refusal.reason, refusal.details);
}
