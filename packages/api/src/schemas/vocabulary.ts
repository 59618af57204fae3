// The closed sets of the wire, spelt as the reference venue spells them.
import { type Static, Type } from 'typebox';

const BLOCKCHAIN_NAMES = [
  '0G',
  'Aptos',
  'Arbitrum',
  'Avalanche',
  'Base',
  'Berachain',
  'Bitcoin',
  'BitcoinCash',
  'Bsc',
  'Cardano',
  'Dogecoin',
  'Eclipse',
  'EqualsMoney',
  'Ethereum',
  'Fogo',
  'HyperEVM',
  'Hyperliquid',
  'Linea',
  'Litecoin',
  'Monad',
  'Near',
  'Optimism',
  'Plasma',
  'Polygon',
  'Sei',
  'Sui',
  'Solana',
  'Stable',
  'Story',
  'Tron',
  'XRP',
  'Zcash',
] as const;

const DEPOSIT_SOURCE_NAMES = [
  'administrator',
  '0G',
  'aptos',
  'arbitrum',
  'avalanche',
  'base',
  'berachain',
  'bitcoin',
  'bitcoinCash',
  'bsc',
  'cardano',
  'dogecoin',
  'eclipse',
  'ethereum',
  'fogo',
  'hyperEVM',
  'hyperliquid',
  'linea',
  'litecoin',
  'monad',
  'near',
  'polygon',
  'optimism',
  'plasma',
  'sei',
  'stable',
  'sui',
  'solana',
  'story',
  'tron',
  'xRP',
  'zcash',
  'equalsMoney',
  'banxa',
  'internal',
] as const;

/** The sandbox's own chain, whose deposits anyone may ask for, beside those of the reference. */
export const SANDBOX_BLOCKCHAIN = 'Sandbox';
export const SANDBOX_DEPOSIT_SOURCE = 'sandbox';

export const Blockchain = Type.Enum([...BLOCKCHAIN_NAMES, SANDBOX_BLOCKCHAIN] as const, { title: 'Blockchain' });
export type Blockchain = Static<typeof Blockchain>;

export const DepositSource = Type.Enum([...DEPOSIT_SOURCE_NAMES, SANDBOX_DEPOSIT_SOURCE] as const, {
  title: 'DepositSource',
});
export type DepositSource = Static<typeof DepositSource>;

/** The source of a deposit is the blockchain's name with a small first letter: `Solana` → `solana`. */
export function depositSourceOf(blockchain: string): DepositSource {
  const name = blockchain.charAt(0).toLowerCase() + blockchain.slice(1);
  const known: readonly string[] = DEPOSIT_SOURCE_NAMES;
  return known.includes(name) ? (name as DepositSource) : SANDBOX_DEPOSIT_SOURCE;
}

export const Side = Type.Enum(['Bid', 'Ask'] as const, { title: 'Side' });
export type Side = Static<typeof Side>;

export const OrderTypeEnum = Type.Enum(['Market', 'Limit'] as const, { title: 'OrderTypeEnum' });
export type OrderTypeEnum = Static<typeof OrderTypeEnum>;

export const TimeInForce = Type.Enum(['GTC', 'IOC', 'FOK'] as const, { title: 'TimeInForce' });
export type TimeInForce = Static<typeof TimeInForce>;

export const SelfTradePrevention = Type.Enum(['RejectTaker', 'RejectMaker', 'RejectBoth'] as const, {
  title: 'SelfTradePrevention',
});
export type SelfTradePrevention = Static<typeof SelfTradePrevention>;

export const OrderStatus = Type.Enum(
  ['Cancelled', 'Expired', 'Filled', 'New', 'PartiallyFilled', 'TriggerPending', 'TriggerFailed'] as const,
  { title: 'OrderStatus' },
);
export type OrderStatus = Static<typeof OrderStatus>;

