// The commands against a real exchange process: started, traded on, stopped, and its data folder judged.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ExchangeClient } from '@glasshouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const runFile = promisify(execFile);

async function glasshouse(...words: string[]): Promise<string> {
  return (await runFile(process.execPath, [MAIN, ...words])).stdout;
}

type Started = { readonly child: ChildProcess; readonly url: string; readonly said: string[] };

async function start(data: string, ...words: string[]): Promise<Started> {
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', '--data', data, ...words]);
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /open at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url, said };
  }
  throw new Error(`not started: ${said.join('\n')}`);
}

async function stop({ child }: Started): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await ended;
  return code;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshouse-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('an exchange started from the command line', () => {
  let exchange: Started;
  let data = '';
  beforeAll(async () => {
    data = join(folder, 'quiet');
    exchange = await start(data, '--no-demo', '--prices', 'none', '--json-logs');
  });

  test('opens funded accounts whose keys trade at once', async () => {
    const output = await glasshouse(
      'account',
      'new',
      '--url',
      exchange.url,
      '--fund',
      'USDC=1000000,SOL=10000.5',
      '--json',
    );
    const account = JSON.parse(output);
    expect(Object.keys(account).sort()).toEqual(['accountId', 'apiKey', 'apiSecret']);
    const client = new ExchangeClient({ url: exchange.url, apiKey: account.apiKey, apiSecret: account.apiSecret });
    const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '20', quantity: '3' } as const;
    expect(await client.placeOrder(order)).toMatchObject({ status: 'New' });
    expect(await client.balances()).toMatchObject({
      USDC: { locked: expect.stringMatching(/^60/) },
    });
    expect((await client.call('collateral')).collateral).toContainEqual(
      expect.objectContaining({ symbol: 'SOL', totalQuantity: '10000.5', lendQuantity: '10000.5' }),
    );
  });

  test('refuses a fund that is no asset and quantity', async () => {
    await expect(glasshouse('account', 'new', '--url', exchange.url, '--fund', 'USDC:5')).rejects.toMatchObject({
      code: 2,
    });
  });

  test('keeps its history database to itself while it runs', async () => {
    await expect(glasshouse('history', 'rebuild', '--data', data)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is in use by process'),
    });
  });

  test('keeps a second process off its data folder', async () => {
    await expect(start(data, '--no-demo')).rejects.toThrow('is in use by');
  });

  test('ends in order on a signal, and its log replays, verifies and shows what was done', async () => {
    expect(await stop(exchange)).toBe(0);
    const replayed = JSON.parse(await glasshouse('replay', '--data', data, '--from-genesis', '--json'));
    const verified = JSON.parse(await glasshouse('verify', '--data', data, '--json'));
    const state = JSON.parse(await glasshouse('state', '--data', data, '--json'));
    expect(verified).toMatchObject({ seq: replayed.seq, stateHash: replayed.stateHash, tail: 'sealed' });
    expect(verified).not.toHaveProperty('problem');
    expect(state).toMatchObject({ seq: replayed.seq, stateHash: replayed.stateHash, accounts: 1, openOrders: 1 });
    expect(state.markets).toContainEqual(
      expect.objectContaining({ symbol: 'SOL_USDC', bestBid: '20.00', bidLevels: 1 }),
    );
    expect(state.assets).toContainEqual({
      symbol: 'SOL',
      available: '0',
      locked: '0',
      lent: '10000.5',
      borrowed: '0',
      holders: 1,
    });
    expect(exchange.said.map((line) => JSON.parse(line).message)).toContain('closed');
  });

  test('prints the same for people', async () => {
    expect(await glasshouse('replay', '--data', data)).toMatch(/^seq {9}\d+\nstate hash {2}[0-9a-f]{64}\nreplayed/);
    expect(await glasshouse('verify', '--data', data)).toMatch(/sound\n$/);
    expect(await glasshouse('state', '--data', data)).toMatch(/SOL_USDC +open/);
  });

  test('its history is what its log says, and can be made anew', async () => {
    const kept = JSON.parse(await glasshouse('history', 'verify', '--data', data, '--json'));
    const differing = (tables: readonly { onlyFirst: number; onlySecond: number }[]) =>
      tables.filter(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond > 0);
    expect(differing(kept.tables)).toEqual([]);
    expect(kept.tables).toContainEqual(expect.objectContaining({ table: 'orders', rows: 1 }));
    expect(await glasshouse('history', 'rebuild', '--data', data)).toContain('made anew up to request');
    const made = JSON.parse(await glasshouse('history', 'verify', '--data', data, '--json'));
    expect(made.seq).toBeGreaterThanOrEqual(kept.seq);
    expect(differing(made.tables)).toEqual([]);
  });

  test.each(['replay', 'verify', 'state'])('%s of a folder without a log is a failure', async (command) => {
    await expect(glasshouse(command, '--data', join(folder, 'empty'))).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no log in'),
    });
  });
});

/** Undefined while a side is empty. */
async function middleOf(client: ExchangeClient, symbol: string): Promise<number | undefined> {
  const { bids, asks } = await client.depth({ symbol });
  if (bids.length === 0 || asks.length === 0) return undefined;
  return (Math.max(...bids.map(([price]) => Number(price))) + Math.min(...asks.map(([price]) => Number(price)))) / 2;
}

test('the demonstration moves the books at outside prices and withdraws its quotes when the exchange closes', async () => {
  const data = join(folder, 'demo');
  const exchange = await start(data);
  const client = new ExchangeClient({ url: exchange.url });
  for (const symbol of ['BTC_USDC', 'BTC_USDC_PERP']) {
    let middle: number | undefined;
    await until(async () => {
      middle = await middleOf(client, symbol);
      return middle !== undefined;
    });
    const [btc] = await client.call('markPrices', { symbol: 'BTC_USDC_PERP' });
    expect(Number(middle) / Number(btc?.indexPrice)).toBeCloseTo(1, 1);
  }
  expect(await stop(exchange)).toBe(0);
  expect(JSON.parse(await glasshouse('state', '--data', data, '--json'))).toMatchObject({ openOrders: 0 });
});

test('the demonstration answers who asks for quotes: a conversion is done as soon as it is asked for', async () => {
  const exchange = await start(join(folder, 'convert'));
  const account = JSON.parse(
    await glasshouse('account', 'new', '--url', exchange.url, '--fund', 'USDC=10000,SOL=0.005', '--json'),
  );
  const client = new ExchangeClient({ url: exchange.url, apiKey: account.apiKey, apiSecret: account.apiSecret });
  const convert = { symbol: 'BTC_USDC_RFQ', side: 'Bid', quoteQuantity: '1000', executionMode: 'Immediate' } as const;
  const filled = async () => (await client.rfqFillHistory()).length > 0;
  /** Refused while outside prices are not there yet, unanswered while the traders are not. */
  await until(async () => {
    await client.submitRfq(convert).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return filled();
  });
  const [fill] = await client.rfqFillHistory();
  expect(fill).toMatchObject({ side: 'Bid', symbol: 'BTC_USDC_RFQ' });
  const spent = Number(fill?.quoteQuantity);
  expect(spent).toBeLessThanOrEqual(1000);
  expect(spent).toBeGreaterThan(998);
  await client.convertDust({ symbol: 'SOL' });
  const [dust] = await client.dustHistory();
  expect(dust).toMatchObject({ quantity: '0.005', symbol: 'SOL' });
  expect(await stop(exchange)).toBe(0);
}, 60_000);
