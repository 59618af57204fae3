// A position as its owner sees it. Profit and loss stand against what the position cost when it was opened: settlement every ten
// seconds moves cash, not the entry price.
import type { FuturePositionWithMargin } from '@glasshouse/api';
import type { MarketMarginTerm, PerpTerms, PositionView } from '@glasshouse/protocol';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { largestTerm, marginFunction } from './margin-functions.js';
import { fractionText, priceText, usdText } from './real-number.js';

/** Prices of a position in quote units per base unit; 0 once it is closed. */
export type PositionPrices = { readonly entryPrice: number; readonly breakEvenPrice: number };

/** At the break-even price profit so far, funding included and fees left out, would be zero. */
export function positionPrices(listing: Listing, position: PositionView): PositionPrices {
  const { sizeLots, entryCostAtoms, realizedPnlAtoms, fundingAtoms } = position;
  if (sizeLots === 0) return { entryPrice: 0, breakEvenPrice: 0 };
  const size = listing.baseUnits(sizeLots);
  return {
    entryPrice: listing.quoteUnits(entryCostAtoms) / size,
    breakEvenPrice: listing.quoteUnits(entryCostAtoms - realizedPnlAtoms - fundingAtoms) / size,
  };
}

export function unrealizedPnl(listing: Listing, position: PositionView, markPrice: number): number {
  return listing.baseUnits(position.sizeLots) * markPrice - listing.quoteUnits(position.entryCostAtoms);
}

/** The size at worst: with all open bids, or with all open asks. */
export function worstLots({ sizeLots, openBidLots, openAskLots }: PositionView): number {
  return Math.max(Math.abs(sizeLots + openBidLots), Math.abs(sizeLots - openAskLots));
}

/** An even point below zero is none: such a position has earned more than it is worth. */
const atLeastZero = (price: number): number => Math.max(0, price);

function priceFields(listing: Listing, position: PositionView, markPrice: number) {
  const { tickScale } = listing.market;
  const { entryPrice, breakEvenPrice } = positionPrices(listing, position);
  return {
    breakEvenPrice: priceText(atLeastZero(breakEvenPrice), tickScale),
    entryPrice: priceText(entryPrice, tickScale),
    markPrice: priceText(markPrice, tickScale),
  };
}

function marginFields(perp: PerpTerms, term: MarketMarginTerm) {
  return {
    imf: fractionText(largestTerm(term.imf)),
    imfFunction: marginFunction(perp.imf),
    mmf: fractionText(term.maintenanceFraction),
    mmfFunction: marginFunction(perp.mmf),
  };
}

export function positionAnswer(
  listing: Listing,
  perp: PerpTerms,
  position: PositionView,
  term: MarketMarginTerm,
): FuturePositionWithMargin {
  return {
    ...priceFields(listing, position, term.markPrice),
    ...marginFields(perp, term),
    cumulativeFundingPayment: assetQuantity(listing.quote, position.fundingAtoms),
    cumulativeInterest: '0',
    estLiquidationPrice: term.liquidationTicks === undefined ? '0' : listing.price(term.liquidationTicks),
    netCost: assetQuantity(listing.quote, position.entryCostAtoms),
    netExposureNotional: usdText(term.worstNotionalUsd),
    netExposureQuantity: listing.quantity(Math.abs(term.worstLots)),
    netQuantity: listing.quantity(position.sizeLots),
    pnlRealized: assetQuantity(listing.quote, position.realizedPnlAtoms),
    pnlUnrealized: usdText(unrealizedPnl(listing, position, term.markPrice)),
    positionId: String(position.positionId),
    subaccountId: null,
    symbol: listing.market.symbol,
    userId: position.accountId,
  };
}
