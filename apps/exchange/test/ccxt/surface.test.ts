// All that ccxt says it can do with this venue, method by method, on a venue that has lived. The list is ccxt's own: a method that
// it gains, or that nobody has written a line for here, fails.
import ccxt from 'ccxt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LivedVenue } from '../contract/lived-venue.js';
import type { CcxtClient } from './venue.js';

const SPOT = 'SOL/USDC';
const PERP = 'BTC/USDC:USDC';
const TIMEOUT_MS = 20_000;
const FRAME_GAP_MS = 40;

type Use = (client: CcxtClient) => Promise<unknown>;

const rows =
  (ask: Use): Use =>
  async (client) => {
    const answer = await ask(client);
    expect(Object.keys(answer as object).length).toBeGreaterThan(0);
  };
const some =
  (ask: Use): Use =>
  async (client) =>
    expect(await ask(client)).toBeTruthy();

const LOW = 120;
const placed = async (client: CcxtClient, place: () => Promise<{ readonly id?: string | undefined }>) => {
  const { id } = await place();
  expect(id).toMatch(/^\d+$/);
  await client.cancelOrder(id ?? '', SPOT).catch(() => undefined);
};

const ORDERS: Readonly<Record<string, Use>> = {
  createOrder: (client) => placed(client, () => client.createOrder(SPOT, 'limit', 'buy', 1, LOW)),
  createOrders: rows((client) =>
    client.createOrders([{ symbol: SPOT, type: 'limit', side: 'buy', amount: 1, price: LOW }] as never),
  ),
  createLimitOrder: (client) => placed(client, () => client.createLimitOrder(SPOT, 'buy', 1, LOW)),
  createLimitBuyOrder: (client) => placed(client, () => client.createLimitBuyOrder(SPOT, 1, LOW)),
  createLimitSellOrder: (client) => placed(client, () => client.createLimitSellOrder(SPOT, 1, 200)),
  createMarketOrder: (client) => placed(client, () => client.createMarketOrder(SPOT, 'buy', 0.1)),
  createMarketBuyOrder: (client) => placed(client, () => client.createMarketBuyOrder(SPOT, 0.1)),
  createMarketSellOrder: (client) => placed(client, () => client.createMarketSellOrder(SPOT, 0.1)),
  createMarketOrderWithCost: (client) => placed(client, () => client.createMarketOrderWithCost(SPOT, 'buy', 20)),
  createMarketBuyOrderWithCost: (client) => placed(client, () => client.createMarketBuyOrderWithCost(SPOT, 20)),
  createMarketSellOrderWithCost: (client) => placed(client, () => client.createMarketSellOrderWithCost(SPOT, 20)),
  createPostOnlyOrder: (client) => placed(client, () => client.createPostOnlyOrder(SPOT, 'limit', 'buy', 1, LOW)),
  createReduceOnlyOrder: some((client) => client.createReduceOnlyOrder(PERP, 'limit', 'sell', 0.01, 110_000)),
  createTriggerOrder: some((client) => client.createTriggerOrder(SPOT, 'limit', 'buy', 1, 130, 130)),
  createOrderWithTakeProfitAndStopLoss: some((client) =>
    client.createOrderWithTakeProfitAndStopLoss(SPOT, 'limit', 'buy', 1, LOW, 160, 100),
  ),
  cancelOrder: async (client) => {
    const { id } = await client.createOrder(SPOT, 'limit', 'buy', 1, LOW);
    expect(await client.cancelOrder(id ?? '', SPOT)).toMatchObject({ id });
  },
  fetchOpenOrder: async (client) => {
    const { id } = await client.createOrder(SPOT, 'limit', 'buy', 1, LOW);
    expect(await client.fetchOpenOrder(id ?? '', SPOT)).toMatchObject({ id, status: 'open' });
  },
  fetchOpenOrders: rows((client) => client.fetchOpenOrders(SPOT)),
  fetchOrders: rows((client) => client.fetchOrders(SPOT)),
  fetchMyTrades: rows((client) => client.fetchMyTrades(SPOT)),
  cancelAllOrders: rows((client) => client.cancelAllOrders(SPOT)),
};
const MARKETS: Readonly<Record<string, Use>> = {
  fetchMarkets: rows((client) => client.fetchMarkets()),
  fetchCurrencies: rows((client) => client.fetchCurrencies()),
  fetchStatus: async (client) => expect(await client.fetchStatus()).toMatchObject({ status: 'ok' }),
  fetchTime: some((client) => client.fetchTime()),
  fetchTicker: some((client) => client.fetchTicker(SPOT)),
  fetchTickers: rows((client) => client.fetchTickers()),
  fetchOrderBook: some((client) => client.fetchOrderBook(SPOT)),
  fetchL2OrderBook: some((client) => client.fetchL2OrderBook(SPOT)),
  fetchTrades: rows((client) => client.fetchTrades(SPOT)),
  fetchOHLCV: rows((client) => client.fetchOHLCV(SPOT, '1m')),
  fetchMarkOHLCV: rows((client) => client.fetchMarkOHLCV(PERP, '1m')),
  fetchIndexOHLCV: rows((client) => client.fetchIndexOHLCV(PERP, '1m')),
  fetchFundingRate: some((client) => client.fetchFundingRate(PERP)),
  fetchFundingRateHistory: rows((client) => client.fetchFundingRateHistory(PERP)),
  fetchOpenInterest: some((client) => client.fetchOpenInterest(PERP)),
};
const ACCOUNT: Readonly<Record<string, Use>> = {
  fetchBalance: rows((client) => client.fetchBalance()),
  fetchPositions: rows((client) => client.fetchPositions()),
  fetchFundingHistory: rows((client) => client.fetchFundingHistory(PERP)),
  fetchDeposits: rows((client) => client.fetchDeposits()),
  fetchWithdrawals: rows((client) => client.fetchWithdrawals()),
  fetchDepositAddress: some((client) => client.fetchDepositAddress('USDC', { network: 'SOL' })),
  withdraw: some((client) => client.withdraw('USDC', 30, 'somewhere', undefined, { network: 'SOL' })),
};
const STREAMS: Readonly<Record<string, Use>> = {
  watchTicker: some((client) => client.watchTicker(SPOT)),
  watchTickers: some((client) => client.watchTickers([SPOT])),
  watchBidsAsks: some((client) => client.watchBidsAsks([SPOT])),
  watchTrades: rows((client) => client.watchTrades(SPOT)),
  watchTradesForSymbols: rows((client) => client.watchTradesForSymbols([SPOT])),
  watchOrderBook: some((client) => client.watchOrderBook(SPOT)),
  watchOrderBookForSymbols: some((client) => client.watchOrderBookForSymbols([SPOT])),
  watchOHLCV: rows((client) => client.watchOHLCV(SPOT, '1m')),
  watchOHLCVForSymbols: rows((client) => client.watchOHLCVForSymbols([[SPOT, '1m']] as never)),
  watchOrders: rows(async (client) => {
    const heard = client.watchOrders(SPOT);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await placed(client, () => client.createOrder(SPOT, 'limit', 'buy', 1, LOW));
    return heard;
  }),
  watchPositions: rows(async (client) => {
    const heard = client.watchPositions([PERP]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await client.createOrder(PERP, 'market', 'sell', 0.01);
    return heard;
  }),
};

const USES: Readonly<Record<string, Use>> = { ...MARKETS, ...ORDERS, ...ACCOUNT, ...STREAMS };
/** What ccxt lists by itself and has no request for: they throw NotSupported on the real venue too. */
const UNSUPPORTED = ['createMarketOrderWs', 'fetchOpenInterestHistory'];
const IS_METHOD = /^(?:fetch|create|cancel|watch|withdraw)/;

describe('ccxt on its whole surface', () => {
  let lived: LivedVenue;
  let client: CcxtClient;
  let busy = true;
  let flow: Promise<void> = Promise.resolve();

  /** Books and candles on streams show only what moves. */
  async function keepTrading(maker: CcxtClient): Promise<void> {
    for (let turn = 0; busy; turn += 1) {
      const { id } = await maker.createOrder(SPOT, 'limit', 'sell', 1, 151 + (turn % 10) / 10);
      await client.createOrder(SPOT, 'limit', 'buy', 0.1, 152, { timeInForce: 'IOC' });
      await maker.cancelOrder(id ?? '', SPOT).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, FRAME_GAP_MS));
    }
  }

  beforeAll(async () => {
    lived = await LivedVenue.begin();
    const { keys } = lived.taker;
    client = await lived.venue.client({ apiKey: keys.apiKey, secret: keys.apiSecret });
    const maker = await lived.venue.client({ apiKey: lived.maker.keys.apiKey, secret: lived.maker.keys.apiSecret });
    await lived.live();
    await client.loadMarkets();
    await maker.loadMarkets();
    flow = keepTrading(maker);
  }, 90_000);
  afterAll(async () => {
    busy = false;
    await flow;
    await lived.stop();
  });

  const offered = Object.entries(new ccxt.pro.backpack().has).flatMap(([name, has]) => (has === true ? [name] : []));

  it('has a line for every method that ccxt says it has', () => {
    const methods = offered.filter((name) => IS_METHOD.test(name) && !UNSUPPORTED.includes(name));
    expect(Object.keys(USES).sort()).toEqual(methods.sort());
  });

  it.each(Object.entries(USES))('%s', { timeout: TIMEOUT_MS }, async (_, use) => {
    await use(client);
  });
});
