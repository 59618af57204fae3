// What time and settlement did to an account: funding, interest, profit and loss that became cash.
import { type Static, Type } from 'typebox';
import { CustodyAsset, Decimal, Int32, NaiveDateTime, nullable, responseObject, Uint16, Uint64 } from './primitive.js';
import { PaymentType, SettlementSource } from './vocabulary.js';

/** Received, or negative: paid. */
export const FundingPayment = responseObject('FundingPayment', {
  userId: Int32,
  subaccountId: nullable(Uint16),
  symbol: Type.String(),
  quantity: Decimal,
  intervalEndTimestamp: NaiveDateTime,
  fundingRate: Decimal,
});
export type FundingPayment = Static<typeof FundingPayment>;

/** Earned, or negative: charged. `interval` in milliseconds. */
export const InterestPayment = responseObject('InterestPayment', {
  paymentType: PaymentType,
  interestRate: Decimal,
  interval: Uint64,
  marketSymbol: Type.String(),
  positionId: Type.String(),
  quantity: Decimal,
  symbol: CustodyAsset,
  timestamp: NaiveDateTime,
});
export type InterestPayment = Static<typeof InterestPayment>;

/** USDC received, or negative: paid. */
export const Settlement = responseObject('Settlement', {
  quantity: Decimal,
  source: SettlementSource,
  subaccountId: nullable(Int32),
  timestamp: NaiveDateTime,
  userId: Int32,
  positionId: nullable(Type.String()),
  engineSequence: nullable(Uint64),
});
export type Settlement = Static<typeof Settlement>;
