// Gateway processes before a real exchange process: what is handed in at one door is seen at every other, whoever is killed.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryDirectory, withoutDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { factsOf } from './log-facts.js';
import { ServerProcess } from './server-process.js';
import { Trader } from './trader.js';

const LONGEST_MS = 20_000;
const TIMEOUT = { timeout: 60_000 };

let directory = '';
let exchange: ServerProcess;
let doors: ServerProcess[] = [];
let urls: string[] = [];

const begin = (): ServerProcess => new ServerProcess({ directory });
const door = (): ServerProcess => new ServerProcess({ directory, role: 'gateway' });

beforeAll(async () => {
  directory = temporaryDirectory();
  exchange = begin();
  const url = await exchange.url();
  doors = [door(), door()];
  urls = [url, ...(await Promise.all(doors.map((one) => one.url())))];
}, 30_000);
afterAll(async () => {
  await Promise.all([exchange, ...doors].map((one) => one.kill('SIGKILL')));
  withoutDirectory(directory);
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + LONGEST_MS;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`never: ${what}`);
    await sleep(20);
  }
}

const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/readyz`)).status === 200;
async function depthAt(url: string): Promise<string> {
  const { asks, bids } = (await (await fetch(`${url}/api/v1/depth?symbol=SOL_USDC`)).json()) as Record<string, unknown>;
  return JSON.stringify({ asks, bids });
}

async function traded(trader: Trader, url: string, answers: number): Promise<void> {
  const enough = trader.answered + answers;
  const end = new AbortController();
  const trading = trader.trade(url, end.signal);
  await until(`${answers} answers at ${url}`, async () => trader.answered >= enough);
  end.abort();
  await trading;
}

it(
  'orders handed in at three doors stand in one log and in one book, and every door tells the same',
  TIMEOUT,
  async () => {
    const traders = urls.map((_, index) => new Trader(new Random(index + 1)));
    for (const [index, trader] of traders.entries()) await trader.register(urls[index] ?? '');
    await Promise.all(traders.map((trader, index) => traded(trader, urls[index] ?? '', 150)));
    const [first = '', ...others] = urls;
    const expected = await depthAt(first);
    for (const url of others) {
      await until('the same book', async () => (await depthAt(url)) === expected);
    }
    const { orders, duplicates } = await factsOf(directory);
    expect(duplicates).toEqual([]);
    for (const { acknowledged, accountId } of traders) {
      expect(acknowledged.size).toBeGreaterThan(0);
      for (const [orderId, { clientId }] of acknowledged)
        expect(orders.get(orderId)).toMatchObject({ accountId, clientId });
    }
    const [atExchange, atSecond] = [traders[0], traders[1]];
    const swapped = await atExchange?.client(urls[1] ?? '').openOrders({ symbol: 'SOL_USDC' });
    expect(swapped).toEqual(await atExchange?.client(first).openOrders({ symbol: 'SOL_USDC' }));
    const page = await atSecond?.client(first).call('orderHistory', { limit: 50 });
    expect(await atSecond?.client(urls[2] ?? '').call('orderHistory', { limit: 50 })).toEqual(page);
  },
);

it('a caller reads at its door what it has just written there', TIMEOUT, async () => {
  const trader = new Trader(new Random(9));
  const url = urls[1] ?? '';
  await trader.register(url);
  const client = trader.client(url);
  for (let clientId = 1; clientId <= 30; clientId += 1) {
    const { id } = await client.call('placeOrder', {
      symbol: 'SOL_USDC',
      side: 'Bid',
      orderType: 'Limit',
      price: '100',
      quantity: '1',
      clientId,
    });
    const open = await client.openOrders({ symbol: 'SOL_USDC' });
    expect(open.map((order) => order.id)).toContain(id);
  }
});

it('a gateway without an exchange says what it waits for, and can be ended', TIMEOUT, async () => {
  const empty = temporaryDirectory();
  const waiting = new ServerProcess({ directory: empty, role: 'gateway' });
  await until('said', async () => waiting.said('waiting for an exchange on the data folder') !== undefined);
  expect(await waiting.kill('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
  withoutDirectory(empty);
});

it('a killed gateway takes nothing along, and nobody else notices', TIMEOUT, async () => {
  const trader = new Trader(new Random(21));
  await trader.register(urls[2] ?? '');
  const end = new AbortController();
  const trading = trader.trade(urls[2] ?? '', end.signal);
  await until('answers', async () => trader.answered > 40);
  await doors[1]?.kill('SIGKILL');
  end.abort();
  await trading;
  const { orders } = await factsOf(directory);
  for (const orderId of trader.acknowledged.keys()) expect(orders.has(orderId)).toBe(true);
  expect(await isReady(urls[0] ?? '')).toBe(true);
  const again = door();
  doors[1] = again;
  urls[2] = await again.url();
  await traded(trader, urls[2], 40);
});

it(
  'without the exchange a gateway says so, and serves again by itself when the exchange is back',
  TIMEOUT,
  async () => {
    const url = urls[1] ?? '';
    const trader = new Trader(new Random(33));
    await trader.register(url);
    await traded(trader, url, 40);
    await exchange.kill('SIGKILL');
    await until('unready', async () => !(await isReady(url)));
    const refused = await fetch(`${url}/api/v1/openInterest`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'MAINTENANCE' });
    exchange = begin();
    urls[0] = await exchange.url();
    await until('ready again', () => isReady(url));
    await traded(trader, url, 40);
    const { orders, duplicates } = await factsOf(directory);
    expect(duplicates).toEqual([]);
    for (const orderId of trader.acknowledged.keys()) expect(orders.has(orderId)).toBe(true);
  },
);
