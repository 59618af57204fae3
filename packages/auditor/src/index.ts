export { Audit, type AuditedStep, type AuditReport } from './audit.js';
export { AUDIT_RULES, type AuditRule, type Finding } from './books/finding.js';
export { type Exact, exact, type Numeric } from './exact.js';
export { type FundingTerms, fundingAtoms, fundingPayment, fundingRate } from './funding/funding.js';
export { Accrual, interestOn, postable } from './interest/accrual.js';
export { type InterestIndexes, PoolClock } from './interest/indexes.js';
export { type PoolRates, poolRates, type RateCurve, utilizationOf } from './interest/rates.js';
export {
  type AccountMargin,
  accountMargin,
  autoCloseFraction,
  collateralValue,
  unrealizedPnl,
} from './margin/account.js';
export { collateralWeight, initialMarginFraction, type LeverageBounds, marginFraction } from './margin/curves.js';
export { type AccountViews, pictureOf, usdPrice } from './margin/from-views.js';
export type { AccountPicture, Holding, Requirement, Stake } from './margin/picture.js';
export { requirementsOf, worstSize } from './margin/requirements.js';
export { indexPrice, type Quote, type VenuePrice, venuePrice, withoutOutliers } from './prices/index-price.js';
