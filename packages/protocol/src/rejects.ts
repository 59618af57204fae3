// Why a command was refused. The order of this list is the documented precedence: when several apply, the first is given.

export const REJECT_REASONS = [
  // who signed, and when
  'keyUnknown',
  'keyRevoked',
  'malformedCommand',
  'requestExpired',
  'requestFromFuture',
  'requestReplayed',
  'roleNotAllowed',
  'permissionMissing',
  'accountLiquidating',
  'accountIsOperators',
  // does what it names exist
  'marketUnknown',
  'assetUnknown',
  'accountUnknown',
  'orderUnknown',
  'keyNotOwn',
  'proposalUnknown',
  'withdrawalUnknown',
  'backstopUnknown',
  'negativeBalanceUnknown',
  'rfqUnknown',
  'quoteUnknown',
  'sourceUnknown',
  // market state
  'marketClosed',
  'marketCancelOnly',
  'marketLimitOnly',
  'marketPostOnly',
  // shape and filters
  'parameterConflict',
  'priceMissing',
  'priceNotOnTick',
  'priceBelowMinimum',
  'priceAboveMaximum',
  'quantityMissing',
  'quantityNotOnStep',
  'quantityBelowMinimum',
  'quantityAboveMaximum',
  // bands
  'priceOutsideBand',
  // feasibility
  'postOnlyWouldTake',
  'clientIdInUse',
  'reduceOnlyWouldIncrease',
  'triggerWouldFireAtOnce',
  'quoteToSelf',
  'quoteTooLate',
  'quoteWorseThanPrice',
  // counts and limits
  'openOrderLimit',
  'positionLimit',
  'openInterestLimit',
  'subaccountLimit',
  'keyLimit',
  'backstopBound',
  'rfqLimit',
  'quoteLimit',
  // deposits, withdrawals, transfers
  'blockchainUnknown',
  'addressInvalid',
  'depositDisabled',
  'depositBelowMinimum',
  'depositAlreadyCredited',
  'withdrawalDisabled',
  'withdrawalBelowMinimum',
  'withdrawalAlreadyConfirmed',
  'transferToSelf',
  'transferToStranger',
  'notConvertible',
  // registration and keys
  'registrationClosed',
  'keyAlreadyRegistered',
  'lastKey',
  // operators
  'proposalNotOpen',
  'approvalBySameKey',
  'actionInvalid',
  'proposalLimit',
  // money
  'insufficientFunds',
  'insufficientMargin',
  'priceUnknown',
  'notLendable',
  'insufficientBorrowableQuantity',
  'borrowLimit',
  'openBorrowLendLimit',
  'utilizationLimit',
  'balanceTooLarge',
  'feesTooSmall',
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];

/** The numbers that decided, as plain decimals or names. */
export type RejectDetails = Readonly<Record<string, string | number>>;
