import { describe, expect, test } from 'vitest';
import type { Event } from '../src/index.js';
import { originOf, originsIn } from '../src/index.js';

const traded = (takerOrderId: number, isLiquidation: boolean) =>
  ({ kind: 'traded', trade: { makerOrderId: 1, takerOrderId, isLiquidation } }) as unknown as Event;
const converted = (orderId: number) => ({ kind: 'collateralConverted', accountId: 7, marketId: 1, orderId }) as Event;
const started = (accountId: number) => ({ kind: 'liquidationStarted', accountId }) as unknown as Event;

describe('who wanted an order', () => {
  test('is its owner as long as the request does not say otherwise', () => {
    const origins = originsIn([traded(5, false)]);
    expect([originOf(origins, 5), origins.liquidated.size]).toEqual(['user', 0]);
  });

  test('is the exchange when it sold collateral, or traded for an account that it liquidates', () => {
    const origins = originsIn([traded(5, true), traded(6, false), converted(6), traded(8, false)]);
    expect([1, 5, 6, 8].map((orderId) => originOf(origins, orderId))).toEqual([
      'user',
      'liquidation',
      'conversion',
      'user',
    ]);
  });

  test('and whose orders were taken away with the beginning of a liquidation is known', () => {
    expect([...originsIn([started(7), traded(5, false), started(9)]).liquidated]).toEqual([7, 9]);
  });
});
