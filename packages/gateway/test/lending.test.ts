// Lending from outside: pools, lends and debts by hand, interest, and what remains of them in history.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RiskVenue } from './risk-venue.js';
import type { Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

let risk: RiskVenue;
let lender: Trader;
let borrower: Trader;

beforeAll(async () => {
  risk = await RiskVenue.open();
  lender = await risk.trader({ USDC: '100000' });
  borrower = await risk.trader({ BTC: '1' });
  for (const trader of [lender, borrower]) await trader.ask('updateAccount', { autoLend: false });
});
afterAll(() => risk.close());

async function execute(trader: Trader, side: 'Borrow' | 'Lend', symbol: string, quantity: string): Promise<void> {
  const reply = await trader.send('borrowLend', { side, symbol, quantity });
  expect([reply.status, reply.text]).toEqual([200, '']);
}

const poolOf = async (symbol: string): Promise<Fields> => {
  const pools = await risk.public<Fields[]>('/api/v1/borrowLend/markets');
  return pools.find((pool) => pool['symbol'] === symbol) ?? {};
};

describe('a pool', () => {
  it('gives its terms before anything is in it', async () => {
    expect(await poolOf('SOL')).toMatchObject({
      state: 'Open',
      assetMarkPrice: '150',
      borrowedQuantity: '0',
      lentQuantity: '0',
      fee: '0.1',
      optimalUtilization: '0.7',
      maxUtilization: '0.95',
      openBorrowLendLimit: '1000000',
      stepSize: '0.000001',
      throttleUtilizationThreshold: '0.6',
      throttleUpdateFraction: '0.5',
    });
  });

  it('fills with lends, and is borrowed from at the rate of its utilisation', async () => {
    await execute(lender, 'Lend', 'USDC', '90000');
    await execute(borrower, 'Borrow', 'USDC', '45000');
    const pool = await poolOf('USDC');
    expect(pool).toMatchObject({ lentQuantity: '90000', borrowedQuantity: '45000', utilization: '0.5' });
    expect(Number(pool['borrowInterestRate'])).toBeCloseTo(0.0444, 4);
    expect(Number(pool['lendInterestRate'])).toBeCloseTo(0.02, 4);
    const apy = await risk.public<{ borrowLend: Fields[]; staking: unknown[] }>('/api/v1/borrowLend/apy');
    expect(apy.staking).toEqual([]);
    expect(apy.borrowLend.find(({ symbol }) => symbol === 'USDC')).toMatchObject({
      borrowRate: pool['borrowInterestRate'],
      lendRate: pool['lendInterestRate'],
    });
  });
});

describe('loans', () => {
  it('are positions: lent is positive, owed is negative with its margin', async () => {
    expect(await lender.ask('borrowLendPositions')).toMatchObject([
      { symbol: 'USDC', netQuantity: '90000', netExposureQuantity: '0', imf: '0', estLiquidationPrice: '0' },
    ]);
    const [debt] = await borrower.ask<Fields[]>('borrowLendPositions');
    expect(debt).toMatchObject({
      symbol: 'USDC',
      netQuantity: '-45000',
      netExposureNotional: '45000',
      imf: '0.1',
      mmf: '0.05',
      markPrice: '1',
    });
    expect(await borrower.ask('balances')).toMatchObject({ USDC: { available: '45000' }, BTC: { available: '1' } });
    const collateral = await borrower.ask<Fields>('collateral');
    expect(collateral).toMatchObject({ borrowLiability: '45000', liabilitiesValue: '45000' });
  });

  it('liquidate at a price of the collateral that the margin explanation names', async () => {
    const { assets } = await borrower.ask<{ assets: Fields[] }>('margin');
    const price = Number(assets.find(({ symbol }) => symbol === 'BTC')?.['liquidationPrice']);
    expect(price).toBeGreaterThan(1_000);
    expect(price).toBeLessThan(50_000);
  });

  it('go as far as the largest borrow says, and not an atom further', async () => {
    type Most = { maxBorrowQuantity: string };
    const { maxBorrowQuantity } = await borrower.ask<Most>('maxBorrowQuantity', { symbol: 'USDC' });
    expect(Number(maxBorrowQuantity)).toBeGreaterThan(0);
    const more = (Number(maxBorrowQuantity) + 0.000001).toFixed(6);
    expect((await borrower.send('borrowLend', { side: 'Borrow', symbol: 'USDC', quantity: more })).status).toBe(400);
    await execute(borrower, 'Borrow', 'USDC', maxBorrowQuantity);
    await execute(borrower, 'Lend', 'USDC', maxBorrowQuantity);
    expect(await borrower.ask('maxBorrowQuantity', { symbol: 'kBONK' })).toEqual({
      maxBorrowQuantity: '0',
      symbol: 'kBONK',
    });
  });

  it.each([
    [{ side: 'Lend', symbol: 'USDC', quantity: '1000000' }, 'INSUFFICIENT_FUNDS'],
    [{ side: 'Borrow', symbol: 'USDC', quantity: '60000' }, 'INSUFFICIENT_SUPPLY'],
    [{ side: 'Borrow', symbol: 'kBONK', quantity: '1' }, 'INVALID_ASSET'],
    [{ side: 'Borrow', symbol: 'DOGE', quantity: '1' }, 'INVALID_ASSET'],
    [{ side: 'Take', symbol: 'USDC', quantity: '1' }, 'INVALID_CLIENT_REQUEST'],
  ])('%j is refused with %s', async (request, code) => {
    const reply = await borrower.send('borrowLend', request);
    expect([reply.status, reply.json()]).toMatchObject([400, { code }]);
  });
});

describe('the past of loans', () => {
  it('has every movement, found by type, source and position', async () => {
    const ofUsdc = { symbol: 'USDC', sortDirection: 'Asc' };
    const movements = await borrower.ask<Fields[]>('borrowLendHistory', ofUsdc);
    expect(movements.map(({ eventType }) => eventType)).toEqual(['Borrow', 'Borrow', 'BorrowRepay']);
    expect(movements[0]).toMatchObject({ symbol: 'USDC', quantity: '45000', source: 'Manual' });
    const positionId = movements[0]?.['positionId'];
    expect(await borrower.ask('borrowLendHistory', { positionId, type: 'BorrowRepay' })).toEqual([movements[2]]);
    const automatic = await borrower.ask<Fields[]>('borrowLendHistory', { sources: 'AutoLend,SpotMargin' });
    expect(automatic.map(({ symbol, eventType }) => [symbol, eventType])).toContainEqual(['BTC', 'Lend']);
    expect(automatic.filter(({ symbol }) => symbol === 'USDC')).toEqual([]);
    expect(await borrower.ask('borrowLendHistory', { positionId: '17' })).toEqual([]);
    expect(await borrower.ask('borrowLendHistory', { positionId, symbol: 'BTC' })).toEqual([]);
    expect(await lender.ask('borrowLendHistory', { symbol: 'USDC', limit: 1 })).toMatchObject([{ eventType: 'Lend' }]);
  });

  it('has interest each hour, charged and earned, and pages with their numbers', async () => {
    await risk.pass(3_600);
    await risk.pass(2);
    const [charged] = await borrower.ask<Fields[]>('interestHistory', { source: 'BorrowLend' });
    const [earned] = await lender.ask<Fields[]>('interestHistory', { asset: 'USDC' });
    expect(charged).toMatchObject({ paymentType: 'Borrow', symbol: 'USDC', interval: 3_600_000 });
    expect(earned).toMatchObject({ paymentType: 'Lend', symbol: 'USDC' });
    expect(Number(charged?.['quantity'])).toBeLessThan(0);
    expect(Number(earned?.['quantity'])).toBeGreaterThan(0);
    expect(Number(earned?.['quantity'])).toBeLessThanOrEqual(-Number(charged?.['quantity']));
    const page = await borrower.send('interestHistory', { limit: 1 });
    expect(page.headers.get('x-page-size')).toBe('1');
    expect(await borrower.ask('interestHistory', { source: 'UnrealizedPnl' })).toEqual([]);
    const [loan] = await borrower.ask<Fields[]>('borrowLendPositions');
    expect(Number(loan?.['cumulativeInterest'])).toBeLessThan(0);
  });

  it('has each loan from its beginning to its end', async () => {
    const [open] = await borrower.ask<Fields[]>('borrowLendPositionHistory', { state: 'Open' });
    expect(open).toMatchObject({ side: 'Borrow', symbol: 'USDC', source: 'Manual' });
    expect(Number(open?.['avgInterestRate'])).toBeCloseTo(0.0444, 3);
    const faucet = { accountId: borrower.accountId, symbol: 'USDC', quantity: '100' };
    await risk.venue.get('/glass/v1/faucet', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(faucet),
    });
    await execute(borrower, 'Lend', 'USDC', '45000');
    const ofUsdc = { symbol: 'USDC' };
    const [lent, ...others] = await borrower.ask<Fields[]>('borrowLendPositionHistory', { ...ofUsdc, state: 'Open' });
    expect([lent, ...others]).toMatchObject([{ side: 'Lend' }]);
    expect(Number(lent?.['quantity'])).toBeGreaterThan(99);
    const [repaid] = await borrower.ask<Fields[]>('borrowLendPositionHistory', { ...ofUsdc, state: 'Closed' });
    expect(repaid).toMatchObject({ quantity: '0', side: 'Borrow', positionId: lent?.['positionId'] });
    expect(await lender.ask('borrowLendPositionHistory', { side: 'Borrow' })).toEqual([]);
  });

  it('of a pool are points in time', async () => {
    const points = await risk.public<Fields[]>('/api/v1/borrowLend/markets/history?interval=1d&symbol=USDC');
    expect(points.length).toBeGreaterThan(0);
    expect(points.at(-1)).toMatchObject({ borrowedQuantity: '0' });
    expect(String(points[0]?.['timestamp'])).toMatch(/Z$/);
    const reply = await risk.venue.get('/api/v1/borrowLend/markets/history?interval=1d&symbol=DOGE');
    expect([reply.status, reply.json()]).toMatchObject([400, { code: 'INVALID_ASSET' }]);
  });
});
