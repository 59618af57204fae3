// Markets, books, trades, candles and statistics as REST shows them.
import type { Depth, Kline, Market, MarketAsset, Ticker, Trade } from '@glasshouse/api';
import {
  type AssetView,
  type DepthView,
  MARKET_KIND,
  type PerpTerms,
  type RiskTerms,
  SIDE,
  type TokenView,
} from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { CandleRow, PriceCandleRow, TickerRow, TradeRow } from '../history-port.js';
import { marginFunction } from './margin-functions.js';
import { MARKET_STATE_NAME } from './names.js';
import { basisPointText, fractionText, priceText } from './real-number.js';
import { candleTime, milliseconds, naiveDateTime } from './times.js';

const PPM_DECIMALS = 6;
const multiplier = (ppm: number): string => formatDecimal(ppm, PPM_DECIMALS, 0);

type PriceFilter = Market['filters']['price'];

/** Bands and step limits that only a perpetual has. */
function markBands(perp: PerpTerms | undefined) {
  if (perp === undefined) {
    return {
      meanMarkPriceBand: null,
      meanPremiumBand: null,
      maxPriceUpdateMultiplier: null,
      minPriceUpdateMultiplier: null,
    };
  }
  return {
    maxPriceUpdateMultiplier: fractionText(1 + perp.updateCap),
    meanMarkPriceBand: { maxMultiplier: fractionText(perp.meanMarkMax), minMultiplier: fractionText(perp.meanMarkMin) },
    meanPremiumBand: { tolerancePct: fractionText(perp.premiumBand) },
    minPriceUpdateMultiplier: fractionText(1 - perp.updateCap),
  };
}

function priceFilter(listing: Listing): PriceFilter {
  const { market } = listing;
  const bands = markBands(listing.perp);
  return {
    borrowEntryFeeMaxMultiplier: null,
    borrowEntryFeeMinMultiplier: null,
    maxImpactMultiplier: multiplier(market.impactMaxPpm),
    maxMultiplier: multiplier(market.limitMaxPpm),
    maxPrice: listing.price(market.maxTicks),
    maxPriceUpdateMultiplier: bands.maxPriceUpdateMultiplier,
    meanMarkPriceBand: bands.meanMarkPriceBand,
    meanPremiumBand: bands.meanPremiumBand,
    minImpactMultiplier: multiplier(market.impactMinPpm),
    minMultiplier: multiplier(market.limitMinPpm),
    minPrice: listing.price(market.minTicks),
    minPriceUpdateMultiplier: bands.minPriceUpdateMultiplier,
    tickSize: listing.price(1),
  };
}

function perpFields(listing: Listing, perp: PerpTerms, risk: RiskTerms) {
  return {
    fundingInterval: risk.fundingIntervalMs,
    fundingRateLowerBound: basisPointText(-perp.fundingCap),
    fundingRateUpperBound: basisPointText(perp.fundingCap),
    imfFunction: marginFunction(perp.imf),
    marketType: marketTypeOf(listing),
    mmfFunction: marginFunction(perp.mmf),
    openInterestLimit: listing.quantity(perp.openInterestLimitLots),
  };
}

function fieldsWithoutPerp(listing: Listing) {
  return {
    fundingInterval: null,
    fundingRateLowerBound: null,
    fundingRateUpperBound: null,
    imfFunction: null,
    marketType: marketTypeOf(listing),
    mmfFunction: null,
    openInterestLimit: '0',
  };
}

export function marketAnswer(listing: Listing, risk: RiskTerms): Market {
  const { market, base, quote, perp } = listing;
  return {
    baseSymbol: base.symbol,
    createdAt: naiveDateTime(market.createdUs),
    filters: {
      price: priceFilter(listing),
      quantity: {
        maxQuantity: listing.quantity(market.maxLots),
        minQuantity: listing.quantity(market.minLots),
        stepSize: listing.quantity(1),
      },
    },
    ...(perp === undefined ? fieldsWithoutPerp(listing) : perpFields(listing, perp, risk)),
    orderBookState: MARKET_STATE_NAME[market.state],
    positionLimitWeight: null,
    quoteSymbol: quote.symbol,
    symbol: market.symbol,
    visible: true,
  };
}

