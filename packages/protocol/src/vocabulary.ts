// Closed sets of the protocol as small integers: they are stored in columns and compared on hot paths. Never renumber.

type CodeOf<Codes extends Record<string, number>> = Codes[keyof Codes];

export const SIDE = { bid: 0, ask: 1 } as const;
export type Side = CodeOf<typeof SIDE>;

export const ORDER_TYPE = { limit: 0, market: 1 } as const;
export type OrderType = CodeOf<typeof ORDER_TYPE>;

export const TIME_IN_FORCE = { goodTillCancelled: 0, immediateOrCancel: 1, fillOrKill: 2 } as const;
export type TimeInForce = CodeOf<typeof TIME_IN_FORCE>;

/** Which order goes when an account would trade with itself. */
export const SELF_TRADE_PREVENTION = { rejectTaker: 0, rejectMaker: 1, rejectBoth: 2 } as const;
export type SelfTradePrevention = CodeOf<typeof SELF_TRADE_PREVENTION>;

export const ORDER_STATUS = { new: 0, partiallyFilled: 1, filled: 2, cancelled: 3, expired: 4 } as const;
export type OrderStatus = CodeOf<typeof ORDER_STATUS>;

export const MARKET_STATE = { open: 0, cancelOnly: 1, limitOnly: 2, postOnly: 3, closed: 4 } as const;
export type MarketState = CodeOf<typeof MARKET_STATE>;

/** A market of kind `rfq` has no book: one asks for quotes there. */
export const MARKET_KIND = { spot: 0, perp: 1, rfq: 2 } as const;
export type MarketKind = CodeOf<typeof MARKET_KIND>;

/** Which price wakes a trigger order. */
export const TRIGGER_BY = { last: 0, mark: 1, index: 2 } as const;
export type TriggerBy = CodeOf<typeof TRIGGER_BY>;

/** What becomes of quotes for a request: its owner picks one, or the first that is good enough is taken. */
export const RFQ_MODE = { awaitAccept: 0, immediate: 1 } as const;
export type RfqMode = CodeOf<typeof RFQ_MODE>;

/** Whose key it is, and so what it may sign. */
export const KEY_ROLE = { account: 0, operator: 1, registrar: 2, chain: 3, priceFeed: 4, twoFactor: 5 } as const;
export type KeyRole = CodeOf<typeof KEY_ROLE>;

/** Bits of what an account key may do. */
export const PERMISSION = { read: 1, trade: 2, withdraw: 4 } as const;
export const ALL_PERMISSIONS = PERMISSION.read | PERMISSION.trade | PERMISSION.withdraw;

/** Why the unfilled rest of an order left without the owner's cancel. */
export type ExpiryReason =
  | 'FillOrKill'
  | 'ImmediateOrCancel'
  | 'InsufficientBorrowableQuantity'
  | 'InsufficientFunds'
  | 'InsufficientLiquidity'
  | 'InsufficientMargin'
  | 'InvalidPrice'
  | 'InvalidQuantity'
  | 'NegativeEquity'
  | 'PositionLimit'
  | 'PriceImpact'
  | 'PriceOutOfBounds'
  | 'ReduceOnlyNotReduced'
  | 'SelfTradePrevention'
  | 'StopWithoutPosition';

/** Why a strategy ended without its owner's cancel before all of it was executed. Places are saved: never reorder. */
export const STRATEGY_END_REASONS = [
  'Expired',
  'FillOrKill',
  'InsufficientBorrowableQuantity',
  'InsufficientFunds',
  'InsufficientLiquidity',
  'InvalidPrice',
  'InvalidQuantity',
  'InsufficientMargin',
  'Liquidation',
  'PriceOutOfBounds',
  'ReduceOnlyNotReduced',
  'SelfTradePrevention',
  'Unknown',
  'UserPermissions',
] as const;
export type StrategyEndReason = (typeof STRATEGY_END_REASONS)[number];
