// An order, with what it waited for, as a row of numbers.
import { ORDER_STATUS, type OrderOrigin, type OrderView, type TriggerOrderView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { TriggerTerms } from './queries.js';

export const ORDER_COLUMN = {
  orderId: 0,
  marketId: 1,
  accountId: 2,
  status: 14,
  reason: 16,
  updatedUs: 17,
  strategyId: 18,
} as const;
export const TRIGGER_STATUS = 19;
export const ORDER_ROW_WIDTH = 25;

const POST_ONLY = 1;
const REDUCE_ONLY = 2;
const CONVERSION = 4;
const LIQUIDATION = 8;
const FLAGS = 8;

const ORIGIN_FLAG: Readonly<Record<OrderOrigin, number>> = {
  user: 0,
  conversion: CONVERSION,
  liquidation: LIQUIDATION,
};

/** Places are saved: never reorder. 0 is an order that never waited. */
const TRIGGER_STATUSES: readonly (TriggerTerms['status'] | undefined)[] = [
  undefined,
  'waiting',
  'triggered',
  'cancelled',
  'expired',
];

export const TRIGGERED = TRIGGER_STATUSES.indexOf('triggered');

export type Ending = { readonly reasonCode: number; readonly origin: OrderOrigin; readonly updatedUs: TimeUs };

function flagsOf({ postOnly, reduceOnly }: OrderView, origin: OrderOrigin): number {
  return (postOnly ? POST_ONLY : 0) | (reduceOnly ? REDUCE_ONLY : 0) | ORIGIN_FLAG[origin];
}

export function orderColumns(order: OrderView, { reasonCode, origin, updatedUs }: Ending): number[] {
  return [
    order.orderId,
    order.marketId,
    order.accountId,
    order.clientId,
    order.side,
    order.orderType,
    order.timeInForce,
    order.selfTradePrevention,
    flagsOf(order, origin),
    order.priceTicks,
    order.sizeLots,
    order.quoteSizeAtoms,
    order.filledLots,
    order.filledQuoteAtoms,
    order.status,
    order.createdUs,
    reasonCode,
    updatedUs,
    order.strategyId ?? 0,
  ];
}

export function triggerColumns(terms: TriggerTerms): number[] {
  return [
    TRIGGER_STATUSES.indexOf(terms.status),
    terms.triggerTicks,
    terms.triggerBy,
    terms.whenRising ? 1 : 0,
    terms.positionShare,
    terms.parentOrderId,
  ];
}

const STATUS_OF_WAITING: Readonly<Record<TriggerTerms['status'], OrderView['status']>> = {
  waiting: ORDER_STATUS.new,
  triggered: ORDER_STATUS.new,
  cancelled: ORDER_STATUS.cancelled,
  expired: ORDER_STATUS.expired,
};

/** As the order stands that it is, or would have become. */
export function orderOfTrigger(waiting: TriggerOrderView): OrderView {
  const nothing = { quoteSizeAtoms: 0 as Atoms, filledLots: 0 as Lots, filledQuoteAtoms: 0 as Atoms };
  const { orderId, accountId, marketId, clientId, side, orderType, timeInForce, selfTradePrevention } = waiting;
  const { postOnly, reduceOnly, priceTicks, sizeLots, createdUs } = waiting;
  const identity = { orderId, accountId, marketId, clientId, side, orderType, timeInForce, selfTradePrevention };
  const status = STATUS_OF_WAITING[waiting.status];
  return { ...identity, postOnly, reduceOnly, priceTicks, sizeLots, ...nothing, status, createdUs };
}

const strategyOf = (strategyId: number) => (strategyId === 0 ? {} : { strategyId });

export function orderOf(value: (column: number) => number): OrderView {
  return {
    orderId: value(ORDER_COLUMN.orderId),
    marketId: value(ORDER_COLUMN.marketId),
    accountId: value(ORDER_COLUMN.accountId),
    clientId: value(3),
    side: value(4) as OrderView['side'],
    orderType: value(5) as OrderView['orderType'],
    timeInForce: value(6) as OrderView['timeInForce'],
    selfTradePrevention: value(7) as OrderView['selfTradePrevention'],
    postOnly: (value(FLAGS) & POST_ONLY) !== 0,
    reduceOnly: (value(FLAGS) & REDUCE_ONLY) !== 0,
    priceTicks: value(9) as Ticks,
    sizeLots: value(10) as Lots,
    quoteSizeAtoms: value(11) as Atoms,
    filledLots: value(12) as Lots,
    filledQuoteAtoms: value(13) as Atoms,
    status: value(ORDER_COLUMN.status) as OrderView['status'],
    createdUs: value(15) as TimeUs,
    ...strategyOf(value(ORDER_COLUMN.strategyId)),
  };
}

export function orderOriginOf(value: (column: number) => number): OrderOrigin {
  const flags = value(FLAGS);
  if ((flags & LIQUIDATION) !== 0) return 'liquidation';
  return (flags & CONVERSION) === 0 ? 'user' : 'conversion';
}

export function triggerOf(value: (column: number) => number): TriggerTerms | undefined {
  const status = TRIGGER_STATUSES[value(TRIGGER_STATUS)];
  if (status === undefined) return undefined;
  return {
    status,
    triggerTicks: value(TRIGGER_STATUS + 1) as Ticks,
    triggerBy: value(TRIGGER_STATUS + 2) as TriggerTerms['triggerBy'],
    whenRising: value(TRIGGER_STATUS + 3) === 1,
    positionShare: value(TRIGGER_STATUS + 4),
    parentOrderId: value(TRIGGER_STATUS + 5),
  };
}
