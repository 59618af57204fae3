import { API_ERROR_CODES, OPERATION_NAMES, operationOf } from '@glasshouse/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitting, openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let alice: Trader;
let bob: Trader;

const limit = (side: 'Bid' | 'Ask', price: string, quantity: string) => ({
  symbol: 'SOL_USDC',
  side,
  orderType: 'Limit',
  price,
  quantity,
});

beforeAll(async () => {
  venue = await openVenue();
  alice = await venue.trader({ USDC: '100000', SOL: '1000' });
  bob = await venue.trader({ USDC: '100000', SOL: '1000' });
  for (const [side, price] of [
    ['Bid', '99'],
    ['Bid', '98.5'],
    ['Ask', '101'],
    ['Ask', '102.5'],
  ] as const) {
    await alice.ask('placeOrder', limit(side, price, '2'));
  }
  await bob.ask('placeOrder', limit('Bid', '101', '0.5'));
  await bob.ask('placeOrder', limit('Ask', '99', '1.25'));
});

afterAll(() => venue.close());

describe('system', () => {
  it('ping and time are plain text', async () => {
    const ping = await venue.get('/api/v1/ping');
    expect([ping.text, ping.headers.get('content-type')]).toEqual(['pong', 'text/plain; charset=utf-8']);
    const time = await venue.get('/api/v1/time');
    expect(time.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(Math.abs(Number(time.text) - Date.now())).toBeLessThan(10_000);
  });

  it('status is Ok with an explicit null', async () => {
    const reply = await venue.get('/api/v1/status');
    expect(reply.text).toBe('{"message":null,"status":"Ok"}');
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('every public answer fits its published schema', async () => {
    const needed: Record<string, string> = {
      klines: '&interval=1m&startTime=0',
      borrowLendMarketHistory: '&interval=1d',
      vaultHistory: '&interval=1d',
    };
    const ofAssets: readonly string[] = ['borrowLendMarketHistory'];
    for (const name of OPERATION_NAMES) {
      const { path, auth } = operationOf(name);
      if (auth !== 'public' || name === 'ping' || name === 'time') continue;
      fitting(
        name,
        await venue.get(`${path}?symbol=${ofAssets.includes(name) ? 'SOL' : 'SOL_USDC'}${needed[name] ?? ''}`),
      );
    }
  });
});

describe('markets', () => {
  it('a market has the recorded fields in the recorded order', async () => {
    const market = fitting<Record<string, unknown>>('market', await venue.get('/api/v1/market?symbol=SOL_USDC'));
    expect(Object.keys(market)).toEqual([...Object.keys(market)].sort());
    expect(market).toMatchObject({
      baseSymbol: 'SOL',
      quoteSymbol: 'USDC',
      marketType: 'SPOT',
      orderBookState: 'Open',
      fundingInterval: null,
      openInterestLimit: '0',
      filters: {
        price: { tickSize: '0.01', minPrice: '0.01', maxImpactMultiplier: '1.01', minMultiplier: '0.25' },
        quantity: { stepSize: '0.01', minQuantity: '0.01' },
      },
    });
  });

  it('are filtered by type', async () => {
    expect(fitting<unknown[]>('markets', await venue.get('/api/v1/markets?marketType=PERP'))).toEqual([]);
    const both = await venue.get('/api/v1/markets?marketType=PERP&marketType=SPOT');
    expect(fitting<unknown[]>('markets', both)).toHaveLength(3);
  });

  it('an unknown one is named', async () => {
    const reply = await venue.get('/api/v1/depth?symbol=DOGE_USDC');
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code: 'INVALID_MARKET', details: { symbol: 'DOGE_USDC' } });
  });
});

describe('depth', () => {
  it('ascends on both sides, so that the best bid is the last row', async () => {
    const depth = fitting<object>('depth', await venue.get('/api/v1/depth?symbol=SOL_USDC'));
    expect(depth).toMatchObject({
      asks: [
        ['101', '1.5'],
        ['102.5', '2'],
      ],
      bids: [
        ['98.5', '2'],
        ['99', '0.75'],
      ],
      lastUpdateId: '6',
    });
  });

  it('keeps the levels nearest the touch', async () => {
    const depth = fitting<{ asks: unknown; bids: unknown }>(
      'depth',
      await venue.get('/api/v1/depth?symbol=SOL_USDC&limit=5'),
    );
    expect(depth.bids).toHaveLength(2);
    const wrong = await venue.get('/api/v1/depth?symbol=SOL_USDC&limit=7');
    expect(wrong.status).toBe(400);
    expect(wrong.json()).toMatchObject({ code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining('`limit`') });
  });
});

describe('trades and statistics', () => {
  it('trades come newest first with the side of the maker', async () => {
    const trades = fitting<object[]>('trades', await venue.get('/api/v1/trades?symbol=SOL_USDC&limit=2'));
    expect(trades).toMatchObject([
      { id: 2, price: '99', quantity: '1.25', quoteQuantity: '123.75', isBuyerMaker: true },
      { id: 1, price: '101', quantity: '0.5', quoteQuantity: '50.5', isBuyerMaker: false },
    ]);
    const older = await venue.get('/api/v1/trades/history?symbol=SOL_USDC&limit=1&offset=1');
    expect(fitting<object[]>('tradesHistory', older)).toMatchObject([{ id: 1 }]);
  });

  it('the ticker counts the change as a fraction', async () => {
    const ticker = fitting<object>('ticker', await venue.get('/api/v1/ticker?symbol=SOL_USDC'));
    expect(ticker).toEqual({
      firstPrice: '101',
      high: '101',
      lastPrice: '99',
      low: '99',
      priceChange: '-2',
      priceChangePercent: '-0.019802',
      quoteVolume: '174.25',
      symbol: 'SOL_USDC',
      trades: '2',
      volume: '1.75',
    });
  });

  it('a market that never traded has no ticker: 204, and it is missing from the list', async () => {
    const reply = await venue.get('/api/v1/ticker?symbol=BTC_USDC');
    expect([reply.status, reply.text]).toEqual([204, '']);
    const tickers = fitting<{ symbol: string }[]>('tickers', await venue.get('/api/v1/tickers?interval=1w'));
    expect(tickers.map(({ symbol }) => symbol)).toEqual(['SOL_USDC']);
  });

  it('candles are ascending, end at now, and have null prices where nothing traded', async () => {
    const from = Math.floor(Date.now() / 1000) - 60;
    const candles = fitting<{ start: string; trades: string; open: unknown }[]>(
      'klines',
      await venue.get(`/api/v1/klines?symbol=SOL_USDC&interval=1m&startTime=${from}`),
    );
    const traded = candles.filter(({ trades }) => trades !== '0');
    expect(traded).toMatchObject([
      { open: '101', close: '99', high: '101', low: '99', volume: '1.75', quoteVolume: '174.25' },
    ]);
    const idle = fitting<object[]>(
      'klines',
      await venue.get('/api/v1/klines?symbol=BTC_USDC&interval=1month&startTime=0'),
    );
    expect(idle).toMatchObject([{ open: null, close: null, volume: '0', quoteVolume: '0', trades: '0' }]);
  });

  it.each([
    ['interval=2m&startTime=0', 'INVALID_CLIENT_REQUEST', '`interval`'],
    ['interval=1m', 'INVALID_CLIENT_REQUEST', '`startTime`'],
    ['interval=1m&startTime=abc', 'INVALID_CLIENT_REQUEST', '`startTime`'],
    ['interval=1m&startTime=9&endTime=8', 'INVALID_RANGE', 'range'],
    ['interval=1m&startTime=0&priceType=Mark', 'INVALID_CLIENT_REQUEST', 'only perpetuals'],
  ])('candles with %s are refused by name', async (query, code, part) => {
    const reply = await venue.get(`/api/v1/klines?symbol=SOL_USDC&${query}`);
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ code, message: expect.stringContaining(part) });
  });
});

