// Whatever arrives, the gateway answers with a 2xx or a 4xx of its catalogue, changes nothing, and lives on.
import { connect } from 'node:net';
import { API_ERROR_CODES, OPERATION_NAMES, operationOf } from '@glasshouse/api';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StreamClient } from './stream-client.js';
import { openVenue, type Reply, signedHeaders, type Trader, type Venue } from './venue.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);

let venue: Venue;
let alice: Trader;
let seqBefore: number;

beforeAll(async () => {
  venue = await openVenue({ options: { streams: { maxFramesPerMinute: Infinity } } });
  alice = await venue.trader({ USDC: '1000000', SOL: '1000' });
});
afterAll(() => venue.close());
beforeEach(() => {
  seqBefore = venue.exchange.state.nextSeq;
});

function expectOrderly(reply: Reply): void {
  expect(reply.status, reply.text).toBeLessThan(500);
  if (reply.status < 400) return;
  const body = reply.json() as { code: string; message: string };
  expect(API_ERROR_CODES).toContain(body.code);
  expect(typeof body.message).toBe('string');
  expect(body.message).not.toMatch(/\bat .*\.(?:ts|js):\d/);
}

const operations = OPERATION_NAMES.map(operationOf);
const paths = fc.constantFrom(...new Set(operations.map(({ path }) => path)));
const methods = fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH', 'PUT');
const words = fc.constantFrom(
  'symbol',
  'limit',
  'offset',
  'interval',
  'startTime',
  'SOL_USDC',
  '1m',
  '5',
  '-1',
  'true',
);
const printable = fc.string({ unit: fc.constantFrom(...'abcXYZ019 &=%+[]{}",:\\/.-_~\u00e9\u{1f600}') });
const value = fc.oneof(words, printable, fc.double().map(String), fc.bigInt().map(String));
const headerText = fc.string({ unit: fc.constantFrom(...'abcXYZ019+/= ,;"%') });

