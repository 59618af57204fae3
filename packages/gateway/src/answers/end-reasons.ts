// Why an order ended, in the reference's words. A trigger order may have been refused when it fired, for the reason of a reject.
import type { OrderExpiryReason } from '@glasshouse/api';
import type { RejectReason } from '@glasshouse/protocol';
import type { EndReason } from '../history-port.js';

const OF_REJECT: Partial<Readonly<Record<RejectReason, OrderExpiryReason>>> = {
  accountIsOperators: 'UserPermissions',
  marketClosed: 'AccountTradingSuspended',
  marketCancelOnly: 'AccountTradingSuspended',
  marketLimitOnly: 'PostOnlyMode',
  marketPostOnly: 'PostOnlyMode',
  priceBelowMinimum: 'InvalidPrice',
  priceAboveMaximum: 'InvalidPrice',
  priceOutsideBand: 'PriceOutOfBounds',
  priceUnknown: 'InvalidPrice',
  quantityBelowMinimum: 'InvalidQuantity',
  quantityAboveMaximum: 'InvalidQuantity',
  postOnlyWouldTake: 'PostOnlyTaker',
  reduceOnlyWouldIncrease: 'ReduceOnlyNotReduced',
  openOrderLimit: 'MaxStopOrdersPerPosition',
  positionLimit: 'PositionLimit',
  openInterestLimit: 'PositionLimit',
  insufficientFunds: 'InsufficientFunds',
  insufficientMargin: 'InsufficientMargin',
  insufficientBorrowableQuantity: 'InsufficientBorrowableQuantity',
  borrowLimit: 'InsufficientBorrowableQuantity',
  openBorrowLendLimit: 'InsufficientBorrowableQuantity',
  utilizationLimit: 'InsufficientBorrowableQuantity',
};

/** Reasons of expiry begin with a capital letter and are the reference's own. */
function isExpiry(reason: EndReason): reason is Exclude<EndReason, RejectReason> {
  return reason.charAt(0) === reason.charAt(0).toUpperCase();
}

export function endReasonName(reason: EndReason): OrderExpiryReason {
  return isExpiry(reason) ? reason : (OF_REJECT[reason] ?? 'Unknown');
}
