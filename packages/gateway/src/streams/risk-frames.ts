// Frames of prices and positions as JSON text, fields in the recorded order.
import type { MarkPriceFrame, OpenInterestFrame, PositionUpdateFrame } from '@glasshouse/api';
import type { PerpPriceView, PerpTerms, PositionView } from '@glasshouse/protocol';
import { perpInitialFraction, perpMaintenanceFraction } from '../answers/margin-functions.js';
import { positionPrices, unrealizedPnl, worstLots } from '../answers/position-answer.js';
import { fractionText, priceText, rateText, usdText } from '../answers/real-number.js';
import { milliseconds } from '../answers/times.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { Times } from './frames.js';

export function markPriceFrame(listing: Listing, price: PerpPriceView, times: Times): string {
  const { symbol, tickScale } = listing.market;
  const frame: MarkPriceFrame = {
    E: times.emittedUs,
    T: times.engineUs,
    e: 'markPrice',
    f: rateText(price.estimatedFundingRate),
    ...(price.indexPrice === 0 ? {} : { i: priceText(price.indexPrice, tickScale) }),
    ...(price.nextFundingUs === 0 ? {} : { n: milliseconds(price.nextFundingUs) }),
    p: priceText(price.markPrice, tickScale),
    s: symbol,
  };
  return JSON.stringify(frame);
}

export function openInterestFrame(listing: Listing, price: PerpPriceView, emittedUs: number): string {
  const frame: OpenInterestFrame = {
    E: emittedUs,
    e: 'openInterest',
    o: listing.paddedQuantity(price.openInterestLots),
    s: listing.market.symbol,
  };
  return JSON.stringify(frame);
}

export type PositionEvent = PositionUpdateFrame['e'];

/** What a position's frame needs beside the position. */
export type PositionContext = {
  readonly listing: Listing;
  readonly perp: PerpTerms;
  readonly markPrice: number;
  readonly leverageLimitCenti: number;
};

/** The settlement asset is taken at one dollar, as all perpetuals are quoted in it. */
export function positionFrame(
  { listing, perp, markPrice, leverageLimitCenti }: PositionContext,
  position: PositionView,
  event: PositionEvent | undefined,
  times: Times,
): string {
  const { tickScale, symbol } = listing.market;
  const { entryPrice, breakEvenPrice } = positionPrices(listing, position);
  const worst = worstLots(position);
  const worstNotional = listing.baseUnits(worst) * markPrice;
  const notional = listing.baseUnits(Math.abs(position.sizeLots)) * markPrice;
  const frame: PositionUpdateFrame = {
    B: priceText(entryPrice, tickScale),
    E: times.emittedUs,
    M: priceText(markPrice, tickScale),
    P: usdText(unrealizedPnl(listing, position, markPrice)),
    Q: listing.paddedQuantity(worst),
    T: times.engineUs,
    b: priceText(Math.max(0, breakEvenPrice), tickScale),
    ...(event === undefined ? {} : { e: event }),
    f: fractionText(perpInitialFraction(perp, worstNotional, leverageLimitCenti)),
    i: position.positionId,
    l: '0',
    m: fractionText(perpMaintenanceFraction(perp, notional)),
    n: usdText(worstNotional),
    p: assetQuantity(listing.quote, position.realizedPnlAtoms),
    q: listing.paddedQuantity(position.sizeLots),
    s: symbol,
  };
  return JSON.stringify(frame);
}