export const OrderExpiryReason = Type.Enum(
  [
    'AccountTradingSuspended',
    'BorrowRequiresLendRedeem',
    'FillOrKill',
    'InsufficientBorrowableQuantity',
    'InsufficientFunds',
    'InsufficientLiquidity',
    'InvalidPrice',
    'InvalidQuantity',
    'ImmediateOrCancel',
    'InsufficientMargin',
    'Liquidation',
    'NegativeEquity',
    'PostOnlyMode',
    'PostOnlyTaker',
    'PriceOutOfBounds',
    'ReduceOnlyNotReduced',
    'SelfTradePrevention',
    'StopWithoutPosition',
    'PriceImpact',
    'Unknown',
    'UserPermissions',
    'MaxStopOrdersPerPosition',
    'PositionLimit',
    'SlippageToleranceExceeded',
  ] as const,
  { title: 'OrderExpiryReason' },
);
export type OrderExpiryReason = Static<typeof OrderExpiryReason>;

export const SystemOrderType = Type.Enum(
  [
    'CollateralConversion',
    'FutureExpiry',
    'LiquidatePositionOnAdl',
    'LiquidatePositionOnBook',
    'LiquidatePositionOnBackstop',
    'OrderBookClosed',
  ] as const,
  { title: 'SystemOrderType' },
);
export type SystemOrderType = Static<typeof SystemOrderType>;

export const TriggerBy = Type.Enum(['MarkPrice', 'LastPrice', 'IndexPrice'] as const);
export const SlippageToleranceType = Type.Enum(['TickSize', 'Percent'] as const, { title: 'SlippageToleranceType' });
export const CancelOrderTypeEnum = Type.Enum(['RestingLimitOrder', 'ConditionalOrder'] as const, {
  title: 'CancelOrderTypeEnum',
});

export const MarketType = Type.Enum(['SPOT', 'PERP', 'IPERP', 'DATED', 'PREDICTION', 'RFQ'] as const, {
  title: 'MarketType',
});
export type MarketType = Static<typeof MarketType>;

export const OrderBookState = Type.Enum(['Open', 'Closed', 'CancelOnly', 'LimitOnly', 'PostOnly'] as const, {
  title: 'OrderBookState',
});
export type OrderBookState = Static<typeof OrderBookState>;

export const KLINE_INTERVALS = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1month',
] as const;
export const KlineInterval = Type.Enum(KLINE_INTERVALS, { title: 'KlineInterval' });
export type KlineInterval = Static<typeof KlineInterval>;

export const KlinePriceType = Type.Enum(['Last', 'Index', 'Mark'] as const, { title: 'KlinePriceType' });
export const TickerInterval = Type.Enum(['1d', '1w'] as const, { title: 'TickerInterval' });
export const DepthLimit = Type.Enum(['5', '10', '20', '50', '100', '500', '1000'] as const, { title: 'DepthLimit' });
export const SortDirection = Type.Enum(['Asc', 'Desc'] as const, { title: 'SortDirection' });

export const FillType = Type.Enum(
  [
    'User',
    'BookLiquidation',
    'Adl',
    'Backstop',
    'Liquidation',
    'AllLiquidation',
    'CollateralConversion',
    'CollateralConversionAndSpotLiquidation',
  ] as const,
  { title: 'FillType' },
);
export type FillType = Static<typeof FillType>;

export const DepositStatus = Type.Enum(
  [
    'cancelled',
    'confirmed',
    'declined',
    'expired',
    'initiated',
    'ownershipVerificationRequired',
    'pending',
    'refunded',
    'senderVerificationCompleted',
    'senderVerificationRequired',
  ] as const,
  { title: 'DepositStatus' },
);

export const WithdrawalStatus = Type.Enum(
  [
    'cancelled',
    'confirmed',
    'ownershipVerificationRequired',
    'pending',
    'recipientInformationProvided',
    'recipientInformationRequired',
  ] as const,
  { title: 'WithdrawalStatus' },
);

export const Status = Type.Enum(['Ok', 'Maintenance'] as const, { title: 'Status' });

