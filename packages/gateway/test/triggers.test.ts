// Orders that wait for a price, from outside: how they are answered, listed, cancelled and remembered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import type { Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

let risk: RiskVenue;
let trader: Trader;
let other: Trader;

beforeAll(async () => {
  risk = await RiskVenue.open();
  trader = await risk.trader({ USDC: '100000' });
  other = await risk.trader({ USDC: '1000000' });
  await other.ask('placeOrder', perpOrder('Ask', '100000', '1'));
  await trader.ask('placeOrder', perpOrder('Bid', '100000', '1'));
});
afterAll(() => risk.close());

const stop = (terms: Fields) => ({
  symbol: PERP,
  side: 'Ask',
  orderType: 'Market',
  triggerBy: 'MarkPrice',
  ...terms,
});

describe('a trigger order', () => {
  it('waits, is listed among the open orders, and is cancelled', async () => {
    const order = await trader.ask<Fields>(
      'placeOrder',
      stop({ triggerPrice: '90000', triggerQuantity: '0.5', reduceOnly: true, clientId: 7 }),
    );
    expect(order).toMatchObject({
      status: 'TriggerPending',
      orderType: 'Market',
      triggerPrice: '90000',
      triggerQuantity: '0.5',
      triggerBy: 'MarkPrice',
      reduceOnly: true,
      executedQuantity: '0',
      clientId: 7,
    });
    expect(await trader.ask('openOrders', { symbol: PERP })).toEqual([order]);
    expect(await trader.ask('order', { symbol: PERP, orderId: order['id'] })).toEqual(order);
    expect(await trader.ask('order', { symbol: PERP, clientId: 7 })).toEqual(order);
    expect(await trader.ask('account')).toMatchObject({ limitOrders: 0, triggerOrders: 1 });
    const [pending] = await trader.ask<Fields[]>('orderHistory', { orderId: order['id'] });
    expect(pending).toMatchObject({ status: 'TriggerPending', triggerPrice: '90000', triggerQuantity: '0.5' });
    expect(await trader.ask('cancelOrder', { symbol: PERP, clientId: 7 })).toEqual({ ...order, status: 'Cancelled' });
    expect(await trader.ask('openOrders', { symbol: PERP })).toEqual([]);
    const [gone] = await trader.ask<Fields[]>('orderHistory', { orderId: order['id'] });
    expect(gone).toMatchObject({ status: 'Cancelled', triggerPrice: '90000' });
  });

  it('may be for a share of the position, and in a batch', async () => {
    const [half, bad] = await trader.ask<Fields[]>('placeOrders', [
      stop({ triggerPrice: '80000', triggerQuantity: '50%', reduceOnly: true }),
      stop({ triggerPrice: '80000' }),
    ]);
    expect(half).toMatchObject({ operation: 'Ok', status: 'TriggerPending', triggerQuantity: '50%', quantity: null });
    expect(bad).toMatchObject({ operation: 'Err' });
  });

  it('is left alone when only resting orders are cancelled, and the other way round', async () => {
    const resting = await trader.ask<Fields>('placeOrder', perpOrder('Bid', '90000', '0.1'));
    const onlyResting = await trader.ask<Fields[]>('cancelAllOrders', { symbol: PERP, orderType: 'RestingLimitOrder' });
    expect(onlyResting.map(({ id }) => id)).toEqual([resting['id']]);
    const left = await trader.ask<Fields[]>('openOrders');
    expect(left.map(({ status }) => status)).toEqual(['TriggerPending']);
    const again = await trader.ask<Fields>('placeOrder', perpOrder('Bid', '90000', '0.1'));
    const conditional = await trader.ask<Fields[]>('cancelAllOrders', { symbol: PERP, orderType: 'ConditionalOrder' });
    expect(conditional).toMatchObject([{ status: 'Cancelled', triggerQuantity: '50%' }]);
    expect((await trader.ask<Fields[]>('openOrders')).map(({ id }) => id)).toEqual([again['id']]);
    await trader.ask('cancelAllOrders', { symbol: PERP });
  });

  it('fires when its price is reached, and goes on as an order under its id', async () => {
    await other.ask('placeOrder', perpOrder('Bid', '99500', '2'));
    const client = await StreamClient.connect(risk.venue.streamUrl);
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.orderUpdate');
    const order = await trader.ask<Fields>(
      'placeOrder',
      stop({ triggerPrice: '99800', triggerQuantity: '0.4', reduceOnly: true }),
    );
    expect(order['status']).toBe('TriggerPending');
    await risk.move({ BTC: '99500' }, 6);
    const [history] = await trader.ask<Fields[]>('orderHistory', { orderId: order['id'] });
    expect(history).toMatchObject({ status: 'Filled', executedQuantity: '0.4', triggerPrice: '99800' });
    expect(await trader.ask<Fields[]>('positions')).toMatchObject([{ netQuantity: '0.6' }]);
    await client.until(() => client.dataOf('account.orderUpdate').some(({ e }) => e === 'orderFill'));
    const updates = client.dataOf('account.orderUpdate');
    expect(updates.map(({ e }) => e)).toEqual(['triggerPlaced', 'orderAccepted', 'orderFill']);
    expect(updates[0]).toMatchObject({
      i: order['id'],
      X: 'TriggerPending',
      P: '99800.0',
      B: 'MarkPrice',
      Y: '0.4',
      r: true,
    });
    expect(updates[2]).toMatchObject({ i: order['id'], X: 'Filled', r: true });
    client.close();
  });

  it.each([
    ['off the grid', { triggerPrice: '90000.01', triggerQuantity: '0.1' }, 'INVALID_PRICE'],
    ['without a quantity', { triggerPrice: '90000' }, 'INVALID_CLIENT_REQUEST'],
    ['for more decimals than a step', { triggerPrice: '90000', triggerQuantity: '0.0000001' }, 'INVALID_QUANTITY'],
  ])('%s is refused and leaves nothing behind', async (_what, terms, code) => {
    const reply = await trader.send('placeOrder', stop(terms));
    expect([reply.status, reply.json()]).toMatchObject([400, { code }]);
    expect(await trader.ask('openOrders')).toEqual([]);
  });
});

