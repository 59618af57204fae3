// Assets and markets come into being here, at genesis and by operators' actions.
import {
  MARKET_KIND,
  MARKET_STATE,
  type MarketKind,
  type MarketState,
  type MarketStateName,
} from '@glasshouse/protocol';
import { accruePool } from '../ledger/claims.js';
import type { Asset } from '../state/assets.js';
import { addAsset, addMarket, changeTerms } from '../state/listed.js';
import { Market, type MarketFilters } from '../state/markets.js';
import type { State } from '../state/state.js';
import { marketViewOf } from '../state/views.js';
import {
  type ConfigurationReader,
  readAsset,
  readAssetTerms,
  readFilters,
  readPair,
  readPerp,
  readRfq,
} from './configuration/index.js';

const MAX_ASSETS = 1000;
const MAX_MARKETS = 1000;

const STATE_OF: Readonly<Record<MarketStateName, MarketState>> = {
  Open: MARKET_STATE.open,
  CancelOnly: MARKET_STATE.cancelOnly,
  LimitOnly: MARKET_STATE.limitOnly,
  PostOnly: MARKET_STATE.postOnly,
  Closed: MARKET_STATE.closed,
};
const STATE_NAMES: readonly MarketStateName[] = ['Open', 'CancelOnly', 'LimitOnly', 'PostOnly', 'Closed'];

export function readMarketState(reader: ConfigurationReader): MarketState {
  return STATE_OF[reader.oneOf('state', STATE_NAMES)];
}

export function checkRoomForAsset({ assets }: State, reader: ConfigurationReader): void {
  if (assets.list.length === MAX_ASSETS) reader.fail('symbol', `more than ${MAX_ASSETS} assets`);
}

/** Reads everything before it changes anything: a problem leaves the state untouched. */
export function listAsset(state: State, reader: ConfigurationReader): void {
  const { assets, scope } = state;
  checkRoomForAsset(state, reader);
  const asset = readAsset(reader, assets.list.length + 1);
  if (assets.bySymbol(asset.symbol) !== undefined) reader.fail('symbol', 'listed already');
  addAsset(state, asset);
  scope.emit?.({ kind: 'assetListed', asset });
}

const countsInMargin = ({ collateral, lending }: Pick<Asset, 'collateral' | 'lending'>): boolean =>
  collateral !== undefined || lending !== undefined;

/** Interest up to now is that of the terms before, from now on that of the terms after. */
function bringPoolToNow(state: State, assetId: number): void {
  const pool = state.pools[assetId - 1];
  if (pool !== undefined) accruePool(state, pool);
}

/** Terms move as a whole: what the action leaves out is taken away. */
export function changeAssetTerms(state: State, reader: ConfigurationReader): void {
  const asset = state.assets.bySymbol(reader.text('symbol')) ?? reader.fail('symbol', 'no such asset');
  if (state.vaults.ofToken(asset.assetId) !== undefined) reader.fail('symbol', 'a token of a vault has no terms');
  const terms = readAssetTerms(reader, asset.decimals);
  if (asset.lending !== undefined && terms.lending === undefined) reader.fail('lending', 'a pool cannot be closed');
  if (asset.index !== undefined && terms.index === undefined && countsInMargin(terms)) {
    reader.fail('index', 'what is collateral or lent would be worth a dollar without it');
  }
  if (asset.assetId === state.settlementAssetId && !countsInFull(terms)) {
    reader.fail('collateral', 'the asset in which perpetuals settle has weight 1');
  }
  const isDeposit = state.vaults.list.some(({ depositAssetId }) => depositAssetId === asset.assetId);
  if (isDeposit && terms.collateral === undefined) {
    reader.fail('collateral', 'a vault is paid in it: what was paid in would count for nothing');
  }
  const changed = { ...asset, ...terms };
  bringPoolToNow(state, asset.assetId);
  changeTerms(state, changed);
  bringPoolToNow(state, asset.assetId);
  state.scope.emit?.({ kind: 'assetChanged', asset: changed });
}

/** Profit counts in full before it is settled, so it must count in full after: settling would change the equity otherwise. */
const countsInFull = ({ collateral }: Pick<Asset, 'collateral'>): boolean =>
  collateral?.weight === 1 && collateral.base === undefined;

/** One currency settles all perpetuals, and it has a pool: the fund between winners and losers lives there. */
function checkSettlementAsset(state: State, reader: ConfigurationReader, quote: Asset): void {
  if (quote.lending === undefined) reader.fail('quote', 'a perpetual settles in an asset that has a lending pool');
  if (!countsInFull(quote)) reader.fail('quote', 'a perpetual settles in an asset that is collateral of weight 1');
  if (state.settlementAssetId !== 0 && state.settlementAssetId !== quote.assetId) {
    reader.fail('quote', 'all perpetuals settle in one asset');
  }
}

function kindOf({ perp, rfq }: Pick<Market, 'perp' | 'rfq'>): MarketKind {
  if (perp !== undefined) return MARKET_KIND.perp;
  return rfq === undefined ? MARKET_KIND.spot : MARKET_KIND.rfq;
}

const readTerms = (reader: ConfigurationReader, filters: MarketFilters): Pick<Market, 'perp' | 'rfq'> => ({
  perp: reader.has('perp') ? readPerp(reader.section('perp'), filters) : undefined,
  rfq: reader.has('rfq') ? readRfq(reader.section('rfq')) : undefined,
});

export function listMarket(state: State, reader: ConfigurationReader): void {
  const { markets, scope } = state;
  if (markets.list.length === MAX_MARKETS) reader.fail('symbol', `more than ${MAX_MARKETS} markets`);
  const pair = readPair(reader, state.assets);
  if (markets.bySymbol(pair.symbol) !== undefined) reader.fail('symbol', 'listed already');
  for (const { assetId } of [pair.base, pair.quote]) {
    if (state.vaults.ofToken(assetId) !== undefined) reader.fail('base', 'tokens of vaults are minted and redeemed');
  }
  const filters = readFilters(reader, pair);
  const terms = readTerms(reader, filters);
  if (terms.perp !== undefined) checkSettlementAsset(state, reader, pair.quote);
  const market = new Market(
    markets.list.length + 1,
    pair.symbol,
    pair.base.assetId,
    pair.quote.assetId,
    scope.timeUs,
    readMarketState(reader),
    filters,
    state.makeBook(state.pool),
    kindOf(terms),
    terms.perp,
    terms.rfq,
  );
  addMarket(state, market);
  scope.emit?.({ kind: 'marketListed', market: marketViewOf(market) });
}

/** Tick and step stay: what rests in the book is counted in them. Filters and bands may move. */
export function changeFilters(state: State, reader: ConfigurationReader): void {
  const pair = readPair(reader, state.assets);
  const market = state.markets.bySymbol(pair.symbol) ?? reader.fail('symbol', 'no such market');
  const filters = readFilters(reader, pair);
  const { tickDigits, tickScale, stepDigits, stepScale } = market.filters;
  if (filters.tickDigits !== tickDigits || filters.tickScale !== tickScale) reader.fail('tickSize', 'cannot change');
  if (filters.stepDigits !== stepDigits || filters.stepScale !== stepScale) reader.fail('stepSize', 'cannot change');
  const terms = readTerms(reader, filters);
  if (kindOf(terms) !== market.kind) reader.fail('perp', 'spot and perpetual cannot change');
  market.filters = filters;
  market.perp = terms.perp;
  market.rfq = terms.rfq;
  state.priceVersion += 1;
  state.scope.emit?.({ kind: 'marketChanged', market: marketViewOf(market) });
}
