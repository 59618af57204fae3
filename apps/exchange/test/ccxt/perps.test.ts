import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxGenesis } from '../../src/genesis/sandbox/sandbox-genesis.js';
import type { PriceReporter } from './price-reporter.js';
import { type CcxtClient, CcxtVenue } from './venue.js';

const SYMBOL = 'BTC/USDC:USDC';
const MARK = 100_000;
const FUNDING_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is there: funding and settlement come with time. */
async function eventually<Answer>(ask: () => Promise<Answer>, there: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (there(answer)) return answer;
    await pause(100);
  }
}

describe('ccxt on perpetuals, margin and lending', () => {
  let venue: CcxtVenue;
  let prices: PriceReporter;
  let maker: CcxtClient;
  let trader: CcxtClient;

  beforeAll(async () => {
    const { keys: _keys, ...genesis } = sandboxGenesis([]);
    venue = await CcxtVenue.start({ ...genesis, risk: { ...genesis.risk, fundingIntervalMs: FUNDING_MS } });
    prices = await venue.prices({ BTC: MARK, ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 });
    maker = await venue.trader({ USDC: '1000000' });
    trader = await venue.trader({ USDC: '50000', SOL: '100' });
    await eventually(
      () => maker.fetchFundingRate(SYMBOL).catch(() => undefined),
      (rate) => rate?.markPrice !== undefined,
    );
    await maker.createOrder(SYMBOL, 'limit', 'sell', 1, MARK);
    await maker.createOrder(SYMBOL, 'limit', 'buy', 1, MARK - 100);
  });

  afterAll(async () => {
    await prices.stop();
    await venue.stop();
  });

  test('loadMarkets knows the perpetuals as linear swaps settled in USDC', async () => {
    const markets = await (await venue.client()).loadMarkets();
    expect(markets[SYMBOL]).toMatchObject({ swap: true, linear: true, settle: 'USDC', active: true });
    expect(Object.keys(markets)).toContain('SOL/USDC');
  });

  test('fetchFundingRate has mark, index, rate and the next funding', async () => {
    const rate = await trader.fetchFundingRate(SYMBOL);
    expect(rate).toMatchObject({ symbol: SYMBOL, indexPrice: MARK });
    expect(Math.abs((rate.markPrice ?? 0) / MARK - 1)).toBeLessThan(0.01);
    expect(rate.nextFundingTimestamp).toBeGreaterThan(Date.now() - 60_000);
    expect(typeof rate.fundingRate).toBe('number');
  });

  test('an order opens a position, which fetchPositions shows with its margin', async () => {
    const order = await trader.createOrder(SYMBOL, 'market', 'buy', 0.2);
    expect(order).toMatchObject({ status: 'closed', filled: 0.2, average: MARK });
    const [position] = await trader.fetchPositions([SYMBOL]);
    expect(position).toMatchObject({ symbol: SYMBOL, side: 'long' });
    const { contracts, entryPrice, notional } = position ?? {};
    expect([contracts, entryPrice, notional].map(Number)).toEqual([0.2, MARK, 20_000]);
    expect(Number(position?.initialMarginPercentage)).toBeCloseTo(0.01333333, 7);
    expect(Number(position?.maintenanceMarginPercentage)).toBeCloseTo(0.00666667, 7);
    const [short] = await maker.fetchPositions();
    expect(short).toMatchObject({ side: 'short' });
  });

  test('fetchOpenInterest is what is long', async () => {
    expect(await trader.fetchOpenInterest(SYMBOL)).toMatchObject({ symbol: SYMBOL, openInterestValue: 0.2 });
  });

  test('reduceOnly closes and never opens', async () => {
    const order = await trader.createOrder(SYMBOL, 'limit', 'sell', 0.05, MARK - 100, { reduceOnly: true });
    expect(order).toMatchObject({ status: 'closed', filled: 0.05, reduceOnly: true });
    await expect(trader.createOrder(SYMBOL, 'limit', 'buy', 0.05, MARK - 500, { reduceOnly: true })).rejects.toThrow(
      '"INVALID_ORDER"',
    );
    expect(Number((await trader.fetchPositions())[0]?.contracts)).toBeCloseTo(0.15, 9);
  });

  test('trigger orders wait, are listed, and are cancelled', async () => {
    const order = await trader.createOrder(SYMBOL, 'limit', 'sell', 0.1, 90_000, { triggerPrice: 91_000 });
    expect(order).toMatchObject({ triggerPrice: 91_000, amount: 0.1, price: 90_000 });
    const open = await trader.fetchOpenOrders(SYMBOL);
    expect(open.map(({ id, triggerPrice }) => [id, triggerPrice])).toEqual([[order.id, 91_000]]);
    expect(await trader.cancelOrder(order.id ?? '', SYMBOL)).toMatchObject({ status: 'canceled' });
    expect(await trader.fetchOpenOrders(SYMBOL)).toEqual([]);
    const past = await trader.fetchOrders(SYMBOL);
    expect(past.find(({ id }) => id === order.id)).toMatchObject({ status: 'canceled', triggerPrice: 91_000 });
  });

  test('watchPositions tells of each change', async () => {
    const watched = trader.watchPositions([SYMBOL]);
    await pause(200);
    await trader.createOrder(SYMBOL, 'market', 'buy', 0.01);
    const [position] = await watched;
    expect(position).toMatchObject({ symbol: SYMBOL, side: 'long' });
    expect(Number(position?.contracts)).toBeCloseTo(0.16, 9);
  });

  test('margin: an order beyond the means is refused with its code', async () => {
    await expect(trader.createOrder(SYMBOL, 'limit', 'buy', 100, 99_000)).rejects.toThrow('"INSUFFICIENT_MARGIN"');
  });

  test('lending through the implicit methods: lend, borrow, and what is owed', async () => {
    const lender = await venue.trader({ USDC: '100000' });
    await lender.privatePostApiV1BorrowLend({ symbol: 'USDC', side: 'Lend', quantity: '60000' });
    expect(await lender.privateGetApiV1BorrowLendPositions()).toMatchObject([{ symbol: 'USDC', netQuantity: '60000' }]);
    expect((await lender.fetchBalance())['USDC']).toMatchObject({ free: 40_000 });
    const borrower = await venue.trader({ BTC: '1' });
    await borrower.privatePostApiV1BorrowLend({ symbol: 'USDC', side: 'Borrow', quantity: '500' });
    const debts = await borrower.privateGetApiV1BorrowLendPositions();
    expect(debts).toContainEqual(expect.objectContaining({ symbol: 'USDC', netQuantity: '-500' }));
    const markets = await borrower.publicGetApiV1BorrowLendMarkets();
    expect(markets.map(({ symbol }: { symbol: string }) => symbol)).toContain('USDC');
    expect((await borrower.fetchBalance())['USDC']).toMatchObject({ free: 500 });
  });

  test('funding is paid, and remembered by rate and by payment', async () => {
    for (let jump = 0; jump < 2; jump += 1) {
      const before = await trader.fetchFundingRateHistory(SYMBOL);
      venue.jumpAMinute();
      await eventually(
        () => trader.fetchFundingRateHistory(SYMBOL),
        (rates) => rates.length > before.length,
      );
    }
    const rates = await trader.fetchFundingRateHistory(SYMBOL);
    expect(rates.at(-1)).toMatchObject({ symbol: SYMBOL, fundingRate: expect.any(Number) });
    expect(rates.map(({ timestamp }) => Number(timestamp) % FUNDING_MS)).toEqual(rates.map(() => 0));
    expect(Number(rates[1]?.timestamp)).toBeGreaterThan(Number(rates[0]?.timestamp));
    const payments = await eventually(
      () => trader.fetchFundingHistory(SYMBOL),
      (rows) => rows.length > 0,
    );
    expect(payments[0]).toMatchObject({ symbol: SYMBOL, amount: expect.any(Number) });
  });
});
