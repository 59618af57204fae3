// The liquidation price after a loan, asked from outside and then met.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RiskVenue } from './risk-venue.js';
import type { Trader } from './venue.js';

let risk: RiskVenue;
let trader: Trader;

beforeAll(async () => {
  risk = await RiskVenue.open();
  await risk.trader({ BTC: '10' });
  trader = await risk.trader({ USDC: '100000' });
  await trader.ask('updateAccount', { autoLend: false });
});
afterAll(() => risk.close());

type Estimate = { readonly liquidationPrice: string; readonly markPrice: string };

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');
const loan = (side: string, symbol: string, quantity: string) => base64({ quantity, side, symbol });

const estimate = (side: string, symbol: string, quantity: string): Promise<Estimate> =>
  trader.ask<Estimate>('borrowLendLiquidationPrice', { borrow: loan(side, symbol, quantity), subaccountId: 0 });

async function owed(): Promise<Readonly<Record<string, unknown>> | undefined> {
  const loans = await trader.ask<Readonly<Record<string, unknown>>[]>('borrowLendPositions');
  return loans.find(({ symbol }) => symbol === 'BTC');
}

describe('the liquidation price after a loan', () => {
  it('is the price of the loan once it is taken, and nothing has been taken by asking', async () => {
    const asked = await estimate('Borrow', 'BTC', '0.5');
    expect(await owed()).toBeUndefined();
    expect(asked.markPrice).toBe('100000');
    expect(Number(asked.liquidationPrice)).toBeGreaterThan(100_000);
    await trader.ask('borrowLend', { side: 'Borrow', symbol: 'BTC', quantity: '0.5' });
    const taken = await owed();
    expect(Number(taken?.['estLiquidationPrice'])).toBeCloseTo(Number(asked.liquidationPrice), 2);
    expect(taken?.['markPrice']).toBe(asked.markPrice);
  });

  it('is nearer with more that is owed, and farther with a part paid back', async () => {
    const now = Number((await owed())?.['estLiquidationPrice']);
    expect(Number((await estimate('Borrow', 'BTC', '0.1')).liquidationPrice)).toBeLessThan(now);
    expect(Number((await estimate('Lend', 'BTC', '0.1')).liquidationPrice)).toBeGreaterThan(now);
  });

  it('is 0 where no price does it', async () => {
    expect(await estimate('Lend', 'USDC', '1')).toEqual({ liquidationPrice: '0', markPrice: '1' });
  });

  it.each([
    [{}, 'INVALID_CLIENT_REQUEST', 'missing parameter `borrow`'],
    [{ borrow: 'e30=' }, 'INVALID_CLIENT_REQUEST', '`borrow`: missing parameter `quantity`'],
    [{ borrow: 'no base64 of anything' }, 'INVALID_CLIENT_REQUEST', '`borrow`: must be base64 of JSON'],
    [{ borrow: base64([1]) }, 'INVALID_CLIENT_REQUEST', '`borrow`'],
    [{ borrow: base64(null) }, 'INVALID_CLIENT_REQUEST', '`borrow`'],
    [{ borrow: loan('Take', 'BTC', '1') }, 'INVALID_CLIENT_REQUEST', '`side`'],
    [{ borrow: loan('Borrow', 'DOGE', '1') }, 'INVALID_ASSET', 'asset symbol'],
    [{ borrow: loan('Borrow', 'BTC', '0') }, 'INVALID_QUANTITY', 'below the minimum'],
    [{ borrow: loan('Borrow', 'BTC', '0.0000000000001') }, 'INVALID_QUANTITY', 'step size'],
    [{ borrow: loan('Borrow', 'BTC', '1'.repeat(30)) }, 'INVALID_QUANTITY', 'step size'],
    [{ borrow: loan('Lend', 'USDC', '100001') }, 'INSUFFICIENT_FUNDS', 'Insufficient funds'],
  ])('%o is refused with %s', async (parameters, code, message) => {
    const reply = await trader.send('borrowLendLiquidationPrice', parameters);
    expect([reply.status, reply.json()]).toMatchObject([400, { code, message: expect.stringContaining(message) }]);
  });

  it('is for who signs alone', async () => {
    const reply = await risk.venue.get(
      `/api/v1/borrowLend/position/liquidationPrice?borrow=${loan('Lend', 'BTC', '1')}`,
    );
    expect(reply.status).toBe(401);
  });
});
