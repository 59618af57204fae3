// What perpetuals publish, as REST shows it.
import type { FundingIntervalRate, FundingPayment, MarkPrice, OpenInterest } from '@glasshouse/api';
import type { PerpPriceView } from '@glasshouse/protocol';
import type { FundingPaymentRow, FundingRateRow } from '../accrual-port.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { priceText, rateText } from './real-number.js';
import { milliseconds, naiveDateTime } from './times.js';

/** The rate is what the next funding would be if premiums stayed as they are. */
export function markPriceAnswer(listing: Listing, price: PerpPriceView): MarkPrice {
  const { symbol, tickScale } = listing.market;
  return {
    fundingRate: rateText(price.estimatedFundingRate),
    indexPrice: price.indexPrice === 0 ? null : priceText(price.indexPrice, tickScale),
    markPrice: priceText(price.markPrice, tickScale),
    nextFundingTimestamp: price.nextFundingUs === 0 ? null : milliseconds(price.nextFundingUs),
    symbol,
  };
}

/** A spot market has no mark of its own: what its base is worth in its quote. */
export function spotMarkPriceAnswer(listing: Listing, markPrice: number): MarkPrice {
  const { symbol, tickScale } = listing.market;
  const text = priceText(markPrice, tickScale);
  return { fundingRate: null, indexPrice: text, markPrice: text, nextFundingTimestamp: null, symbol };
}

export function openInterestAnswer(listing: Listing, price: PerpPriceView, nowUs: number): OpenInterest {
  return {
    openInterest: listing.quantity(price.openInterestLots),
    symbol: listing.market.symbol,
    timestamp: milliseconds(nowUs),
  };
}

export function fundingRateAnswer(listing: Listing, row: FundingRateRow): FundingIntervalRate {
  return {
    fundingRate: rateText(row.rate),
    intervalEndTimestamp: naiveDateTime(row.intervalEndUs),
    symbol: listing.market.symbol,
  };
}

export function fundingPaymentAnswer(listing: Listing, accountId: number, row: FundingPaymentRow): FundingPayment {
  return {
    fundingRate: rateText(row.rate),
    intervalEndTimestamp: naiveDateTime(row.timeUs),
    quantity: assetQuantity(listing.quote, row.fundingAtoms),
    subaccountId: null,
    symbol: listing.market.symbol,
    userId: accountId,
  };
}
