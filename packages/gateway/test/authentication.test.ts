import { acceptedSigningTexts, type Parameter } from '@glasshouse/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, openVenue, type Reply, type Signing, signedHeaders, type Trader, type Venue } from './venue.js';

let venue: Venue;
let alice: Trader;

beforeAll(async () => {
  venue = await openVenue();
  alice = await venue.trader({ USDC: '1000000', SOL: '1000' });
});
afterAll(() => venue.close());

const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '10', quantity: '1' };
const problem = (reply: Reply) => ({ status: reply.status, ...(reply.json() as { code: string; message: string }) });

/** Sends a body as it is, signed over the given parameters. */
async function sendText(
  path: string,
  body: string,
  instruction: string,
  batch: readonly Parameter[][],
  signing?: Signing,
) {
  const headers = { 'Content-Type': 'application/json', ...signedHeaders(alice.key, instruction, batch, signing) };
  return venue.get(path, { method: 'POST', headers, body });
}

const pairs = (record: Readonly<Record<string, unknown>>): Parameter[] =>
  Object.entries(record).map(([name, value]) => [name, String(value)]);

describe('a refused signature says which part failed', () => {
  const cases: readonly [string, Signing, number, string, string][] = [
    ['no key', { headers: { 'X-API-Key': '' } }, 401, 'UNAUTHORIZED', 'X-API-Key'],
    ['a key that is no key', { headers: { 'X-API-Key': 'abc' } }, 401, 'UNAUTHORIZED', 'X-API-Key'],
    ['an unknown key', { headers: { 'X-API-Key': newKey().publicKey } }, 401, 'UNAUTHORIZED', 'Unknown API key'],
    ['no signature', { headers: { 'X-Signature': '' } }, 401, 'UNAUTHORIZED', 'X-Signature'],
    ['a signature that is none', { headers: { 'X-Signature': 'abc=' } }, 400, 'INVALID_SIGNATURE', 'Invalid signature'],
    [
      'another signature',
      { headers: { 'X-Signature': `${'A'.repeat(86)}==` } },
      400,
      'INVALID_SIGNATURE',
      'Invalid signature',
    ],
    ['no timestamp', { headers: { 'X-Timestamp': '' } }, 400, 'INVALID_CLIENT_REQUEST', 'timestamp'],
    ['a timestamp in words', { headers: { 'X-Timestamp': 'now' } }, 400, 'INVALID_CLIENT_REQUEST', 'timestamp'],
    [
      'a changed timestamp',
      { headers: { 'X-Timestamp': String(Date.now() + 1) } },
      400,
      'INVALID_SIGNATURE',
      'Invalid signature',
    ],
    ['a changed window', { headers: { 'X-Window': '5001' } }, 400, 'INVALID_SIGNATURE', 'Invalid signature'],
    ['a window that is too long', { windowMs: 60_001 }, 400, 'INVALID_CLIENT_REQUEST', 'window'],
    ['an expired window', { timestampMs: Date.now() - 20_000 }, 400, 'INVALID_CLIENT_REQUEST', 'Request has expired'],
    ['a future timestamp', { timestampMs: Date.now() + 600_000 }, 400, 'INVALID_CLIENT_REQUEST', 'timestamp'],
    ['another instruction', { instruction: 'orderCancel' }, 400, 'INVALID_SIGNATURE', 'another instruction'],
    ['a subscription', { instruction: 'subscribe' }, 400, 'INVALID_SIGNATURE', 'another instruction'],
  ];

  it.each(cases)('%s', async (_what, signing, status, code, text) => {
    const before = venue.exchange.state.nextSeq;
    const refused = problem(await alice.send('placeOrder', ORDER, signing));
    expect(refused).toMatchObject({ status, code });
    expect(refused.message).toContain(text);
    expect(venue.exchange.state.nextSeq).toBe(before);
  });

  it('a body that was changed after signing', async () => {
    const body = JSON.stringify({ ...ORDER, price: '11' });
    expect(problem(await sendText('/api/v1/order', body, 'orderExecute', [pairs(ORDER)]))).toMatchObject({
      code: 'INVALID_SIGNATURE',
    });
  });

  it('a key that belongs to no account', async () => {
    const reply = problem(await venue.operators[0].send('balances'));
    expect(reply).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const order = problem(await venue.operators[0].send('placeOrder', ORDER));
    expect(order).toMatchObject({ status: 403, code: 'FORBIDDEN', details: { command: 'placeOrders' } });
  });
});

