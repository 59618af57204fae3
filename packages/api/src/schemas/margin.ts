// Collateral, margin and positions of an account, and what it may still do. Values are USD, fractions are of 1.
import { type Static, Type } from 'typebox';
import { PositionImfFunction } from './market.js';
import { Decimal, Int32, NaiveDateTime, nullable, responseObject, Uint16 } from './primitive.js';
import { PositionState } from './vocabulary.js';

const CollateralFunctionKind = Type.Union(
  [
    responseObject('IdentityFunction', { type: Type.Literal('identity') }),
    responseObject('InverseSqrtFunction', {
      type: Type.Literal('inverseSqrt'),
      base: Decimal,
      positiveCurvePenalty: Decimal,
    }),
  ],
  { title: 'CollateralFunctionKind' },
);

/** identity: weight; inverseSqrt: the smaller of weight and base / (1 + positiveCurvePenalty × √(holding in USD)). */
const CollateralFunction = responseObject('CollateralFunction', { weight: Decimal, kind: CollateralFunctionKind });

/** How an asset counts: as collateral by `haircutFunction`, as a debt by the two margin functions. */
export const CollateralSummary = responseObject('CollateralSummary', {
  symbol: Type.String(),
  imfFunction: PositionImfFunction,
  mmfFunction: PositionImfFunction,
  haircutFunction: CollateralFunction,
});
export type CollateralSummary = Static<typeof CollateralSummary>;

export const Collateral = responseObject('Collateral', {
  symbol: Type.String(),
  assetMarkPrice: Decimal,
  totalQuantity: Decimal,
  balanceNotional: Decimal,
  collateralWeight: Decimal,
  collateralValue: Decimal,
  openOrderQuantity: Decimal,
  lendQuantity: Decimal,
  availableQuantity: Decimal,
});
export type Collateral = Static<typeof Collateral>;

export const MarginAccountSummary = responseObject('MarginAccountSummary', {
  assetsValue: Decimal,
  borrowLiability: Decimal,
  collateral: Type.Array(Collateral),
  imf: Decimal,
  unsettledEquity: Decimal,
  liabilitiesValue: Decimal,
  marginFraction: nullable(Decimal),
  mmf: Decimal,
  netEquity: Decimal,
  netEquityAvailable: Decimal,
  netEquityLocked: Decimal,
  netExposureFutures: Decimal,
  pnlUnrealized: Decimal,
});
export type MarginAccountSummary = Static<typeof MarginAccountSummary>;

/** `netQuantity` and `netCost` are negative for a short; `netExposureQuantity` is the size at worst, open orders included. */
export const FuturePositionWithMargin = responseObject('FuturePositionWithMargin', {
  breakEvenPrice: Decimal,
  entryPrice: Decimal,
  estLiquidationPrice: Decimal,
  imf: Decimal,
  imfFunction: PositionImfFunction,
  markPrice: Decimal,
  mmf: Decimal,
  mmfFunction: PositionImfFunction,
  netCost: Decimal,
  netQuantity: Decimal,
  netExposureQuantity: Decimal,
  netExposureNotional: Decimal,
  pnlRealized: Decimal,
  pnlUnrealized: Decimal,
  cumulativeFundingPayment: Decimal,
  subaccountId: nullable(Uint16),
  symbol: Type.String(),
  userId: Int32,
  positionId: Type.String(),
  cumulativeInterest: Decimal,
});
export type FuturePositionWithMargin = Static<typeof FuturePositionWithMargin>;

/**
 * A position from its opening to its closing. `closedVolume` and `liquidated` are quantities; `entryPrice` of a closed one is the mean
 * of all that opened it, and `closingPrice` of all that has been closed. Fees are positive when they were paid.
 */
export const PositionHistoryRow = responseObject('PositionHistoryRow', {
  accountLeverage: nullable(Decimal),
  closedAt: nullable(NaiveDateTime),
  closedVolume: Decimal,
  closingPrice: nullable(Decimal),
  cumulativePnlRealized: Decimal,
  entryPrice: Decimal,
  fees: Decimal,
  fundingQuantity: Decimal,
  id: Type.String(),
  imf: Decimal,
  interest: Decimal,
  liquidated: Decimal,
  liquidationFees: Decimal,
  markPrice: Decimal,
  netCost: Decimal,
  netExposureNotional: Decimal,
  netExposureQuantity: Decimal,
  netQuantity: Decimal,
  openedAt: nullable(NaiveDateTime),
  state: PositionState,
  symbol: Type.String(),
  unrealizedPnl: Decimal,
});
export type PositionHistoryRow = Static<typeof PositionHistoryRow>;

export const MaxBorrowQuantity = responseObject('MaxBorrowQuantity', {
  maxBorrowQuantity: Decimal,
  symbol: Type.String(),
});

export const MaxOrderQuantity = responseObject('MaxOrderQuantity', {
  autoBorrow: nullable(Type.Boolean()),
  autoBorrowRepay: nullable(Type.Boolean()),
  autoLendRedeem: nullable(Type.Boolean()),
  maxOrderQuantity: Decimal,
  price: nullable(Decimal),
  side: Type.String(),
  symbol: Type.String(),
  reduceOnly: nullable(Type.Boolean()),
});

export const MaxWithdrawalQuantity = responseObject('MaxWithdrawalQuantity', {
  autoBorrow: nullable(Type.Boolean()),
  autoLendRedeem: nullable(Type.Boolean()),
  maxWithdrawalQuantity: Decimal,
  symbol: Type.String(),
});
