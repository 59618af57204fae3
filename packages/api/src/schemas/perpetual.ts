// What a perpetual publishes beside its book: mark, index, funding, open interest.
import { type Static, Type } from 'typebox';
import { Decimal, Int64, NaiveDateTime, nullable, responseObject } from './primitive.js';

/** `fundingRate` is what the next funding would be if premiums stayed as they are; times in milliseconds. */
export const MarkPrice = responseObject('MarkPrice', {
  fundingRate: nullable(Decimal),
  indexPrice: nullable(Decimal),
  markPrice: Decimal,
  nextFundingTimestamp: nullable(Int64),
  symbol: Type.String(),
});
export type MarkPrice = Static<typeof MarkPrice>;

/** In units of the base asset: the sum of all long positions. */
export const OpenInterest = responseObject('OpenInterest', {
  symbol: Type.String(),
  openInterest: nullable(Decimal),
  timestamp: Int64,
});
export type OpenInterest = Static<typeof OpenInterest>;

/** Positive: longs paid shorts. */
export const FundingIntervalRate = responseObject('FundingIntervalRate', {
  symbol: Type.String(),
  intervalEndTimestamp: NaiveDateTime,
  fundingRate: Decimal,
});
export type FundingIntervalRate = Static<typeof FundingIntervalRate>;