describe('HTTP', () => {
  it('an unknown path and a wrong method are JSON errors', async () => {
    const unknown = await venue.get('/api/v1/nothing');
    expect([unknown.status, unknown.json()]).toEqual([404, { code: 'RESOURCE_NOT_FOUND', message: 'Not Found' }]);
    const wrong = await venue.get('/api/v1/order', { method: 'PUT' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, POST, DELETE');
    expect(wrong.json()).toEqual({ code: 'INVALID_CLIENT_REQUEST', message: 'Method not allowed' });
  });

  it('HEAD answers without a body, GET may carry a content type', async () => {
    const head = await venue.get('/api/v1/markets', { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([200, '']);
    const get = await venue.get('/api/v1/status', { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(get.status).toBe(200);
  });

  it('browsers of any origin may call, preflight included, and read the page headers', async () => {
    const headers = { origin: 'https://example.org', 'access-control-request-method': 'DELETE' };
    const preflight = await venue.get('/api/v1/order', { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    const get = await venue.get('/api/v1/status', { headers: { origin: 'https://example.org' } });
    expect(get.headers.get('access-control-expose-headers')).toContain('X-Total');
  });

  it('a body that is too large, of another type or no JSON is refused as such', async () => {
    const post = (body: string, type = 'application/json') =>
      venue.get('/glass/v1/accounts', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('x'.repeat(70_000))).status).toBe(413);
    expect((await post('publicKey=x', 'application/x-www-form-urlencoded')).status).toBe(415);
    const broken = await post('{"publicKey":');
    expect([broken.status, broken.json()]).toMatchObject([400, { code: 'INVALID_CLIENT_REQUEST' }]);
    expect((await post('{"publicKey":"short"}')).json()).toMatchObject({
      message: expect.stringContaining('`publicKey`'),
    });
  });

  it('health and readiness answer', async () => {
    expect((await venue.get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await venue.get('/readyz')).json()).toEqual({ status: 'ready' });
  });
});

describe('documents', () => {
  it('the OpenAPI document describes every operation with codes from the catalogue', async () => {
    const document = (await venue.get('/openapi.json')).json() as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual([...OPERATION_NAMES].sort());
    expect(API_ERROR_CODES).toContain('INVALID_SIGNATURE');
  });

  it('the documentation page and everything it loads come from this server', async () => {
    const page = await venue.get('/docs/');
    expect(page.headers.get('content-type')).toContain('text/html');
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(?:https?:)?\/\//);
      expect((await venue.get(new URL(asset, `${venue.url}/docs/`).pathname)).status).toBe(200);
    }
  });

  it('the first page links to the documentation and escapes the name of the venue', async () => {
    const odd = await openVenue({ options: { title: '<b>odd</b>' } });
    const page = await odd.get('/');
    expect(page.text).toContain('href="/docs/"');
    expect(page.text).not.toContain('<b>odd');
    await odd.close();
  });
});
