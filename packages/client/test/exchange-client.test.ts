import { apiError, ERRORS, type ErrorName, type LimitOrder, type Order, OrderType, problemWith } from '@glasshouse/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeyPair, ExchangeClient, type ExchangeClientOptions, ExchangeError } from '../src/index.js';
import { FakeExchange, isWellSigned, type Received, type Reply, type Script } from './fake-exchange.js';

const KEYS = createKeyPair();
const ORDER = {
  symbol: 'SOL_USDC',
  side: 'Bid',
  orderType: 'Limit',
  price: '99.5',
  quantity: '1',
  clientId: 7,
} as const;

let fake: FakeExchange | undefined;
afterEach(async () => fake?.stop());

async function start(script: Script, options: Partial<ExchangeClientOptions> = {}) {
  fake = await FakeExchange.start(script);
  const client = new ExchangeClient({ url: fake.url, ...KEYS, retryDelayMs: 1, ...options });
  return { fake, client };
}

const ok = (body: unknown): Reply => ({ status: 200, body });

function refuse(name: ErrorName, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: ERRORS[name].status, body: apiError(name), headers };
}

function liveOrder(createdAt: number): LimitOrder {
  return {
    orderType: 'Limit',
    id: '42',
    clientId: ORDER.clientId,
    createdAt,
    executedQuantity: '0',
    executedQuoteQuantity: '0',
    reduceOnly: null,
    selfTradePrevention: 'RejectTaker',
    status: 'New',
    side: 'Bid',
    symbol: ORDER.symbol,
    timeInForce: 'GTC',
    stopLossTriggerPrice: null,
    stopLossLimitPrice: null,
    stopLossTriggerBy: null,
    takeProfitTriggerPrice: null,
    takeProfitLimitPrice: null,
    takeProfitTriggerBy: null,
    triggerBy: null,
    triggerPrice: null,
    triggerQuantity: null,
    triggeredAt: null,
    relatedOrderId: null,
    strategyId: null,
    postOnly: false,
    price: ORDER.price,
    quantity: ORDER.quantity,
  };
}

function historyRow(createdMs: number): Order {
  const { createdAt: _, reduceOnly: __, triggeredAt: ___, relatedOrderId: ____, ...order } = liveOrder(createdMs);
  return {
    ...order,
    createdAt: new Date(createdMs).toISOString().slice(0, -1),
    status: 'Filled',
    executedQuantity: '1',
    expiryReason: null,
    quoteQuantity: null,
    systemOrderType: null,
    slippageTolerance: null,
    slippageToleranceType: null,
  };
}

const signaturesOf = (requests: readonly Received[]) =>
  new Set(requests.map((request) => request.headers['x-signature']));

describe('the connection', () => {
  it('is kept for every kind of request, cancels among them', async () => {
    const { fake, client } = await start(() => ok([]));
    for (let round = 0; round < 3; round += 1) {
      await client.placeOrders([ORDER]);
      await client.cancelOrder({ symbol: 'A_B', orderId: '5' });
      await client.balances();
    }
    expect(fake.connections).toBe(1);
  });
});

describe('signing', () => {
  it('is verifiable from what arrives: query, body, batch, lists, nothing', async () => {
    const { fake, client } = await start(() => ok([]));
    await client.fillHistory({ marketType: ['SPOT', 'PERP'], symbol: 'A_B', limit: 5 });
    await client.balances();
    await client.cancelOrder({ symbol: 'A_B', orderId: '5' });
    await client.placeOrders([ORDER, { ...ORDER, clientId: 8, postOnly: true }]);
    await client.updateAccount({ autoLend: false });
    await client.propose({ action: { kind: 'setMarketState' } });
    expect(fake.received).toHaveLength(6);
    for (const request of fake.received) expect([request.path, isWellSigned(request)]).toEqual([request.path, true]);
  });

  it('leaves public operations unsigned', async () => {
    const { fake, client } = await start(() => ok([]), { apiKey: undefined, apiSecret: undefined });
    await client.markets();
    expect(fake.received[0]?.headers).not.toHaveProperty('x-signature');
    await expect(client.balances()).rejects.toThrow(TypeError);
  });

  it('refuses a value that has no unambiguous place in the signed text', async () => {
    const { fake, client } = await start(() => ok({}));
    const withdrawal = { address: 'a&quantity=9', blockchain: 'Solana', quantity: '1', symbol: 'SOL' } as const;
    await expect(client.withdraw(withdrawal)).rejects.toThrow('`address`');
    expect(fake.received).toEqual([]);
  });

  it('uses the exchange’s clock however wrong the local one is', async () => {
    const { fake, client } = await start(() => ok({}));
    fake.clockOffsetMs = 3_600_000;
    await client.balances();
    const timestamp = Number(fake.received[0]?.headers['x-timestamp']);
    expect(Math.abs(timestamp - Date.now() - 3_600_000)).toBeLessThan(60_000);
  });

  it('reads the clock again when the exchange finds the timestamp wrong', async () => {
    const { fake, client } = await start((_, count) => (count === 2 ? refuse('requestExpired') : ok({})));
    await client.balances();
    fake.clockOffsetMs = -3_600_000;
    await client.cancelOrder({ symbol: 'A', orderId: '1' }).catch(() => undefined);
    await client.balances();
    const last = Number(fake.to('/api/v1/capital').at(-1)?.headers['x-timestamp']);
    expect(fake.to('/api/v1/capital')).toHaveLength(3);
    expect(last).toBeLessThan(Date.now() - 3_500_000);
  });
});

