import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archivedCandles } from '../../src/archive/candles.js';
import { download } from '../../src/archive/download.js';
import { archiveFiles, BINANCE_ARCHIVE, daysOf, sourcesWithoutArchive } from '../../src/archive/plan.js';
import { unzipOne } from '../../src/archive/zip.js';
import { runScenario } from '../../src/run/run.js';
import { readScenario } from '../../src/scenario/catalogue.js';
import type { Design, Scenario } from '../../src/scenario/scenario.js';
import { ArchiveServer, zipOf } from './archive-server.js';

const PATH = '/data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-08-05.zip';
const MINUTE_MS = 60_000;

describe('what a scenario needs', () => {
  test('is every day that it touches', () => {
    expect(daysOf({ from: '2025-04-06T20:00:00Z', to: '2025-04-07T08:00:00Z' })).toEqual(['2025-04-06', '2025-04-07']);
  });

  test('lies where the venue publishes it', () => {
    const urls = archiveFiles(readScenario('yen-carry'), BINANCE_ARCHIVE).map(({ url }) => url);
    expect(urls).toContain(`https://data.binance.vision${PATH}`);
    expect(urls).toContain(
      'https://data.binance.vision/data/futures/um/daily/klines/SOLUSDT/5m/SOLUSDT-5m-2024-08-05.zip',
    );
  });

  test('and what is published nowhere is named', () => {
    expect(sourcesWithoutArchive(readScenario('october-2025')).map(({ name }) => name)).toEqual([
      'gemini',
      'coinbase',
      'binance-delivery',
    ]);
  });
});

describe('an archive', () => {
  let server: ArchiveServer;
  let folder: string;
  let file: string;
  const zip = zipOf('BTCUSDT-1m-2024-08-05.csv', '1722816000000,58161,58200,58000,58100,1\n');

  beforeEach(async () => {
    server = await ArchiveServer.start();
    server.files.set(PATH, zip);
    folder = mkdtempSync(join(tmpdir(), 'glasshouse-archive-'));
    file = join(folder, 'deep', 'one.zip');
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test('is fetched once', async () => {
    expect(await download(`${server.url}${PATH}`, file)).toBe('downloaded');
    expect(readFileSync(file)).toEqual(zip);
    expect(await download(`${server.url}${PATH}`, file)).toBe('there already');
    expect(server.asked.filter((path) => path === PATH)).toHaveLength(1);
  });

  test('that was interrupted goes on where it stopped', async () => {
    await download(`${server.url}${PATH}`, file);
    rmSync(file);
    writeFileSync(`${file}.part`, zip.subarray(0, 50));
    expect(await download(`${server.url}${PATH}`, file)).toBe('downloaded');
    expect(server.asked).toContain(`${PATH} from 50`);
    expect(readFileSync(file)).toEqual(zip);
  });

  test('that does not match its checksum is not kept', async () => {
    server.lies = true;
    await expect(download(`${server.url}${PATH}`, file)).rejects.toThrow('does not match its checksum');
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
  });

  test('that does not exist is said by its address', async () => {
    await expect(download(`${server.url}/nothing.zip`, file)).rejects.toThrow('/nothing.zip');
  });

  test('that is damaged is refused', () => {
    const damaged = Buffer.from(zip);
    damaged.writeUInt8(damaged.readUInt8(70) ^ 1, 70);
    expect(() => unzipOne(damaged)).toThrow();
    expect(() => unzipOne(Buffer.from('not a zip file, and long enough to look into'))).toThrow('no directory');
  });

  test('is played when the recorded table is not there, in milliseconds or microseconds', async () => {
    const begin = Date.parse('2024-08-05T00:00:00Z');
    const rows = (unit: number) =>
      Array.from({ length: 5 }, (_, at) => `${(begin + at * MINUTE_MS) * unit},100,101,99,100.5,1,0,0,0,0,0,0`).join(
        '\n',
      );
    const crash = readScenario('synthetic-crash');
    const archive = { layout: 'binance', product: 'spot', interval: '1m' } as const;
    const scenario: Scenario = {
      ...crash,
      from: '2024-08-05T00:00:00Z',
      to: '2024-08-05T00:02:00Z',
      sources: [
        {
          kind: 'recorded',
          name: 'binance',
          file: 'none.csv',
          venue: '',
          symbols: { BTC: 'BTCUSDT', SOL: 'SOLUSDT' },
          archive,
        },
      ],
      population: { ...crash.population, accounts: 20, openInterestUsd: 20_000 },
    };
    for (const [symbol, unit] of [
      ['BTCUSDT', 1],
      ['SOLUSDT', 1000],
    ] as const) {
      const text = `open_time,open,high,low,close,volume\n${rows(unit)}\n`;
      server.files.set(PATH.replaceAll('BTCUSDT', symbol), zipOf('x.csv', text));
    }
    const play = () => runScenario(scenario, scenario.designs[0] as Design, { folder, seed: 1 });
    expect(play).toThrow('data get');
    for (const { url, path } of archiveFiles(scenario, server.url)) await download(url, join(folder, path));
    expect(archivedCandles(folder, archive, 'SOLUSDT', ['2024-08-05'])?.[1]).toMatchObject({
      openMs: begin + MINUTE_MS,
    });
    expect(play().samples).toHaveLength(3);
  });
});
