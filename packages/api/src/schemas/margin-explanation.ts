// Every term of an account's margin, so that nobody has to guess why it is what it is. Values are USD, fractions of 1.
import { type Static, Type } from 'typebox';
import { Decimal, nullable, responseObject } from './primitive.js';

/** The largest of the four is the initial margin fraction. */
const InitialFraction = responseObject('InitialFraction', {
  byVenueLeverage: Decimal,
  /** 0 without a limit of the account's own. */
  byLeverageLimit: Decimal,
  base: Decimal,
  /** factor × √(notional in USD). */
  bySize: Decimal,
  fraction: Decimal,
});

const REQUIREMENTS = {
  initialFraction: InitialFraction,
  initialMargin: Decimal,
  maintenanceFraction: Decimal,
  maintenanceMargin: Decimal,
  /** With all else unchanged; of a perpetual the mark, whose index moves by the same factor. Null when no price would liquidate the account. */
  liquidationPrice: nullable(Decimal),
};

const AssetMargin = responseObject('AssetMargin', {
  symbol: Type.String(),
  available: Decimal,
  locked: Decimal,
  lent: Decimal,
  borrowed: Decimal,
  price: Decimal,
  holdingValue: Decimal,
  collateralWeight: Decimal,
  collateralValue: Decimal,
  borrowLiability: Decimal,
  ...REQUIREMENTS,
});

const MarketMargin = responseObject('MarketMargin', {
  symbol: Type.String(),
  position: Decimal,
  openBids: Decimal,
  openAsks: Decimal,
  /** The larger of position with all bids and position with all asks. */
  worstPosition: Decimal,
  markPrice: Decimal,
  /** The mark as long as the index has too few sources. */
  indexPrice: Decimal,
  pnlUnrealized: Decimal,
  worstNotional: Decimal,
  notional: Decimal,
  ...REQUIREMENTS,
});

/**
 * netEquity = collateral + pnlUnrealized + unsettled − borrowLiability. No exposure is added from initialRatio 1 on, and the
 * account is liquidated from maintenanceRatio 1 on, under the trigger `markAndIndex` if maintenanceRatioAtIndex is as high; null
 * without equity. `…AtIndex` are with perpetuals at their indexes.
 */
export const MarginExplanation = responseObject('MarginExplanation', {
  collateral: Decimal,
  pnlUnrealized: Decimal,
  unsettled: Decimal,
  borrowLiability: Decimal,
  netEquity: Decimal,
  exposure: Decimal,
  initialMargin: Decimal,
  maintenanceMargin: Decimal,
  available: Decimal,
  marginFraction: nullable(Decimal),
  initialRatio: nullable(Decimal),
  maintenanceRatio: nullable(Decimal),
  netEquityAtIndex: Decimal,
  maintenanceMarginAtIndex: Decimal,
  maintenanceRatioAtIndex: nullable(Decimal),
  assets: Type.Array(AssetMargin),
  markets: Type.Array(MarketMargin),
});
export type MarginExplanation = Static<typeof MarginExplanation>;
