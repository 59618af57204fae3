import type { Order, OrderType } from '@glasshouse/api';

function liveFields(row: Order) {
  return {
    id: row.id,
    clientId: row.clientId,
    createdAt: Date.parse(`${row.createdAt}Z`),
    executedQuantity: row.executedQuantity ?? '0',
    executedQuoteQuantity: row.executedQuoteQuantity ?? '0',
    reduceOnly: null,
    selfTradePrevention: row.selfTradePrevention,
    status: row.status,
    side: row.side,
    symbol: row.symbol,
    timeInForce: row.timeInForce,
    stopLossTriggerPrice: row.stopLossTriggerPrice,
    stopLossLimitPrice: row.stopLossLimitPrice,
    stopLossTriggerBy: row.stopLossTriggerBy,
    takeProfitTriggerPrice: row.takeProfitTriggerPrice,
    takeProfitLimitPrice: row.takeProfitLimitPrice,
    takeProfitTriggerBy: row.takeProfitTriggerBy,
    triggerBy: row.triggerBy,
    triggerPrice: row.triggerPrice,
    triggerQuantity: row.triggerQuantity,
    triggeredAt: null,
    relatedOrderId: null,
    strategyId: row.strategyId,
  };
}

/** A row of the order history in the form in which a live order is answered. */
export function liveOrderOf(row: Order): OrderType {
  if (row.orderType === 'Limit') {
    return {
      orderType: 'Limit',
      ...liveFields(row),
      postOnly: row.postOnly ?? false,
      price: row.price ?? '0',
      quantity: row.quantity ?? '0',
    };
  }
  return {
    orderType: 'Market',
    ...liveFields(row),
    quantity: row.quantity,
    quoteQuantity: row.quoteQuantity,
    slippageTolerance: row.slippageTolerance,
    slippageToleranceType: row.slippageToleranceType,
  };
}
