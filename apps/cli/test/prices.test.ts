// Outside prices from the command line to the index of a real exchange process.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ExchangeClient } from '@glasshouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const runFile = promisify(execFile);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshouse-prices-'));
});
afterAll(() => rm(folder, { recursive: true }));

type Started = { readonly child: ChildProcess; readonly url: string; readonly said: string[] };

async function start(data: string, ...words: string[]): Promise<Started> {
  const child = spawn(process.execPath, [MAIN, 'start', '--port', '0', '--no-demo', '--data', data, ...words]);
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

/** Index prices by market once the exchange has that of BTC. */
async function indexes(url: string): Promise<ReadonlyMap<string, number>> {
  const client = new ExchangeClient({ url });
  for (;;) {
    const prices = await client.call('markPrices');
    const known = new Map(prices.map(({ symbol, indexPrice }) => [symbol, Number(indexPrice)]));
    if ((known.get('BTC_USDC_PERP') ?? 0) > 0) return known;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Two venues that stand still for an hour. */
async function recording(): Promise<string> {
  const file = join(folder, 'two-venues.csv');
  const rows = ['bravo,BTCUSDT', 'alpha,BTC-USD'].flatMap((series) =>
    [0, 1, 2, 3].map((hour) => `${series},${1_743_465_600_000 + hour * 3_600_000},82000,82010,81990,82000,1`),
  );
  await writeFile(file, `venue,symbol,open_time_ms,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return file;
}

describe('outside prices', () => {
  test('come along with a sandbox, made up and said to be, and give every perpetual its index', async () => {
    const exchange = await start(join(folder, 'synthetic'));
    const known = await indexes(exchange.url);
    expect([...known.keys()].sort()).toEqual(['BTC', 'ETH', 'SOL', 'kBONK'].map((asset) => `${asset}_USDC_PERP`));
    expect((known.get('BTC_USDC_PERP') ?? 0) / 100_000).toBeCloseTo(1, 1);
    expect((known.get('kBONK_USDC_PERP') ?? 0) / 0.02).toBeCloseTo(1, 1);
    expect(exchange.said.join('\n')).toContain("SYNTHETIC prices (made up, no market's) from synthetic-a");
    expect(await stop(exchange)).toBe(0);
  });

  test('stay away when told to, and may be reported from elsewhere with the key: a recording here', async () => {
    const data = join(folder, 'recorded');
    const exchange = await start(data, '--prices', 'none');
    const words = ['prices', '--source', 'file', '--file', await recording(), '--as', 'bravo=replay-d', '--json'];
    const report = ['--report-to', exchange.url, '--key', join(data, 'keys', 'price-feed.json'), '--every', '200'];
    const feed = spawn(process.execPath, [MAIN, ...words, ...report]);
    expect((await indexes(exchange.url)).get('BTC_USDC_PERP')).toBe(82_000);
    feed.kill('SIGTERM');
    expect(await once(feed, 'exit')).toEqual([0, null]);
    expect(exchange.said.filter((line) => line.includes('prices:'))).toEqual([]);
    expect(await stop(exchange)).toBe(0);
  });

  test('are shown as lines, each with its source and what kind that is', async () => {
    const words = ['prices', '--source', 'file', '--file', await recording(), '--speed', '100000', '--every', '100'];
    const { stdout, stderr } = await runFile(process.execPath, [MAIN, ...words]);
    expect(stderr).toContain("RECORDED prices, not today's: replay-a plays alpha");
    expect(stdout.split('\n')[0]).toMatch(/^\S+Z {2}replay-a {2}replay {2}BTC=82000\.000$/);
    expect(stdout.split('\n')[1]).toMatch(/^\S+Z {2}replay-b {2}replay {2}BTC=82000\.000$/);
  });

  test('of a file that is no recording are a failure', async () => {
    const file = join(folder, 'prose.csv');
    await writeFile(file, 'It was the best of times.\n');
    await expect(runFile(process.execPath, [MAIN, 'prices', '--source', 'file', '--file', file])).rejects.toMatchObject(
      {
        code: 1,
        stderr: expect.stringContaining('is neither candles nor trades'),
      },
    );
  });

  test.each([
    [['--source', 'nyse']],
    [['--source', 'file']],
    [['--source', 'synthetic', '--file', 'x.csv']],
    [['--source', 'synthetic', '--report-to', 'http://127.0.0.1:1']],
    [['--source', 'synthetic', '--speed', '0']],
    [['--source', 'synthetic', '--every', '1']],
    [['--source', 'synthetic', '--as', 'nothing']],
    [[]],
  ])('%j makes no sense', async (words) => {
    await expect(runFile(process.execPath, [MAIN, 'prices', ...words])).rejects.toMatchObject({ code: 2 });
  });
});
