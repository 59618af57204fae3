// What a slice may meet with. What only the owner can mend ends the strategy; what the market may mend by the next slice does not.
import {
  type ExpiryReason,
  type RejectReason,
  STRATEGY_END_REASONS,
  type StrategyEndReason,
} from '@glasshouse/protocol';

export type Trouble = { readonly reason: StrategyEndReason; readonly ends: boolean };

const ends = (reason: StrategyEndReason): Trouble => ({ reason, ends: true });
const passes = (reason: StrategyEndReason): Trouble => ({ reason, ends: false });

/** A reason that is not here cannot meet an order whose terms were admitted. */
const TROUBLES: Readonly<Partial<Record<RejectReason | ExpiryReason, Trouble>>> = {
  accountIsOperators: ends('UserPermissions'),
  marketClosed: ends('Unknown'),
  priceNotOnTick: ends('InvalidPrice'),
  priceBelowMinimum: ends('InvalidPrice'),
  priceAboveMaximum: ends('InvalidPrice'),
  quantityNotOnStep: ends('InvalidQuantity'),
  quantityBelowMinimum: ends('InvalidQuantity'),
  quantityAboveMaximum: ends('InvalidQuantity'),
  reduceOnlyWouldIncrease: ends('ReduceOnlyNotReduced'),
  insufficientFunds: ends('InsufficientFunds'),
  insufficientMargin: ends('InsufficientMargin'),
  insufficientBorrowableQuantity: ends('InsufficientBorrowableQuantity'),
  borrowLimit: ends('InsufficientBorrowableQuantity'),
  openBorrowLendLimit: ends('InsufficientBorrowableQuantity'),
  utilizationLimit: ends('InsufficientBorrowableQuantity'),
  InsufficientFunds: ends('InsufficientFunds'),
  InsufficientMargin: ends('InsufficientMargin'),
  InsufficientBorrowableQuantity: ends('InsufficientBorrowableQuantity'),
  NegativeEquity: ends('InsufficientMargin'),
  ReduceOnlyNotReduced: ends('ReduceOnlyNotReduced'),
  InvalidPrice: ends('InvalidPrice'),
  InvalidQuantity: ends('InvalidQuantity'),
  balanceTooLarge: ends('Unknown'),

  marketCancelOnly: passes('Unknown'),
  marketLimitOnly: passes('Unknown'),
  marketPostOnly: passes('Unknown'),
  priceOutsideBand: passes('PriceOutOfBounds'),
  postOnlyWouldTake: passes('InvalidPrice'),
  openOrderLimit: passes('Unknown'),
  positionLimit: passes('Unknown'),
  openInterestLimit: passes('Unknown'),
  priceUnknown: passes('InvalidPrice'),
  FillOrKill: passes('FillOrKill'),
  ImmediateOrCancel: passes('InsufficientLiquidity'),
  InsufficientLiquidity: passes('InsufficientLiquidity'),
  PriceImpact: passes('InsufficientLiquidity'),
  PriceOutOfBounds: passes('PriceOutOfBounds'),
  PositionLimit: passes('Unknown'),
  SelfTradePrevention: passes('SelfTradePrevention'),
};

export function troubleWith(reason: RejectReason | ExpiryReason | undefined): Trouble | undefined {
  return reason && (TROUBLES[reason] ?? ends('Unknown'));
}

/** As a strategy keeps it: 0 for none. */
export function troubleCode(trouble: Trouble | undefined): number {
  return trouble === undefined ? 0 : STRATEGY_END_REASONS.indexOf(trouble.reason) + 1;
}