describe('a signature counts when it was made', () => {
  it('without X-Window, as 5000', async () => {
    const headers = signedHeaders(alice.key, 'orderExecute', [pairs(ORDER)]);
    delete headers['X-Window'];
    const init = {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(ORDER),
    };
    expect((await venue.get('/api/v1/order', init)).status).toBe(200);
  });

  it('over percent-encoded values, as ccxt does', async () => {
    const asked = {
      symbol: 'USDC',
      blockchain: 'Sandbox',
      quantity: '1',
      address: 'chain:somewhere',
      clientId: 'a b+c/d=',
    };
    const batch = [pairs(asked)];
    const [raw, percent] = acceptedSigningTexts('withdraw', batch, { timestampMs: 1, windowMs: 1 });
    expect(raw).not.toBe(percent);
    for (const form of ['raw', 'percent'] as const) {
      const withdrawal = (await alice.send('withdraw', asked, { form })).json();
      expect(withdrawal).toMatchObject({ toAddress: 'chain:somewhere', clientId: 'a b+c/d=' });
    }
  });

  it('over numbers as the body writes them', async () => {
    const body = '{"symbol":"SOL_USDC","side":"Bid","orderType":"Limit","price":"10","quantity":"1","clientId":77.0}';
    const signedAsWritten = [...pairs(ORDER), ['clientId', '77.0'] as const];
    const reply = await sendText('/api/v1/order', body, 'orderExecute', [signedAsWritten]);
    expect(problem(reply)).toMatchObject({
      status: 400,
      code: 'INVALID_CLIENT_REQUEST',
      message: expect.stringContaining('clientId'),
    });
    const plain = body.replace('77.0', '77');
    const accepted = await sendText('/api/v1/order', plain, 'orderExecute', [[...pairs(ORDER), ['clientId', '77']]]);
    expect(accepted.json()).toMatchObject({ clientId: 77 });
  });

  it('over fields that mean nothing here', async () => {
    expect((await alice.send('deposits', { endTime: 5, somethingElse: 'x' })).status).toBe(200);
  });

  it('with booleans of a query in capitals, as Python clients send them', async () => {
    const headers = signedHeaders(alice.key, 'depositQueryAll', [[['excludePlatform', 'true']]]);
    expect((await venue.get('/wapi/v1/capital/deposits?excludePlatform=True', { headers })).status).toBe(200);
  });

  it('once: the same request a second time is refused, also when it was rejected the first time', async () => {
    for (const order of [ORDER, { ...ORDER, price: '10.001' }]) {
      const timestampMs = Date.now();
      await alice.send('placeOrder', order, { timestampMs });
      const again = problem(await alice.send('placeOrder', order, { timestampMs }));
      expect(again).toMatchObject({ status: 400, code: 'INVALID_CLIENT_REQUEST' });
      expect(again.message).toContain('already');
    }
  });
});

describe('what would have two readings is refused before its signature is looked at', () => {
  const cases: readonly [string, string][] = [
    ['a value with an ampersand', '{"symbol":"SOL_USDC&side=Ask","side":"Bid","orderType":"Limit"}'],
    ['a value that reads as a percent-encoded byte', '{"symbol":"SOL%5FUSDC","side":"Bid","orderType":"Limit"}'],
    ['a name with an equals sign', '{"symbol":"SOL_USDC","side":"Bid","orderType":"Limit","a=b":"c"}'],
    ['a reserved name', '{"symbol":"SOL_USDC","side":"Bid","orderType":"Limit","timestamp":"5"}'],
    ['a name given twice', '{"symbol":"SOL_USDC","side":"Bid","side":"Ask","orderType":"Limit"}'],
  ];

  it.each(cases)('%s', async (_what, body) => {
    const before = venue.exchange.state.nextSeq;
    const reply = problem(await sendText('/api/v1/order', body, 'orderExecute', [pairs(JSON.parse(body))]));
    expect(reply).toMatchObject({ status: 400, code: 'INVALID_CLIENT_REQUEST' });
    expect(venue.exchange.state.nextSeq).toBe(before);
  });
});

describe('the time of the exchange', () => {
  it('decides, not that of the machine', async () => {
    venue.exchange.skewUs = 30_000_000;
    const late = problem(await alice.send('balances', {}, { timestampMs: Date.now() }));
    expect(late).toMatchObject({
      code: 'INVALID_CLIENT_REQUEST',
      message: expect.stringContaining('Request has expired'),
    });
    expect((await alice.send('balances', {}, { timestampMs: Date.now() + 30_000 })).status).toBe(200);
  });
});
