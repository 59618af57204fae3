import { crc32 } from 'node:zlib';
import { bookChecksumText, type Depth } from '@glasshouse/api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Data, StreamClient, streamSignature } from './stream-client.js';
import { newKey, openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let maker: Trader;
let taker: Trader;
const clients: StreamClient[] = [];

beforeAll(async () => {
  venue = await openVenue({ options: { streams: { maxStreamsPerConnection: 12 } } });
  maker = await venue.trader({ USDC: '1000000', SOL: '10000', ETH: '100' });
  taker = await venue.trader({ USDC: '1000000', SOL: '10000' });
});
afterAll(() => venue.close());
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const trader of [maker, taker]) await trader.ask('cancelAllOrders', { symbol: 'SOL_USDC' });
});

async function connect(): Promise<StreamClient> {
  const client = await StreamClient.connect(venue.streamUrl);
  clients.push(client);
  return client;
}

const limit = (side: 'Bid' | 'Ask', price: string, quantity: string, more: Data = {}) => ({
  symbol: 'SOL_USDC',
  side,
  orderType: 'Limit',
  price,
  quantity,
  ...more,
});

describe('public streams', () => {
  it('depth sends each request as one frame with consecutive ids and padded decimals', async () => {
    const client = await connect();
    await client.subscribe('depth.SOL_USDC');
    await maker.ask('placeOrders', [limit('Bid', '98', '1'), limit('Bid', '99', '2.5'), limit('Ask', '101', '1')]);
    await taker.ask('placeOrder', limit('Ask', '99', '2.5'));
    const snapshot = (await venue.get('/api/v1/depth?symbol=SOL_USDC')).json() as { lastUpdateId: string };
    await client.until(() => client.dataOf('depth.SOL_USDC').length >= 2);
    const [first, second] = client.dataOf('depth.SOL_USDC');
    expect(first).toMatchObject({
      a: [['101.00', '1.00']],
      b: [
        ['98.00', '1.00'],
        ['99.00', '2.50'],
      ],
    });
    expect(second).toMatchObject({ U: Number(first?.['u']) + 1, a: [], b: [['99.00', '0.00']] });
    expect(String(second?.['u'])).toBe(snapshot.lastUpdateId);
    for (const time of ['E', 'T']) expect(Math.abs(Number(second?.[time]) / 1000 - Date.now())).toBeLessThan(10_000);
  });

  it('a checksum says once a second what the book is, after the update that it names', async () => {
    const client = await connect();
    const checksums = 'glass.bookChecksum.SOL_USDC';
    await client.subscribe(checksums);
    await maker.ask('placeOrders', [limit('Bid', '98.5', '1'), limit('Bid', '97', '2.25'), limit('Ask', '103', '10')]);
    const { bids, asks, lastUpdateId } = (await venue.get('/api/v1/depth?symbol=SOL_USDC')).json() as Depth;
    const isNewest = ({ u }: Data) => String(u) === lastUpdateId;
    await client.until(() => client.dataOf(checksums).some(isNewest));
    const text = bookChecksumText((bids as [string, string][]).toReversed(), asks as [string, string][]);
    expect(text).toBe('98.5:1|97:2.25#103:10');
    expect(client.dataOf(checksums).find(isNewest)?.['c']).toBe(crc32(text));
  });

  it('depth merges what happens within its interval, and has nothing to say when nothing did', async () => {
    const client = await connect();
    await client.subscribe('depth.200ms.SOL_USDC', 'depth.SOL_USDC');
    for (const quantity of ['1', '2', '3']) {
      await maker.ask('placeOrder', limit('Bid', '90', quantity));
      await maker.ask('cancelAllOrders', { symbol: 'SOL_USDC' });
    }
    await maker.ask('placeOrder', limit('Bid', '91', '4'));
    const merged = () => client.dataOf('depth.200ms.SOL_USDC');
    await client.until(() => merged().at(-1)?.['u'] === client.dataOf('depth.SOL_USDC').at(-1)?.['u']);
    const ids = merged().map(({ U, u }) => [Number(U), Number(u)] as const);
    ids.slice(1).forEach(([first], index) => {
      expect(first).toBe((ids[index]?.[1] ?? 0) + 1);
    });
    expect(merged().length).toBeLessThan(client.dataOf('depth.SOL_USDC').length);
    expect(merged().at(-1)?.['b']).toContainEqual(['91.00', '4.00']);
  });

  it('bookTicker tells of the touch only, and of a side that is empty by zeros', async () => {
    const client = await connect();
    await client.subscribe('bookTicker.SOL_USDC');
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await maker.ask('placeOrder', limit('Bid', '97', '1'));
    await maker.ask('placeOrder', limit('Ask', '101.5', '3'));
    await client.until(() => client.dataOf('bookTicker.SOL_USDC').length >= 2);
    expect(client.dataOf('bookTicker.SOL_USDC')).toMatchObject([
      { b: '98.00', B: '1.00', a: '0.00', A: '0.00' },
      { b: '98.00', B: '1.00', a: '101.50', A: '3.00' },
    ]);
  });

  it('trade names both orders and who was the maker', async () => {
    const client = await connect();
    await client.subscribe('trade.SOL_USDC');
    const bid = await maker.ask<{ id: string }>('placeOrder', limit('Bid', '98', '1'));
    const ask = await taker.ask<{ id: string }>('placeOrder', limit('Ask', '98', '0.25'));
    await client.until(() => client.frames.length >= 1);
    expect(client.dataOf('trade.SOL_USDC')).toMatchObject([
      { e: 'trade', s: 'SOL_USDC', p: '98.00', q: '0.25', b: bid.id, a: ask.id, m: true },
    ]);
  });

  it('ticker comes every second, with sums padded to the grid', async () => {
    const client = await connect();
    await client.subscribe('ticker.SOL_USDC', 'ticker.BTC_USDC');
    await client.until(() => client.dataOf('ticker.SOL_USDC').length >= 2);
    const [ticker] = client.dataOf('ticker.SOL_USDC');
    expect(ticker?.['V']).toMatch(/^\d+\.\d{4}$/);
    expect(ticker?.['v']).toMatch(/^\d+\.\d{2}$/);
    expect(ticker).not.toHaveProperty('T');
    expect(client.dataOf('ticker.BTC_USDC')).toEqual([]);
  });

  it('kline follows the fills of an interval and closes it', async () => {
    const client = await connect();
    await client.subscribe('kline.1s.SOL_USDC', 'kline.1month.SOL_USDC');
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await taker.ask('placeOrder', limit('Ask', '98', '1'));
    const closed = () => client.dataOf('kline.1s.SOL_USDC').filter(({ X, n }) => X === true && n !== 0);
    await client.until(() => closed().length > 0 && client.dataOf('kline.1month.SOL_USDC').length > 0);
    expect(closed()[0]).toMatchObject({ e: 'kline', o: '98.00', c: '98.00', v: '1.00', n: 1 });
    expect(closed()[0]?.['t']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(client.dataOf('kline.1month.SOL_USDC')[0]).toMatchObject({ X: false });
    await client.until(() =>
      client.dataOf('kline.1s.SOL_USDC').some(({ X, n, o }) => X === true && n === 0 && o === null),
    );
  });

  it('stop after UNSUBSCRIBE', async () => {
    const client = await connect();
    await client.subscribe('depth.SOL_USDC');
    client.send({ method: 'UNSUBSCRIBE', params: ['depth.SOL_USDC'] });
    await client.settled();
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await client.settled();
    expect(client.frames).toEqual([]);
  });
});

describe('private streams', () => {
  it('send an order first and the balances it moved right after', async () => {
    const client = await connect();
    await client.subscribeSigned(
      maker.key,
      'account.orderUpdate',
      'account.balanceUpdate',
      'account.orderUpdate.SOL_USDC',
    );
    const order = await maker.ask<{ id: string }>(
      'placeOrder',
      limit('Ask', '100.5', '20', { postOnly: true, clientId: 3 }),
    );
    await client.until(() => client.frames.length >= 3);
    expect(client.frames.map(({ stream }) => stream)).toEqual([
      'account.orderUpdate',
      'account.orderUpdate.SOL_USDC',
      'account.balanceUpdate',
    ]);
    const [update] = client.dataOf('account.orderUpdate');
    expect(update).toEqual({
      E: update?.['E'],
      O: 'USER',
      Q: '2010.0000',
      S: 'Ask',
      T: update?.['T'],
      V: 'RejectTaker',
      X: 'New',
      Z: '0',
      c: 3,
      e: 'orderAccepted',
      f: 'GTC',
      i: order.id,
      o: 'LIMIT',
      p: '100.50',
      q: '20.00',
      r: false,
      s: 'SOL_USDC',
      t: null,
      y: true,
      z: '0',
    });
    expect(client.dataOf('account.balanceUpdate')).toMatchObject([{ a: 'SOL', L: '20', S: '0' }]);
  });

  it('tell each side of a fill what it paid, and how the rest ended', async () => {
    const client = await connect();
    await maker.ask('placeOrder', limit('Ask', '100', '2'));
    await client.subscribeSigned(taker.key, 'account.orderUpdate');
    const order = await taker.ask<{ id: string }>('placeOrder', limit('Bid', '100', '3', { timeInForce: 'IOC' }));
    await client.until(() => client.frames.length >= 3);
    const updates = client.dataOf('account.orderUpdate');
    expect(updates.map(({ e }) => e)).toEqual(['orderAccepted', 'orderFill', 'orderExpired']);
    expect(updates[1]).toMatchObject({
      i: order.id,
      X: 'PartiallyFilled',
      l: '2.00',
      L: '100.00',
      m: false,
      z: '2.00',
      Z: '200.0000',
    });
    expect(Number(updates[1]?.['n'])).toBeGreaterThan(0);
    expect(updates[1]?.['t']).toEqual(expect.any(Number));
    expect(updates[2]).toMatchObject({ X: 'Expired', R: 'ImmediateOrCancel', t: null });
  });

  it('belong to the account that signed: nobody else hears them', async () => {
    const client = await connect();
    await client.subscribeSigned(taker.key, 'account.orderUpdate', 'account.balanceUpdate');
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await client.settled();
    expect(client.frames).toEqual([]);
  });

  it('of a market leave out the orders of others', async () => {
    const client = await connect();
    await client.subscribeSigned(maker.key, 'account.orderUpdate.SOL_USDC');
    await maker.ask('placeOrder', limit('Ask', '9000', '1', { symbol: 'ETH_USDC' }));
    await maker.ask('cancelAllOrders', { symbol: 'ETH_USDC' });
    await client.settled();
    expect(client.frames).toEqual([]);
  });

  it.each([
    ['without a signature', () => undefined, 'need one'],
    ['with a wrong one', () => [newKey().publicKey, ...streamSignature(maker.key).slice(1)], 'unknown API key'],
    ['with one that has expired', () => streamSignature(maker.key, Date.now() - 60_000), 'expired'],
    ['with one from the future', () => streamSignature(maker.key, Date.now() + 600_000), 'timestamp'],
    ['with one of another window', () => [...streamSignature(maker.key).slice(0, 3), '4000'], 'Invalid signature'],
    ['with three parts', () => streamSignature(maker.key).slice(0, 3), 'Invalid signature'],
  ])('%s are refused with 4003, public ones of the same frame too', async (_what, signature, words) => {
    const client = await connect();
    client.send({ method: 'SUBSCRIBE', params: ['account.orderUpdate', 'depth.SOL_USDC'], signature: signature() });
    await client.until(() => client.frames.length === 1);
    expect(client.frames[0]).toMatchObject({
      id: null,
      error: { code: 4003, message: expect.stringContaining(words) },
    });
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await client.settled();
    expect(client.frames).toHaveLength(1);
  });

  it('end when the key that signed is revoked', async () => {
    const key = newKey();
    await maker.ask('addKey', { publicKey: key.publicKey, permissions: 'read' });
    const client = await connect();
    await client.subscribeSigned(key, 'account.orderUpdate');
    await maker.ask('revokeKey', { publicKey: key.publicKey });
    await client.until(() => client.errors().length === 1);
    expect(client.errors()).toMatchObject([{ code: 4003, message: expect.stringContaining('revoked') }]);
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await client.settled();
    expect(client.frames).toHaveLength(1);
  });
});

describe('wrong frames', () => {
  it.each([
    ['not JSON', 'hello', 4000],
    ['no object', '[1]', 4001],
    ['an unknown method', '{"method":"PING","params":[]}', 4001],
    ['names that are no list', '{"method":"SUBSCRIBE","params":"depth.SOL_USDC"}', 4000],
    ['an unknown stream', '{"method":"SUBSCRIBE","params":["orders.SOL_USDC"]}', 4006],
    ['an unknown market', '{"method":"SUBSCRIBE","params":["depth.DOGE_USDC"]}', 4006],
    ['an unknown interval', '{"method":"SUBSCRIBE","params":["kline.2m.SOL_USDC"]}', 4006],
    ['a stream without a market', '{"method":"SUBSCRIBE","params":["depth."]}', 4006],
  ])('%s is answered with an error and the connection lives on', async (_what, text, code) => {
    const client = await connect();
    client.send(text);
    await client.until(() => client.frames.length === 1);
    expect(client.frames[0]).toMatchObject({ id: null, error: { code } });
    await client.subscribe('depth.SOL_USDC');
    await maker.ask('placeOrder', limit('Bid', '98', '1'));
    await client.until(() => client.dataOf('depth.SOL_USDC').length === 1);
  });

  it('more streams than a connection may have are refused', async () => {
    const client = await connect();
    const intervals = ['1s', '1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'];
    client.send({ method: 'SUBSCRIBE', params: intervals.map((interval) => `kline.${interval}.SOL_USDC`) });
    await client.until(() => client.frames.length === 1);
    expect(client.errors()).toMatchObject([{ code: 4007 }]);
  });
});
