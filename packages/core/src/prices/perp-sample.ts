// One sample of a perpetual: index, mark, premium, their means, and whether its index has sources enough to trade on.
import { MARKET_STATE, type PerpTerms, SIDE } from '@glasshouse/protocol';
import { type Price, powerOfTen } from '@glasshouse/units';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';
import { marketViewOf } from '../state/views.js';
import { assetIsPriced } from './asset-sample.js';
import { fairPrice, limitedStep, type MarkInputs, midOf, withinBand } from './mark-price.js';
import { usdPriceOf } from './usd.js';
import { perpPriceViewOf } from './views.js';

/** Quote units of a price on the market's grid. */
function priceAt({ filters }: Market, ticks: number): number {
  return (ticks * filters.tickDigits) / (powerOfTen(filters.tickScale) as number);
}

const hasIndex = ({ assets }: State, { baseAssetId }: Market): boolean =>
  assets.list[baseAssetId - 1]?.index !== undefined;

/** usd(base) / usd(quote); 0 while either is unknown, or when nobody outside prices the base. */
function indexInQuote(state: State, market: Market): number {
  const quoteUsd = usdPriceOf(state, market.quoteAssetId);
  return quoteUsd === 0 || !hasIndex(state, market) ? 0 : usdPriceOf(state, market.baseAssetId) / quoteUsd;
}

/** The market turns PostOnly when its sources fail, and back when they return; what operators have set stays beneath. */
function noteSources(state: State, market: Market): void {
  const { prices } = market;
  const live = assetIsPriced(state, market.baseAssetId) && assetIsPriced(state, market.quoteAssetId);
  if (live === prices.indexLive) return;
  const before = market.effectiveState;
  prices.indexLive = live;
  if (market.effectiveState === before) return;
  state.scope.emit?.({ kind: 'marketChanged', market: marketViewOf(market) });
}

function isTrading({ effectiveState }: Market): boolean {
  return effectiveState === MARKET_STATE.open || effectiveState === MARKET_STATE.limitOnly;
}

function inputsOf(market: Market, indexPrice: number): MarkInputs {
  const { book, prices } = market;
  return {
    indexPrice,
    indexLive: prices.indexLive && indexPrice !== 0,
    trading: isTrading(market),
    bid: priceAt(market, book.bestTicks(SIDE.bid)),
    ask: priceAt(market, book.bestTicks(SIDE.ask)),
    last: priceAt(market, market.lastTradeTicks),
  };
}

/** The middle of the book where it can be set against the index; 0 of a book with one side, or in which nothing trades. */
function believedMid({ indexLive, trading, bid, ask }: MarkInputs): number {
  return trading && indexLive ? midOf(bid, ask) : 0;
}

/**
 * Starts from nothing, and again after the book had no middle: old premiums say nothing of a new book. A middle where the mark
 * may not go is a hole in the book, no price: it is not followed half way.
 */
function averageBasis({ prices }: Market, perp: PerpTerms, inputs: MarkInputs): void {
  const mid = believedMid(inputs);
  const newest = mid - inputs.indexPrice;
  const follows = mid !== 0 && Math.abs(newest) <= perp.markBand * inputs.indexPrice;
  prices.meanBasis = follows ? prices.meanBasis + perp.premiumAlpha * (newest - prices.meanBasis) : 0;
}

/** Measured against a live index; a book without a middle stands at no premium. */
function countPremium({ prices }: Market, inputs: MarkInputs): void {
  const { indexPrice, indexLive } = inputs;
  if (!indexLive) return;
  const mid = believedMid(inputs);
  const premium = mid === 0 ? 0 : (mid - indexPrice) / indexPrice;
  prices.premiumSum += premium;
  prices.premiumCount += 1;
  prices.meanPremium.add(premium);
  prices.meanPremiumFraction = prices.meanPremium.mean();
}

function setMark(market: Market, perp: PerpTerms, inputs: MarkInputs, seconds: number): void {
  const { prices } = market;
  const fair = fairPrice(inputs, prices.meanBasis);
  if (fair === 0) return;
  const step = limitedStep(prices.markPrice, fair, perp.updateCap * seconds);
  prices.markPrice = withinBand(step, inputs.indexPrice, perp.markBand) as Price;
  prices.meanMark.add(prices.markPrice);
  prices.meanMarkPrice = prices.meanMark.mean();
}

/** `seconds` have passed since the last sample. True when index or mark changed, or whether the index counts. */
export function samplePerp(state: State, market: Market, perp: PerpTerms, seconds: number): boolean {
  const { prices } = market;
  const { indexPrice, indexLive, markPrice } = prices;
  noteSources(state, market);
  prices.indexPrice = indexInQuote(state, market) as Price;
  const inputs = inputsOf(market, prices.indexPrice);
  averageBasis(market, perp, inputs);
  setMark(market, perp, inputs, seconds);
  countPremium(market, inputs);
  if (prices.indexLive) prices.timeUs = state.timeUs;
  const isSame = prices.indexPrice === indexPrice && prices.markPrice === markPrice && prices.indexLive === indexLive;
  if (isSame) return false;
  state.scope.emit?.({ kind: 'perpPriceChanged', price: perpPriceViewOf(state, market) });
  return true;
}
