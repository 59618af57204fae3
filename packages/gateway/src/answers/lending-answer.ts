// Lending pools and loans as REST shows them.
import type {
  BorrowLendHistory,
  BorrowLendMarket,
  BorrowLendMovement,
  BorrowLendPositionRow,
  BorrowLendPositionWithMargin,
  InterestPayment,
} from '@glasshouse/api';
import type { AssetMarginTerm, AssetView, LendingTerms, PoolView } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { InterestRow, LoanMovementRow, LoanRow, LoanSource, PoolRow } from '../accrual-port.js';
import { assetQuantity } from '../exchange/listing.js';
import { loanNumber } from './identities.js';
import { largestTerm, marginFunction } from './margin-functions.js';
import { fractionText, priceText, rateText, usdText } from './real-number.js';
import { isoDateTime, naiveDateTime } from './times.js';

export function poolMarketAnswer(
  asset: AssetView,
  lending: LendingTerms,
  pool: PoolView,
  priceUsd: number,
): BorrowLendMarket {
  return {
    assetMarkPrice: priceText(priceUsd),
    borrowInterestRate: rateText(pool.borrowRate),
    borrowedQuantity: assetQuantity(asset, pool.borrowedAtoms),
    fee: fractionText(lending.reserveFee),
    lendInterestRate: rateText(pool.lendRate),
    lentQuantity: assetQuantity(asset, pool.lentAtoms),
    maxUtilization: fractionText(lending.maxUtilization),
    openBorrowLendLimit: assetQuantity(asset, lending.openBorrowLendLimitAtoms),
    optimalUtilization: fractionText(lending.optimalUtilization),
    state: 'Open',
    stepSize: formatDecimal(1, asset.decimals, 0),
    symbol: asset.symbol,
    throttleUpdateFraction: fractionText(lending.throttleFraction),
    throttleUtilizationBound: fractionText(pool.throttleUtilization),
    throttleUtilizationThreshold: fractionText(lending.throttleThreshold),
    timestamp: isoDateTime(pool.timeUs),
    utilization: fractionText(pool.utilization),
  };
}

export function poolHistoryAnswer(asset: AssetView, row: PoolRow): BorrowLendHistory {
  return {
    borrowInterestRate: rateText(row.borrowRate),
    borrowedQuantity: assetQuantity(asset, row.borrowedAtoms),
    lendInterestRate: rateText(row.lendRate),
    lentQuantity: assetQuantity(asset, row.lentAtoms),
    timestamp: isoDateTime(row.timeUs),
    utilization: fractionText(row.utilization),
  };
}

/** Interest since the loan began is in its quantity. */
export function loanAnswer(
  asset: AssetView,
  lending: LendingTerms,
  term: AssetMarginTerm,
  loan: { readonly accountId: number; readonly interestAtoms: number },
): BorrowLendPositionWithMargin {
  const { lentAtoms, borrowedAtoms, liquidationPriceUsd } = term;
  const net = lentAtoms - borrowedAtoms;
  return {
    cumulativeInterest: assetQuantity(asset, loan.interestAtoms),
    estLiquidationPrice: liquidationPriceUsd === undefined ? '0' : priceText(liquidationPriceUsd),
    id: String(loanNumber(loan.accountId, asset.assetId)),
    imf: fractionText(borrowedAtoms === 0 ? 0 : largestTerm(term.imf)),
    imfFunction: marginFunction(lending.imf),
    markPrice: priceText(term.priceUsd),
    mmf: fractionText(borrowedAtoms === 0 ? 0 : term.maintenanceFraction),
    mmfFunction: marginFunction(lending.mmf),
    netExposureNotional: usdText(term.liabilityUsd),
    netExposureQuantity: assetQuantity(asset, borrowedAtoms),
    netQuantity: assetQuantity(asset, net),
    symbol: asset.symbol,
  };
}

export const EVENT_TYPE_NAME = {
  lend: 'Lend',
  redeem: 'LendRedeem',
  borrow: 'Borrow',
  repay: 'BorrowRepay',
} as const satisfies Record<LoanMovementRow['change'], BorrowLendMovement['eventType']>;

/** The reference has no word for a settlement or a transfer; both are the exchange's reconciling of a balance. */
export const LOAN_SOURCE_NAME = {
  manual: 'Manual',
  autoLend: 'AutoLend',
  autoRepay: 'AutoBorrowRepay',
  order: 'SpotMargin',
  settlement: 'Reconciliation',
  withdrawal: 'Withdrawal',
  transfer: 'Reconciliation',
  liquidation: 'Liquidation',
  rfq: 'Rfq',
  dustConversion: 'DustConversion',
  lenderDeleveraged: 'LiquidationAdl',
  borrowerDeleveraged: 'AdlProvider',
  takenOver: 'LiquidationBackstop',
} as const satisfies Record<LoanSource, BorrowLendMovement['source']>;

export function movementAnswer(asset: AssetView, accountId: number, row: LoanMovementRow): BorrowLendMovement {
  return {
    eventType: EVENT_TYPE_NAME[row.change],
    positionId: String(loanNumber(accountId, asset.assetId)),
    positionQuantity: null,
    quantity: assetQuantity(asset, row.quantityAtoms),
    source: LOAN_SOURCE_NAME[row.source],
    spotMarginOrderId: null,
    symbol: asset.symbol,
    timestamp: naiveDateTime(row.timeUs),
  };
}

export function loanRowAnswer(asset: AssetView, accountId: number, row: LoanRow): BorrowLendPositionRow {
  return {
    avgInterestRate: rateText(row.averageRate),
    createdAt: naiveDateTime(row.openedUs),
    cumulativeInterest: assetQuantity(asset, row.interestAtoms),
    positionId: String(loanNumber(accountId, asset.assetId)),
    quantity: assetQuantity(asset, row.quantityAtoms),
    side: row.side === 'lend' ? 'Lend' : 'Borrow',
    source: LOAN_SOURCE_NAME[row.source],
    symbol: asset.symbol,
  };
}

/** Interest is posted at least once an hour. */
const INTEREST_INTERVAL_MS = 3_600_000;

function paymentType({ source, interestAtoms }: InterestRow): InterestPayment['paymentType'] {
  if (source === 'lend') return 'Lend';
  if (source === 'borrow') return 'Borrow';
  return interestAtoms < 0 ? 'UnrealizedNegativePnl' : 'UnrealizedPositivePnl';
}

export function interestAnswer(asset: AssetView, accountId: number, row: InterestRow): InterestPayment {
  return {
    interestRate: rateText(row.rate),
    interval: INTEREST_INTERVAL_MS,
    marketSymbol: asset.symbol,
    paymentType: paymentType(row),
    positionId: String(loanNumber(accountId, asset.assetId)),
    quantity: assetQuantity(asset, row.interestAtoms),
    symbol: asset.symbol,
    timestamp: naiveDateTime(row.timeUs),
  };
}