describe('attached exits', () => {
  it('are told with the order, and come alive as it fills', async () => {
    const exits = {
      takeProfitTriggerPrice: '120000.0',
      takeProfitTriggerBy: 'MarkPrice',
      stopLossTriggerPrice: '90000',
      stopLossLimitPrice: '89900',
    };
    const order = await trader.ask<Fields>('placeOrder', perpOrder('Bid', '95000', '0.1', exits));
    const shown = {
      takeProfitTriggerPrice: '120000',
      takeProfitTriggerBy: 'MarkPrice',
      takeProfitLimitPrice: null,
      stopLossTriggerPrice: '90000',
      stopLossTriggerBy: 'LastPrice',
      stopLossLimitPrice: '89900',
    };
    expect(order).toMatchObject({ status: 'New', ...shown });
    expect(await trader.ask('openOrders')).toEqual([order]);
    await other.ask('cancelAllOrders', { symbol: PERP });
    await other.ask('placeOrder', perpOrder('Ask', '95000', '0.1'));
    const open = await trader.ask<Fields[]>('openOrders');
    expect(open.map(({ triggerPrice, relatedOrderId, side }) => [triggerPrice, relatedOrderId, side])).toEqual([
      ['120000', order['id'], 'Ask'],
      ['90000', order['id'], 'Ask'],
    ]);
    expect(await trader.ask<Fields[]>('cancelAllOrders', { symbol: PERP })).toHaveLength(2);
  });
});

describe('reduce-only', () => {
  it('is refused where there is nothing to reduce', async () => {
    const stranger = await risk.trader({ USDC: '1000' });
    const reply = await stranger.send('placeOrder', perpOrder('Ask', '100000', '0.01', { reduceOnly: true }));
    expect([reply.status, reply.json()]).toMatchObject([400, { code: 'INVALID_ORDER' }]);
  });

  it('is said of the order wherever it is shown', async () => {
    const order = await trader.ask<Fields>('placeOrder', perpOrder('Ask', '101000', '0.1', { reduceOnly: true }));
    expect(order).toMatchObject({ reduceOnly: true, status: 'New' });
    await trader.ask('cancelAllOrders', { symbol: PERP });
  });
});