describe('failures', () => {
  it('of queries are repeated: cut connections, overload, rate limits with their delay', async () => {
    const replies: readonly Reply[] = ['drop', refuse('overloaded'), refuse('tooManyRequests', { 'retry-after': '0' })];
    const { fake, client } = await start((_, count) => replies[count - 1] ?? ok({ USDC: {} }));
    expect(await client.balances()).toEqual({ USDC: {} });
    expect(signaturesOf(fake.received).size).toBe(4);
  });

  it('of queries end with the last error', async () => {
    const { fake, client } = await start(() => refuse('overloaded'), { retries: 2 });
    await expect(client.balances()).rejects.toMatchObject({ code: 'SERVER_ERROR', status: 503 });
    expect(fake.received).toHaveLength(3);
  });

  it('of commands are reported, not repeated', async () => {
    const { fake, client } = await start(() => 'drop');
    const failure = client.cancelOrder({ symbol: 'A', orderId: '1' });
    await expect(failure).rejects.toMatchObject({ code: 'NO_ANSWER', status: 0, outcomeUnknown: true });
    expect(fake.received).toHaveLength(1);
  });

  it('of commands at the rate limit are repeated: nothing happened yet', async () => {
    const { client } = await start((_, count) => (count < 3 ? refuse('tooManyRequests') : ok(liveOrder(1))));
    expect(await client.cancelOrder({ symbol: 'A', orderId: '42' })).toMatchObject({ id: '42' });
  });

  it('carry code, status, text and numbers', async () => {
    const body = apiError('insufficientFunds', { required: '5', available: '2' });
    const { client } = await start(() => ({ status: 400, body }));
    const error = await client.placeOrder({ ...ORDER }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExchangeError);
    expect(error).toMatchObject({
      code: 'INSUFFICIENT_FUNDS',
      status: 400,
      reason: 'Insufficient funds',
      details: { required: '5', available: '2' },
      outcomeUnknown: false,
    });
  });

  it('of a proxy that speaks no JSON are told apart', async () => {
    const { client } = await start(() => ({ status: 502, body: 'x', headers: { 'content-type': 'text/html' } }), {
      retries: 0,
    });
    await expect(client.markets()).rejects.toMatchObject({ code: 'BAD_ANSWER', status: 502 });
  });
});

describe('an order with a client id', () => {
  const lostThenReplayed = (elsewhere: (request: Received) => Reply): Script => {
    return (request, count) => {
      if (request.method !== 'POST') return elsewhere(request);
      return count === 1 ? 'drop' : refuse('requestReplayed');
    };
  };

  it('is sent again under the same signature until an answer comes', async () => {
    const replies: readonly Reply[] = ['drop', refuse('overloaded'), refuse('tooManyRequests')];
    const { fake, client } = await start((_, count) => replies[count - 1] ?? ok(liveOrder(Date.now())));
    expect(await client.placeOrder(ORDER)).toMatchObject({ id: '42', status: 'New' });
    expect(fake.to('/api/v1/order')).toHaveLength(4);
    expect(signaturesOf(fake.to('/api/v1/order')).size).toBe(1);
  });

  it('is found among the open orders when its reply was lost', async () => {
    const { fake, client } = await start(lostThenReplayed(() => ok(liveOrder(Date.now()))));
    expect(await client.placeOrder(ORDER)).toMatchObject({ id: '42', status: 'New' });
    expect(signaturesOf(fake.to('/api/v1/order').filter((request) => request.method === 'POST')).size).toBe(1);
  });

  it('is found in the history when it is already filled, in the form of a live order', async () => {
    const hour = 3_600_000;
    const script = lostThenReplayed((request) => {
      if (request.path === '/api/v1/order') return refuse('orderUnknown');
      const old = { ...historyRow(Date.now() - hour), id: '1' };
      return ok([historyRow(Date.now()), old]);
    });
    const { client } = await start(script);
    const order = await client.placeOrder(ORDER);
    expect(order).toMatchObject({ id: '42', status: 'Filled', executedQuantity: '1' });
    expect(problemWith(OrderType, order)).toBeUndefined();
  });

  it('is not mistaken for an earlier one with the same client id', async () => {
    const script = lostThenReplayed((request) =>
      request.path === '/api/v1/order'
        ? ok(liveOrder(Date.now() - 3_600_000))
        : ok([historyRow(Date.now() - 3_600_000)]),
    );
    const { client } = await start(script, { windowMs: 50 });
    await expect(client.placeOrder(ORDER)).rejects.toMatchObject({ code: 'NOT_PLACED' });
  });

  it('is reported as not placed once its signature has expired and nobody knows it', async () => {
    const script: Script = (request) => {
      if (request.method === 'POST') return 'drop';
      return request.path === '/api/v1/order' ? refuse('orderUnknown') : ok([]);
    };
    const { fake, client } = await start(script, { windowMs: 200 });
    await expect(client.placeOrder(ORDER)).rejects.toMatchObject({ code: 'NOT_PLACED', outcomeUnknown: false });
    expect(signaturesOf(fake.to('/api/v1/order').filter((request) => request.method === 'POST')).size).toBe(1);
  });

  it('that is refused at once is reported at once', async () => {
    const { fake, client } = await start(() => refuse('clientIdInUse'));
    await expect(client.placeOrder(ORDER)).rejects.toMatchObject({ code: 'INVALID_ORDER' });
    expect(fake.received).toHaveLength(1);
  });
});

describe('an order without a client id', () => {
  it('is not repeated when its reply is lost', async () => {
    const { fake, client } = await start(() => 'drop');
    const { clientId: _, ...anonymous } = ORDER;
    await expect(client.placeOrder(anonymous)).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(fake.received).toHaveLength(1);
  });
});
