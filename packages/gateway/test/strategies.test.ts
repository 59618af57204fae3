// Strategies from outside: created, followed, cancelled and remembered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import type { Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

let risk: RiskVenue;
let trader: Trader;
let maker: Trader;

beforeAll(async () => {
  risk = await RiskVenue.open();
  trader = await risk.trader({ USDC: '1000000' });
  maker = await risk.trader({ USDC: '10000000' });
  await maker.ask('placeOrder', perpOrder('Ask', '100000', '30'));
  await maker.ask('placeOrder', perpOrder('Bid', '99990', '30'));
});
afterAll(() => risk.close());

const twap = (terms: Fields = {}): Fields => ({
  symbol: PERP,
  side: 'Bid',
  strategyType: 'Scheduled',
  quantity: '0.6',
  duration: 15_000,
  interval: 5_000,
  ...terms,
});

describe('a strategy', () => {
  it('is answered as it stands after its first slice, and followed to its end', async () => {
    const created = await trader.ask<Fields>('createStrategy', twap({ clientStrategyId: 7, slippageTolerance: '0.5' }));
    expect(created).toEqual({
      clientStrategyId: 7,
      createdAt: expect.any(Number),
      duration: 15_000,
      executedQuantity: '0.2',
      executedQuoteQuantity: '20000',
      id: created['id'],
      interval: 5_000,
      quantity: '0.6',
      randomizedIntervalQuantity: false,
      reduceOnly: false,
      selfTradePrevention: 'RejectTaker',
      side: 'Bid',
      slippageTolerance: '0.5',
      slippageToleranceType: 'Percent',
      status: 'Running',
      strategyType: 'Scheduled',
      symbol: PERP,
      timeInForce: 'GTC',
    });
    expect(await trader.ask('strategy', { symbol: PERP, strategyId: created['id'] })).toEqual(created);
    expect(await trader.ask('strategy', { symbol: PERP, clientStrategyId: 7 })).toEqual(created);
    expect(await trader.ask('strategies')).toEqual([created]);
    await risk.pass(6);
    expect(await trader.ask('strategy', { symbol: PERP, clientStrategyId: 7 })).toMatchObject({
      executedQuantity: '0.4',
    });
    await risk.pass(5);
    expect((await trader.send('strategy', { symbol: PERP, clientStrategyId: 7 })).status).toBe(404);
    const [past] = await trader.ask<Fields[]>('strategyHistory', { strategyId: created['id'] });
    expect(past).toMatchObject({ status: 'Completed', cancelReason: null, executedQuantity: '0.6', quantity: '0.6' });
    const orders = await trader.ask<Fields[]>('orderHistory', { strategyId: created['id'] });
    expect(orders.map(({ quantity, status, strategyId }) => [quantity, status, strategyId])).toEqual(
      [1, 2, 3].map(() => ['0.2', 'Filled', created['id']]),
    );
    expect(await trader.ask('fillHistory', { strategyId: created['id'] })).toHaveLength(3);
    expect(await trader.ask('fillHistory', { strategyId: '999' })).toEqual([]);
    expect(await trader.ask('fillHistory', { strategyId: 'mine' })).toEqual([]);
  });

  it('is cancelled with its resting slices, alone or with all of its market', async () => {
    const first = await trader.ask<Fields>('createStrategy', twap({ price: '99000', timeInForce: 'GTC' }));
    const [resting] = await trader.ask<Fields[]>('openOrders', { symbol: PERP });
    expect(resting).toMatchObject({ strategyId: first['id'], quantity: '0.2', price: '99000' });
    expect(await trader.ask('cancelStrategy', { symbol: PERP, strategyId: first['id'] })).toEqual({
      ...first,
      status: 'Cancelled',
    });
    expect(await trader.ask('openOrders', { symbol: PERP })).toEqual([]);
    await trader.ask('createStrategy', twap({ price: '99000' }));
    await trader.ask('createStrategy', twap({ price: '99001', randomizedIntervalQuantity: true }));
    expect(await trader.ask('strategies', { symbol: PERP, marketType: 'PERP' })).toHaveLength(2);
    expect(await trader.ask('strategies', { marketType: 'SPOT' })).toEqual([]);
    const cancelled = await trader.ask<Fields[]>('cancelAllStrategies', { symbol: PERP, strategyType: 'Scheduled' });
    expect(cancelled.map(({ status }) => status)).toEqual(['Cancelled', 'Cancelled']);
    expect(await trader.ask('strategies')).toEqual([]);
    const reply = await trader.send('strategyHistory', { limit: 2, marketType: 'PERP' });
    expect([reply.headers.get('x-total'), reply.headers.get('x-page-count')]).toEqual(['4', '2']);
  });

  it.each([
    [twap({ interval: 10 }), 400, 'INVALID_CLIENT_REQUEST'],
    [twap({ duration: undefined }), 400, 'INVALID_CLIENT_REQUEST'],
    [twap({ quantity: '0.0000001' }), 400, 'INVALID_QUANTITY'],
    [twap({ symbol: 'BTC_GOLD' }), 400, 'INVALID_MARKET'],
    [twap({ strategyType: 'Grid' }), 400, 'INVALID_CLIENT_REQUEST'],
    [twap({ quantity: '3000' }), 400, 'INSUFFICIENT_MARGIN'],
  ])('is refused as an order is: %o', async (body, status, code) => {
    const reply = await trader.send('createStrategy', body);
    expect([reply.status, (reply.json() as Fields)['code']]).toEqual([status, code]);
  });

  it.each(['strategy', 'cancelStrategy'] as const)('that is not there is not found by %s', async (name) => {
    const reply = await trader.send(name, { symbol: PERP, strategyId: '999' });
    expect([reply.status, reply.json()]).toMatchObject([404, { code: 'RESOURCE_NOT_FOUND' }]);
  });

  it('is asked for by one of its ids', async () => {
    const reply = await trader.send('strategy', { symbol: PERP });
    expect(reply.status).toBe(400);
  });

  it('is told of in the frames of its orders', async () => {
    const client = await StreamClient.connect(risk.venue.streamUrl);
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.orderUpdate');
    const created = await trader.ask<Fields>('createStrategy', twap({ price: '99000' }));
    const frames = () => client.dataOf('account.orderUpdate');
    await client.until(() => frames().length > 0);
    expect(frames()[0]).toMatchObject({ e: 'orderAccepted', H: Number(created['id']), o: 'LIMIT' });
    await trader.ask('cancelAllStrategies', { symbol: PERP });
    client.close();
  });
});
