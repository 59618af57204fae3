// The database of a running exchange goes away under load and comes back: no order waits for it, questions about the past are refused
// meanwhile, and in the end nothing is missing. So it is after kills of the exchange and of its own database.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExchangeError } from '@glasshouse/client';
import { type DatabaseSettings, DEFAULT_SCHEMA, EmbeddedServer, embeddedFolder } from '@glasshouse/history';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startExchange } from '../../src/exchange.js';
import { type HistoryVerdict, verifyHistory } from '../../src/history/rebuild.js';
import { dataDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { ServerProcess } from '../process/server-process.js';
import { Trader } from '../process/trader.js';

const TRADERS = 3;
const SLOW = { timeout: 180_000 };

function traders(): Trader[] {
  return Array.from({ length: TRADERS }, (_, index) => new Trader(new Random(40 + index)));
}

async function answered(all: readonly Trader[], more: number): Promise<void> {
  const now = () => all.reduce((sum, trader) => sum + trader.answered, 0);
  const enough = now() + more;
  while (now() < enough) await sleep(5);
}

async function ordersOf(trader: Trader, url: string): Promise<Set<number>> {
  const client = trader.client(url);
  const ids = new Set<number>();
  for (let offset = 0; ; offset += 1000) {
    const page = await client.call('orderHistory', { limit: 1000, offset });
    for (const { id } of page) ids.add(Number(id));
    if (page.length < 1000) return ids;
  }
}

async function expectAllTold(all: readonly Trader[], url: string): Promise<void> {
  for (const trader of all) {
    const told = await ordersOf(trader, url);
    expect([...trader.acknowledged.keys()].filter((orderId) => !told.has(orderId))).toEqual([]);
  }
}

async function killDatabase(directory: string): Promise<void> {
  const lock = readFileSync(join(embeddedFolder(directory), 'postgres', 'postmaster.pid'), 'utf8');
  kill(Number(lock.split('\n')[0]), 'SIGKILL');
  await sleep(50);
}

function expectSound({ tables }: HistoryVerdict): void {
  expect(tables.filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0)).toEqual([]);
  expect(tables.find(({ table }) => table === 'fills')?.rows).toBeGreaterThan(0);
}

/** At the door of a gateway process, which neither writes the tables nor hears from who does. */
async function expectToldAtOnce(trader: Trader, directory: string): Promise<void> {
  const door = new ServerProcess({ directory, role: 'gateway', history: 'embedded' });
  const client = trader.client(await door.url());
  for (const price of ['100', '101', '102']) {
    const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price, quantity: '0.1' } as const;
    const { id } = await client.call('placeOrder', order);
    const [newest] = await client.call('orderHistory', { limit: 1 });
    expect(newest?.id).toBe(id);
  }
  await door.kill('SIGTERM');
}

it('a database that is away delays no order, and what was missed is there once it is back', SLOW, async () => {
  const directory = dataDirectory();
  const folder = dataDirectory();
  let server = await EmbeddedServer.start({ folder });
  onTestFinished(() => server.stop());
  const database: DatabaseSettings = { url: server.url, schema: DEFAULT_SCHEMA };
  const exchange = await startExchange({
    dataDirectory: directory,
    port: 0,
    segmentBytes: 4_194_304,
    metricsAt: { host: '127.0.0.1', port: 0 },
    history: { kind: 'database', url: server.url },
  });
  const all = traders();
  for (const trader of all) await trader.register(exchange.url);
  const end = new AbortController();
  const trading = all.map((trader) => trader.trade(exchange.url, end.signal));
  await answered(all, 150);
  await server.stop();
  await vi.waitFor(async () => {
    const refused = await fetch(`${exchange.url}/api/v1/fundingRates?symbol=SOL_USDC_PERP`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  });
  await answered(all, 150);
  await expect(all[0]?.client(exchange.url).call('orderHistory', {})).rejects.toThrow(ExchangeError);
  server = await EmbeddedServer.start({ folder });
  await answered(all, 150);
  end.abort();
  await Promise.all(trading);
  await vi.waitFor(() => expectAllTold(all, exchange.url), { timeout: 20_000, interval: 200 });
  const metrics = await (await fetch(`http://127.0.0.1:${exchange.metricsPort}/metrics`)).text();
  expect(Number(/^glasshouse_history_seq (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(450);
  await exchange.close();
  expectSound(await verifyHistory({ directory, database }));
});

it('kills of the exchange and of its database lose nothing, and nothing is told twice', SLOW, async () => {
  const directory = dataDirectory();
  const all = traders();
  const random = new Random(9);
  for (let round = 0; round < 3; round += 1) {
    const exchange = new ServerProcess({ directory, history: 'embedded', snapshotEvery: 500 });
    const url = await exchange.url();
    if (round === 0) for (const trader of all) await trader.register(url);
    const end = new AbortController();
    const trading = all.map((trader) => trader.trade(url, end.signal));
    await answered(all, random.between(50, 150));
    if (round % 2 === 1) await killDatabase(directory);
    await answered(all, random.between(20, 100));
    const killed = exchange.kill('SIGKILL');
    end.abort();
    await Promise.all(trading);
    expect(await killed, exchange.stderr).toEqual({ code: null, signal: 'SIGKILL' });
  }
  const last = new ServerProcess({ directory, history: 'embedded' });
  const url = await last.url();
  await vi.waitFor(() => expectAllTold(all, url), { timeout: 20_000, interval: 200 });
  for (const trader of all.slice(0, 1)) await expectToldAtOnce(trader, directory);
  expect(await last.kill('SIGTERM'), last.stderr).toEqual({ code: 0, signal: null });
  expect(last.stderr).not.toContain('password');
  const server = await EmbeddedServer.start({ folder: embeddedFolder(directory) });
  try {
    expectSound(await verifyHistory({ directory, database: { url: server.url, schema: DEFAULT_SCHEMA } }));
  } finally {
    await server.stop();
  }
});
