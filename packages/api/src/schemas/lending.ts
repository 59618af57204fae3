// Lending pools, and what an account has lent and borrowed. Rates are fractions a year.
import { type Static, Type } from 'typebox';
import { PositionImfFunction } from './market.js';
import {
  CustodyAsset,
  DateTime,
  Decimal,
  NaiveDateTime,
  nullable,
  requestObject,
  responseObject,
  UnsignedDecimal,
} from './primitive.js';
import { BorrowLendBookState, BorrowLendEventType, BorrowLendSide, BorrowLendSource } from './vocabulary.js';

const BorrowLendApyRate = responseObject('BorrowLendApyRate', {
  symbol: CustodyAsset,
  borrowRate: Decimal,
  lendRate: Decimal,
});

const StakingApyRate = responseObject('StakingApyRate', {
  symbol: Type.String(),
  dilutionFactor: Decimal,
  stakingRate: Decimal,
});

export const ApyRates = responseObject('ApyRates', {
  borrowLend: Type.Array(BorrowLendApyRate),
  staking: Type.Array(StakingApyRate),
});

export const BorrowLendMarket = responseObject('BorrowLendMarket', {
  state: BorrowLendBookState,
  assetMarkPrice: Decimal,
  borrowInterestRate: Decimal,
  borrowedQuantity: Decimal,
  fee: Decimal,
  lendInterestRate: Decimal,
  lentQuantity: Decimal,
  maxUtilization: Decimal,
  openBorrowLendLimit: Decimal,
  optimalUtilization: Decimal,
  symbol: CustodyAsset,
  timestamp: DateTime,
  throttleUtilizationThreshold: Decimal,
  throttleUtilizationBound: Decimal,
  throttleUpdateFraction: Decimal,
  utilization: Decimal,
  stepSize: Decimal,
});
export type BorrowLendMarket = Static<typeof BorrowLendMarket>;

export const BorrowLendHistory = responseObject('BorrowLendHistory', {
  borrowInterestRate: Decimal,
  borrowedQuantity: Decimal,
  lendInterestRate: Decimal,
  lentQuantity: Decimal,
  timestamp: DateTime,
  utilization: Decimal,
});
export type BorrowLendHistory = Static<typeof BorrowLendHistory>;

/** `netQuantity` is negative for a debt. */
export const BorrowLendPositionWithMargin = responseObject('BorrowLendPositionWithMargin', {
  cumulativeInterest: Decimal,
  id: Type.String(),
  imf: Decimal,
  imfFunction: PositionImfFunction,
  netQuantity: Decimal,
  markPrice: Decimal,
  mmf: Decimal,
  mmfFunction: PositionImfFunction,
  netExposureQuantity: Decimal,
  netExposureNotional: Decimal,
  symbol: CustodyAsset,
  estLiquidationPrice: Decimal,
});
export type BorrowLendPositionWithMargin = Static<typeof BorrowLendPositionWithMargin>;

/** Lend repays a debt of the asset first, Borrow redeems what is lent first. */
export const BorrowLendExecutePayload = requestObject('BorrowLendExecutePayload', {
  quantity: UnsignedDecimal,
  side: BorrowLendSide,
  symbol: CustodyAsset,
});

export const BorrowLendMovement = responseObject('BorrowLendMovement', {
  eventType: BorrowLendEventType,
  positionId: Type.String(),
  positionQuantity: nullable(Decimal),
  quantity: Decimal,
  source: BorrowLendSource,
  symbol: Type.String(),
  timestamp: NaiveDateTime,
  spotMarginOrderId: nullable(Type.String()),
});
export type BorrowLendMovement = Static<typeof BorrowLendMovement>;

export const BorrowLendPositionRow = responseObject('BorrowLendPositionRow', {
  positionId: Type.String(),
  quantity: Decimal,
  symbol: Type.String(),
  source: BorrowLendSource,
  cumulativeInterest: Decimal,
  avgInterestRate: Decimal,
  side: BorrowLendSide,
  createdAt: NaiveDateTime,
});
export type BorrowLendPositionRow = Static<typeof BorrowLendPositionRow>;

export const PositionEstimatedLiquidationPrice = responseObject('PositionEstimatedLiquidationPrice', {
  liquidationPrice: Decimal,
  markPrice: Decimal,
});
