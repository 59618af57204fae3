// Codes of the protocol as the wire spells them.
import type {
  OrderBookState,
  OrderStatus,
  OrderTypeEnum,
  Permission,
  SelfTradePrevention,
  Side,
  SystemOrderType,
  TimeInForce,
} from '@glasshouse/api';
import {
  type FillOrigin,
  MARKET_STATE,
  type MarketState,
  ORDER_STATUS,
  ORDER_TYPE,
  type OrderStatus as OrderStatusCode,
  type OrderType as OrderTypeCode,
  PERMISSION,
  SELF_TRADE_PREVENTION,
  type SelfTradePrevention as SelfTradePreventionCode,
  SIDE,
  type Side as SideCode,
  TIME_IN_FORCE,
  type TimeInForce as TimeInForceCode,
  TRIGGER_BY,
  type TriggerBy,
} from '@glasshouse/protocol';

export const SIDE_NAME: Readonly<Record<SideCode, Side>> = { [SIDE.bid]: 'Bid', [SIDE.ask]: 'Ask' };

export const ORDER_TYPE_NAME: Readonly<Record<OrderTypeCode, OrderTypeEnum>> = {
  [ORDER_TYPE.limit]: 'Limit',
  [ORDER_TYPE.market]: 'Market',
};

export const TIME_IN_FORCE_NAME: Readonly<Record<TimeInForceCode, TimeInForce>> = {
  [TIME_IN_FORCE.goodTillCancelled]: 'GTC',
  [TIME_IN_FORCE.immediateOrCancel]: 'IOC',
  [TIME_IN_FORCE.fillOrKill]: 'FOK',
};

export const SELF_TRADE_PREVENTION_NAME: Readonly<Record<SelfTradePreventionCode, SelfTradePrevention>> = {
  [SELF_TRADE_PREVENTION.rejectTaker]: 'RejectTaker',
  [SELF_TRADE_PREVENTION.rejectMaker]: 'RejectMaker',
  [SELF_TRADE_PREVENTION.rejectBoth]: 'RejectBoth',
};

export const ORDER_STATUS_NAME: Readonly<Record<OrderStatusCode, OrderStatus>> = {
  [ORDER_STATUS.new]: 'New',
  [ORDER_STATUS.partiallyFilled]: 'PartiallyFilled',
  [ORDER_STATUS.filled]: 'Filled',
  [ORDER_STATUS.cancelled]: 'Cancelled',
  [ORDER_STATUS.expired]: 'Expired',
};

export const MARKET_STATE_NAME: Readonly<Record<MarketState, OrderBookState>> = {
  [MARKET_STATE.open]: 'Open',
  [MARKET_STATE.cancelOnly]: 'CancelOnly',
  [MARKET_STATE.limitOnly]: 'LimitOnly',
  [MARKET_STATE.postOnly]: 'PostOnly',
  [MARKET_STATE.closed]: 'Closed',
};

export const TRIGGER_BY_NAME = {
  [TRIGGER_BY.last]: 'LastPrice',
  [TRIGGER_BY.mark]: 'MarkPrice',
  [TRIGGER_BY.index]: 'IndexPrice',
} as const satisfies Record<TriggerBy, string>;

export const TRIGGER_BY_CODE = {
  LastPrice: TRIGGER_BY.last,
  MarkPrice: TRIGGER_BY.mark,
  IndexPrice: TRIGGER_BY.index,
} as const satisfies Record<(typeof TRIGGER_BY_NAME)[TriggerBy], TriggerBy>;

export const SYSTEM_ORDER_TYPE: Readonly<Record<FillOrigin, SystemOrderType | null>> = {
  user: null,
  conversion: 'CollateralConversion',
  liquidation: 'LiquidatePositionOnBook',
  backstop: 'LiquidatePositionOnBackstop',
  deleverage: 'LiquidatePositionOnAdl',
};

export function permissionNames(permissions: number): Permission[] {
  const names: readonly Permission[] = ['read', 'trade', 'withdraw'];
  return names.filter((name) => (permissions & PERMISSION[name]) !== 0);
}