export const BorrowLendSide = Type.Enum(['Borrow', 'Lend'] as const, { title: 'BorrowLendSide' });
export type BorrowLendSide = Static<typeof BorrowLendSide>;

export const BorrowLendBookState = Type.Enum(['Open', 'Closed', 'RepayOnly'] as const, {
  title: 'BorrowLendBookState',
});

export const BorrowLendEventType = Type.Enum(['Borrow', 'BorrowRepay', 'Lend', 'LendRedeem'] as const, {
  title: 'BorrowLendEventType',
});
export type BorrowLendEventType = Static<typeof BorrowLendEventType>;

export const BorrowLendSource = Type.Enum(
  [
    'AdlProvider',
    'AutoBorrowRepay',
    'AutoLend',
    'BackstopProvider',
    'DustConversion',
    'Interest',
    'Liquidation',
    'LiquidationAdl',
    'LiquidationBackstop',
    'Manual',
    'Reconciliation',
    'Rfq',
    'SpotMargin',
    'Withdrawal',
  ] as const,
  { title: 'BorrowLendSource' },
);
export type BorrowLendSource = Static<typeof BorrowLendSource>;

export const BorrowLendPositionState = Type.Enum(['Open', 'Closed'] as const, { title: 'BorrowLendPositionState' });

export const PositionState = Type.Enum(['Open', 'Closed'] as const, { title: 'PositionState' });

export const BorrowLendMarketHistoryInterval = Type.Enum(['1d', '1w', '1month', '1year'] as const, {
  title: 'BorrowLendMarketHistoryInterval',
});
export type BorrowLendMarketHistoryInterval = Static<typeof BorrowLendMarketHistoryInterval>;

export const VaultHistoryInterval = Type.Enum(['1d', '1w', '1month', '1year'] as const, {
  title: 'VaultHistoryInterval',
});

export const VaultRedeemStatus = Type.Enum(['Requested', 'Redeemed', 'Cancelled'] as const, {
  title: 'VaultRedeemStatus',
});
export type VaultRedeemStatus = Static<typeof VaultRedeemStatus>;

export const PaymentType = Type.Enum(
  ['EntryFee', 'Borrow', 'Lend', 'UnrealizedPositivePnl', 'UnrealizedNegativePnl'] as const,
  { title: 'PaymentType' },
);
export type PaymentType = Static<typeof PaymentType>;

export const InterestPaymentSource = Type.Enum(['UnrealizedPnl', 'BorrowLend'] as const, {
  title: 'InterestPaymentSource',
});
export type InterestPaymentSource = Static<typeof InterestPaymentSource>;

export const SettlementSource = Type.Enum(
  [
    'TradingFees',
    'TradingFeesSystem',
    'FundingPayment',
    'CulledBorrowInterest',
    'CulledRealizePnlAuto',
    'CulledRealizePnlBookUtilisation',
    'CulledRealizePnlAccountThreshold',
    'CulledRealizePnlSystemThreshold',
    'RealizePnl',
    'BackstopProviderLiquidation',
    'BackstopAdlLiquidation',
    'BackstopLiquidityFundProceeds',
    'SystemLiabilityTransfer',
  ] as const,
  { title: 'SettlementSource' },
);
export type SettlementSource = Static<typeof SettlementSource>;

export const SettlementSourceFilter = Type.Enum(
  [
    'BackstopLiquidation',
    'CulledBorrowInterest',
    'CulledRealizePnl',
    'CulledRealizePnlBookUtilization',
    'FundingPayment',
    'RealizePnl',
    'TradingFees',
    'TradingFeesSystem',
  ] as const,
  { title: 'SettlementSourceFilter' },
);
export type SettlementSourceFilter = Static<typeof SettlementSourceFilter>;

export const RfqExecutionMode = Type.Enum(['AwaitAccept', 'Immediate'] as const, { title: 'RfqExecutionMode' });
export type RfqExecutionMode = Static<typeof RfqExecutionMode>;

export const RfqFillType = Type.Enum(['User', 'CollateralConversion'] as const, { title: 'RfqFillType' });
