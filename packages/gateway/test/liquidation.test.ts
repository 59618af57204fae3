// What a liquidation looks like from outside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import type { Trader } from './venue.js';

const STREAM = 'account.orderUpdate';

let risk: RiskVenue;
let maker: Trader;
let long: Trader;
let client: StreamClient;

beforeAll(async () => {
  risk = await RiskVenue.open();
  maker = await risk.trader({ USDC: '10000000' });
  long = await risk.trader({ USDC: '2000' });
  await maker.ask('placeOrder', perpOrder('Ask', '100000', '1'));
  await long.ask('placeOrder', perpOrder('Bid', '100000', '1'));
  client = await StreamClient.connect(risk.venue.streamUrl);
  await client.subscribeSignedAt(long.nowMs(), long.key, STREAM);
});
afterAll(async () => {
  client.close();
  await risk.close();
});

const isLiquidating = async () => (await long.ask<{ liquidating: boolean }>('account')).liquidating;

describe('an account in liquidation', () => {
  it('is told so, can do nothing itself, and sees who acts for it', async () => {
    expect(await isLiquidating()).toBe(false);
    await risk.move({ BTC: '98450' }, 9);
    expect(await isLiquidating()).toBe(true);
    const refused = await long.send('placeOrder', perpOrder('Ask', '98500', '0.1'));
    expect(refused.status).toBe(400);
    expect(refused.json()).toMatchObject({ code: 'ACCOUNT_LIQUIDATING' });
    await maker.ask('placeOrder', perpOrder('Bid', '98440', '5'));
    await risk.pass(1);
    await client.until(() => client.dataOf(STREAM).some(({ O }) => O === 'LIQUIDATION_AUTOCLOSE'));
  });

  it('acts for itself again once its margin suffices', async () => {
    for (let second = 0; second < 40 && (await isLiquidating()); second += 1) await risk.pass(1);
    expect(await isLiquidating()).toBe(false);
    const [taken] = client.dataOf(STREAM).filter(({ O }) => O === 'LIQUIDATION_AUTOCLOSE');
    expect(taken).toMatchObject({ s: PERP, S: 'Ask' });
  });
});