describe('HTTP', () => {
  it('query strings of any kind', async () => {
    const pair = fc.tuple(fc.oneof(words, printable), value);
    const query = fc.oneof(
      fc.array(pair, { maxLength: 6 }).map((all) => new URLSearchParams(all).toString()),
      fc.string({ unit: fc.constantFrom(...'abc&=%+[]0123456789ABCDEF?/') }),
    );
    await fc.assert(
      fc.asyncProperty(methods, paths, query, async (method, path, text) => {
        expectOrderly(await venue.get(`${path}?${text}`, { method }));
      }),
      { numRuns: RUNS },
    );
    expect(venue.exchange.state.nextSeq).toBe(seqBefore);
  });

  it('headers of any kind', async () => {
    const headers = fc.record({
      'X-API-Key': fc.oneof(headerText, fc.constant('') /* key of alice below */),
      'X-Signature': headerText,
      'X-Timestamp': fc.oneof(headerText, fc.double().map(String), fc.nat().map(String)),
      'X-Window': fc.oneof(headerText, fc.integer().map(String)),
      'X-Broker-Id': headerText,
      'Content-Type': fc.oneof(fc.constant('application/json'), headerText),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), headers, async ({ method, path }, given) => {
        const key = given['X-API-Key'] === '' ? alice.key.publicKey : given['X-API-Key'];
        const init: RequestInit = { method, headers: { ...given, 'X-API-Key': key } };
        if (method !== 'GET') init.body = '{}';
        expectOrderly(await venue.get(path, init));
      }),
      { numRuns: RUNS },
    );
    expect(venue.exchange.state.nextSeq).toBe(seqBefore);
  });

  it('bodies of any kind, unsigned', async () => {
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => text.slice(0, -1)),
      fc.constant('['.repeat(5_000)),
    );
    const writing = operations.filter(({ method, auth }) => method !== 'GET' && auth !== 'internal');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writing), body, async ({ method, path }, text) => {
        const headers = { 'Content-Type': 'application/json' };
        expectOrderly(await venue.get(path, { method, headers, body: text }));
      }),
      { numRuns: RUNS },
    );
    expect(venue.exchange.state.nextSeq).toBe(seqBefore);
  });

  it('bodies of any kind with a correct signature over them', async () => {
    const scalar = fc.oneof(
      value,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant({ a: [1] }),
    );
    const field = fc.constantFrom(
      'symbol',
      'side',
      'orderType',
      'price',
      'quantity',
      'clientId',
      'orderId',
      'timeInForce',
      'postOnly',
      'x',
    );
    const likely = fc.constantFrom('SOL_USDC', 'Bid', 'Ask', 'Limit', 'Market', '10', '0.01', '1', 'GTC', 'IOC');
    const body = fc.dictionary(field, fc.oneof(scalar, likely), { maxKeys: 8 });
    const name = fc.constantFrom(
      ...(['placeOrder', 'cancelOrder', 'cancelAllOrders', 'withdraw', 'updateAccount', 'transfer'] as const),
    );
    await fc.assert(
      fc.asyncProperty(name, body, async (operation, fields) => {
        expectOrderly(await alice.send(operation, fields));
      }),
      { numRuns: RUNS },
    );
  });

  it('signatures over something else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.array(fc.tuple(printable, printable)),
        async (operation, pairs) => {
          const { method, path } = operation;
          const headers = { 'Content-Type': 'application/json', ...signedHeaders(alice.key, 'nothing', [pairs]) };
          expectOrderly(
            await venue.get(path, method === 'GET' ? { headers } : { method, headers, body: '{"symbol":"SOL_USDC"}' }),
          );
        },
      ),
      { numRuns: Math.ceil(RUNS / 3) },
    );
    expect(venue.exchange.state.nextSeq).toBe(seqBefore);
  });

  it('bytes that are no HTTP', async () => {
    const port = Number(new URL(venue.url).port);
    const piece = fc.constantFrom(
      'GET / HTTP/1.1\r\n',
      'Host: x\r\n',
      '\r\n',
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Upgrade: websocket\r\nConnection: Upgrade\r\n',
      'zz\r\n',
      '\0\x01\xff',
    );
    const bytes = fc.oneof(
      fc.array(piece).map((all) => Buffer.from(all.join(''), 'latin1')),
      fc.uint8Array().map((all) => Buffer.from(all)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (raw) => {
        await new Promise<void>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => socket.end(raw));
          socket.on('data', (data) => expect(String(data)).not.toMatch(/^HTTP\/1\.1 5/));
          socket.on('error', () => undefined);
          socket.on('close', () => resolve());
        });
      }),
      { numRuns: RUNS },
    );
    expect((await venue.get('/api/v1/ping')).text).toBe('pong');
  });
});

describe('WebSocket', () => {
  it('frames of any kind', async () => {
    const client = await StreamClient.connect(venue.streamUrl);
    const name = fc.oneof(
      fc.constantFrom('depth.SOL_USDC', 'account.orderUpdate', 'kline.1m.SOL_USDC', 'depth', '.', 'account.'),
      fc.string(),
    );
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({
        method: fc.oneof(fc.constantFrom('SUBSCRIBE', 'UNSUBSCRIBE'), fc.string()),
        params: fc.oneof(fc.array(name, { maxLength: 5 }), fc.jsonValue()),
        signature: fc.oneof(fc.constant(undefined), fc.array(fc.string(), { maxLength: 5 }), fc.jsonValue()),
      }),
    );
    await fc.assert(
      fc.asyncProperty(frame, async (sent) => {
        client.send(sent);
        await client.settled();
      }),
      { numRuns: RUNS },
    );
    client.socket.send(Buffer.from([1, 2, 3]));
    await client.settled();
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    for (const error of client.errors() as { code: number }[]) expect([4000, 4001, 4003, 4006]).toContain(error.code);
    client.close();
  });
});
