// Streams of prices and positions.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import type { Trader } from './venue.js';

let risk: RiskVenue;
let maker: Trader;
const clients: StreamClient[] = [];

beforeAll(async () => {
  risk = await RiskVenue.open();
  maker = await risk.trader({ USDC: '10000000' });
});
/** Prices grow old in real time. */
beforeEach(() => risk.pass(1));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => risk.close());

async function connect(): Promise<StreamClient> {
  const client = await StreamClient.connect(risk.venue.streamUrl);
  clients.push(client);
  return client;
}

describe('prices', () => {
  it('markPrice comes at once and with every sample', async () => {
    const client = await connect();
    await client.subscribe(`markPrice.${PERP}`);
    expect(client.dataOf(`markPrice.${PERP}`)).toMatchObject([{ e: 'markPrice', s: PERP, i: '100000' }]);
    await risk.move({ BTC: '100100' }, 3);
    await client.until(() => client.dataOf(`markPrice.${PERP}`).some(({ i }) => i === '100100'));
    const [frame] = client.dataOf(`markPrice.${PERP}`);
    expect(Number(frame?.['n']) % 3_600_000).toBe(0);
    expect(frame?.['f']).toMatch(/^-?\d+(\.\d+)?$/);
    await risk.move({ BTC: '100000' }, 3);
  });

  it('openInterest tells the present one to whoever begins to listen', async () => {
    const client = await connect();
    await client.subscribe(`openInterest.${PERP}`);
    expect(client.dataOf(`openInterest.${PERP}`)).toMatchObject([{ e: 'openInterest', s: PERP, o: '0.00000' }]);
  });

  it.each(['markPrice.BTC_USDC', 'openInterest.SOL_USDC', 'markPrice.DOGE_USDC_PERP'])(
    '%s is no stream',
    async (name) => {
      const client = await connect();
      client.send({ method: 'SUBSCRIBE', params: [name] });
      await client.until(() => client.errors().length === 1);
      expect(client.errors()).toMatchObject([{ code: 4006 }]);
    },
  );
});

describe('positionUpdate', () => {
  it('follows a position from its opening to its closing', async () => {
    const trader = await risk.trader({ USDC: '50000' });
    const client = await connect();
    await client.subscribeSignedAt(
      trader.nowMs(),
      trader.key,
      'account.positionUpdate',
      `account.positionUpdate.${PERP}`,
    );
    const updates = () => client.dataOf('account.positionUpdate');
    await maker.ask('placeOrder', perpOrder('Ask', '100000', '0.5'));
    await trader.ask('placeOrder', perpOrder('Bid', '100000', '0.2'));
    await client.until(() => updates().length >= 1);
    expect(updates()[0]).toMatchObject({
      e: 'positionOpened',
      s: PERP,
      q: '0.20000',
      Q: '0.20000',
      B: '100000',
      f: '0.01333333',
      m: '0.00666667',
      p: '0',
    });
    await trader.ask('placeOrder', perpOrder('Bid', '100000', '0.1'));
    await client.until(() => updates().some(({ q }) => q === '0.30000'));
    expect(updates().at(-1)).toMatchObject({ e: 'positionAdjusted', i: updates()[0]?.['i'] });
    await maker.ask('placeOrder', perpOrder('Bid', '99900', '0.3'));
    await trader.ask('placeOrder', perpOrder('Ask', '99900', '0.3', { reduceOnly: true }));
    await client.until(() => updates().some(({ e }) => e === 'positionClosed'));
    expect(updates().at(-1)).toMatchObject({ e: 'positionClosed', q: '0.00000', n: '0', P: '0', p: '-30' });
    expect(client.dataOf(`account.positionUpdate.${PERP}`).map(({ e, q }) => [e, q])).toEqual(
      updates().map(({ e, q }) => [e, q]),
    );
    await maker.ask('cancelAllOrders', { symbol: PERP });
  });

  it('that is turned round is closed with its profit, and another is opened', async () => {
    const trader = await risk.trader({ USDC: '50000' });
    const client = await connect();
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.positionUpdate');
    await maker.ask('placeOrder', perpOrder('Ask', '100000', '0.2'));
    await trader.ask('placeOrder', perpOrder('Bid', '100000', '0.2'));
    await maker.ask('placeOrder', perpOrder('Bid', '99900', '0.3'));
    await trader.ask('placeOrder', perpOrder('Ask', '99900', '0.3'));
    const updates = () => client.dataOf('account.positionUpdate');
    await client.until(() => updates().length >= 3);
    const [first, closed, opened] = updates();
    expect(closed).toMatchObject({ e: 'positionClosed', i: first?.['i'], q: '0.00000', p: '-20', P: '0' });
    expect(opened).toMatchObject({ e: 'positionOpened', q: '-0.10000', B: '99900', p: '0' });
    expect(opened?.['i']).not.toBe(first?.['i']);
    await trader.ask('cancelAllOrders', { symbol: PERP });
  });

  it('begins with the open positions, in frames without an event', async () => {
    const trader = await risk.trader({ USDC: '50000' });
    await trader.ask('updateAccount', { leverageLimit: '10' });
    await maker.ask('placeOrder', perpOrder('Bid', '100000', '0.1'));
    await trader.ask('placeOrder', perpOrder('Ask', '100000', '0.1'));
    const client = await connect();
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.positionUpdate');
    await client.until(() => client.frames.length >= 1);
    const [frame] = client.dataOf('account.positionUpdate');
    expect(frame).toMatchObject({ s: PERP, q: '-0.10000', Q: '0.10000', f: '0.1' });
    expect(frame).not.toHaveProperty('e');
    const [position] = await trader.ask<Record<string, unknown>[]>('positions');
    const { imf, mmf, entryPrice, breakEvenPrice, positionId, pnlRealized } = position ?? {};
    expect([frame?.['f'], frame?.['m'], frame?.['B'], frame?.['b']]).toEqual([imf, mmf, entryPrice, breakEvenPrice]);
    expect([String(frame?.['i']), frame?.['p']]).toEqual([positionId, pnlRealized]);
    const elsewhere = await connect();
    await elsewhere.subscribeSignedAt(trader.nowMs(), trader.key, 'account.positionUpdate.SOL_USDC_PERP');
    await elsewhere.settled();
    expect(elsewhere.frames).toEqual([]);
  });

  it('of others is not heard', async () => {
    const trader = await risk.trader({ USDC: '50000' });
    const client = await connect();
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.positionUpdate');
    const stranger = await risk.trader({ USDC: '50000' });
    await maker.ask('placeOrder', perpOrder('Bid', '100000', '0.1'));
    await stranger.ask('placeOrder', perpOrder('Ask', '100000', '0.1'));
    await client.settled();
    expect(client.frames).toEqual([]);
  });
});