export function marketTypeOf(listing: Listing): Market['marketType'] {
  if (listing.market.kind === MARKET_KIND.rfq) return 'RFQ';
  return listing.perp === undefined ? 'SPOT' : 'PERP';
}

type Token = MarketAsset['tokens'][number];

function tokenAnswer(asset: AssetView, token: TokenView): Token {
  return {
    blockchain: token.blockchain as Token['blockchain'],
    contractAddress: null,
    depositEnabled: token.depositEnabled,
    displayName: asset.displayName,
    maximumWithdrawal: null,
    minimumDeposit: assetQuantity(asset, token.minimumDepositAtoms),
    minimumWithdrawal: assetQuantity(asset, token.minimumWithdrawalAtoms),
    nativeDecimals: asset.decimals,
    withdrawEnabled: token.withdrawEnabled,
    withdrawalFee: assetQuantity(asset, token.withdrawalFeeAtoms),
  };
}

export function assetAnswer(asset: AssetView): MarketAsset {
  return {
    coingeckoId: null,
    displayName: asset.displayName,
    symbol: asset.symbol,
    tokens: asset.tokens.map((token) => tokenAnswer(asset, token)),
  };
}

type Level = DepthView['bids'][number];

/** Both sides ascend by price, so bids, which come best first, are turned round. */
export function depthAnswer(listing: Listing, depth: DepthView): Depth {
  const row = ([ticks, lots]: Level): string[] => [listing.price(ticks), listing.quantity(lots)];
  return {
    asks: depth.asks.map(row),
    bids: depth.bids.map(row).reverse(),
    lastUpdateId: String(depth.lastUpdateId),
    timestamp: depth.timeUs,
  };
}

export function tradeAnswer(listing: Listing, trade: TradeRow): Trade {
  return {
    id: trade.tradeId,
    isBuyerMaker: trade.takerSide === SIDE.ask,
    price: listing.price(trade.priceTicks),
    quantity: listing.quantity(trade.sizeLots),
    quoteQuantity: listing.quoteQuantity(trade.quoteAtoms),
    timestamp: milliseconds(trade.timeUs),
  };
}

export function klineAnswer(listing: Listing, candle: CandleRow): Kline {
  const price = (ticks: number): string | null => (candle.trades === 0 ? null : listing.price(ticks));
  return {
    close: price(candle.closeTicks),
    end: candleTime(candle.endUs),
    high: price(candle.highTicks),
    low: price(candle.lowTicks),
    open: price(candle.openTicks),
    quoteVolume: listing.quoteQuantity(candle.quoteAtoms),
    start: candleTime(candle.startUs),
    trades: String(candle.trades),
    volume: listing.quantity(candle.volumeLots),
  };
}

/** Nothing is traded at a mark or an index, so that volumes are zero. */
export function priceKlineAnswer(listing: Listing, candle: PriceCandleRow): Kline {
  const { tickScale } = listing.market;
  const price = (value: number): string | null => (candle.samples === 0 ? null : priceText(value, tickScale));
  return {
    close: price(candle.closePrice),
    end: candleTime(candle.endUs),
    high: price(candle.highPrice),
    low: price(candle.lowPrice),
    open: price(candle.openPrice),
    quoteVolume: '0',
    start: candleTime(candle.startUs),
    trades: '0',
    volume: '0',
  };
}

/** A fraction with six decimals: `-0.0001` is minus one basis point. */
function changeFraction(ticker: TickerRow): string {
  const millionths = Math.round(((ticker.lastTicks - ticker.firstTicks) / ticker.firstTicks) * 1_000_000);
  return formatDecimal(millionths, PPM_DECIMALS, 0);
}

export function tickerAnswer(listing: Listing, ticker: TickerRow): Ticker {
  return {
    firstPrice: listing.price(ticker.firstTicks),
    high: listing.price(ticker.highTicks),
    lastPrice: listing.price(ticker.lastTicks),
    low: listing.price(ticker.lowTicks),
    priceChange: listing.price(ticker.lastTicks - ticker.firstTicks),
    priceChangePercent: changeFraction(ticker),
    quoteVolume: listing.quoteQuantity(ticker.quoteAtoms),
    symbol: listing.market.symbol,
    trades: String(ticker.trades),
    volume: listing.quantity(ticker.volumeLots),
  };
}
