// What can go wrong around a server process, with the real one.
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { resizeDisk, smallDisk } from './disk.js';
import { factsOf } from './log-facts.js';
import { ServerProcess } from './server-process.js';
import { Trader } from './trader.js';

const COULD_NOT_START = { code: 1, signal: null };
const STOPPED = { code: 3, signal: null };
const CLOSED = { code: 0, signal: null };
const NOBODY = 65_534;
/** How the sandbox's genesis ends: with its last key. */
/** What one request of the trader's may place. */
const ORDERS_IN_A_BATCH = 3;
const LAST_OF_GENESIS = '"role":"twoFactor"}]}';
const MEBIBYTE = 1024 * 1024;

async function tradingFor(url: string, milliseconds: number, trader = new Trader(new Random(5))): Promise<Trader> {
  if (trader.accountId === 0) await trader.register(url);
  await trader.trade(url, AbortSignal.timeout(milliseconds));
  return trader;
}

async function missingFrom(directory: string, { acknowledged }: Trader): Promise<number[]> {
  const { orders } = await factsOf(directory);
  return [...acknowledged.keys()].filter((orderId) => !orders.has(orderId));
}

const segments = (directory: string): string[] =>
  readdirSync(join(directory, 'segments'))
    .sort()
    .map((name) => join(directory, 'segments', name));

it('ends in order on SIGTERM: exit code 0, the hash of its state on record, nothing to recover at the next start', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  const trader = await tradingFor(await server.url(), 200);
  expect(await server.kill('SIGTERM')).toEqual(CLOSED);
  const { seq, stateHash } = await factsOf(directory);
  expect(server.said('closed')).toMatchObject({ seq, stateHash });
  expect(await missingFrom(directory, trader)).toEqual([]);
  const next = new ServerProcess({ directory });
  await next.url();
  expect(await next.kill('SIGINT')).toEqual(CLOSED);
  expect(next.said('the last process did not shut down in order')).toBeUndefined();
});

it('refuses a data folder that another process has, and names that process', async () => {
  const directory = dataDirectory();
  const first = new ServerProcess({ directory });
  const url = await first.url();
  const second = new ServerProcess({ directory });
  expect(await second.ended).toEqual(COULD_NOT_START);
  expect(second.stderr).toMatch(/is in use by process \d+.*another data folder/);
  expect(second.stdout).toBe('');
  expect((await fetch(`${url}/api/v1/ping`)).status).toBe(200);
  await first.kill('SIGTERM');
});

it('refuses a data folder that it may not write to', async () => {
  const directory = join(dataDirectory(), 'read-only');
  mkdirSync(directory);
  chmodSync(join(directory, '..'), 0o755);
  chmodSync(directory, 0o555);
  const asRoot = process.getuid?.() === 0;
  const server = new ServerProcess({ directory, ...(asRoot ? { uid: NOBODY } : {}) });
  expect(await server.ended).toEqual(COULD_NOT_START);
  expect(server.stderr).toMatch(/EACCES|EROFS|EPERM/);
  expect(server.stderr).toContain(directory);
  expect(readdirSync(directory)).toEqual([]);
});

it('refuses a genesis that is none, and leaves no venue behind', async () => {
  const directory = dataDirectory();
  const genesis = join(directory, 'genesis.json');
  writeFileSync(genesis, JSON.stringify({ format: 1, name: 'no assets' }));
  const data = join(directory, 'data');
  const server = new ServerProcess({ directory: data, genesis });
  expect(await server.ended).toEqual(COULD_NOT_START);
  expect(server.stderr).toMatch(/genesis\.json is no valid genesis: genesis\.settings/);
  const sandbox = new ServerProcess({ directory: data });
  await sandbox.url();
  expect(await sandbox.kill('SIGTERM')).toEqual(CLOSED);
});

it('refuses to start a venue with the genesis of another', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  await server.url();
  await server.kill('SIGTERM');
  const log = readFileSync(segments(directory)[0] ?? '');
  const stored = log.subarray(log.indexOf('{"format":1'), log.indexOf(LAST_OF_GENESIS) + LAST_OF_GENESIS.length);
  const same = join(directory, 'same.json');
  const other = join(directory, 'other.json');
  writeFileSync(same, stored);
  writeFileSync(other, JSON.stringify({ ...JSON.parse(stored.toString()), name: 'Another' }));
  const refused = new ServerProcess({ directory, genesis: other });
  expect(await refused.ended).toEqual(COULD_NOT_START);
  expect(refused.stderr).toContain('did not begin with');
  const accepted = new ServerProcess({ directory, genesis: same });
  await accepted.url();
  expect(await accepted.kill('SIGTERM')).toEqual(CLOSED);
});

it('goes on after a write that was torn by a power cut, without the torn batch and with all before it', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  const trader = await tradingFor(await server.url(), 300);
  await server.kill('SIGKILL');
  const before = await factsOf(directory);
  tearLastRecord(segments(directory).at(0) ?? '');
  const next = new ServerProcess({ directory });
  const url = await next.url();
  const cut = next.said('an unfinished write at the end of the log was cut off');
  expect(cut).toBeDefined();
  await tradingFor(url, 200, trader);
  await next.kill('SIGTERM');
  const after = await factsOf(directory);
  const lost = [...before.orders.keys()].filter((orderId) => !after.orders.has(orderId));
  expect(after.duplicates).toEqual([]);
  expect(Number(cut?.['seq'])).toBeLessThan(before.seq);
  expect(lost.length).toBeLessThanOrEqual((before.seq - Number(cut?.['seq'])) * ORDERS_IN_A_BATCH);
});

/** Zeros from the middle of the last batch on: what the disk shows when power failed between two sectors. */
function tearLastRecord(file: string): void {
  const bytes = readFileSync(file);
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const sector = Math.floor((end - 1) / 512) * 512;
  bytes.fill(0, sector);
  writeFileSync(file, bytes);
}

it('stops at a full disk with what it has acknowledged intact, and goes on when there is room again', async (context) => {
  const disk = smallDisk('1600k');
  if (disk === undefined) return context.skip('mounting a small disk is not permitted here');
  const directory = join(disk, 'data');
  const server = new ServerProcess({ directory, segmentBytes: MEBIBYTE });
  const trader = new Trader(new Random(6), 40);
  const full = new AbortController();
  const url = await server.url();
  await trader.register(url);
  const trading = trader.trade(url, full.signal);
  expect(await server.ended).toEqual(STOPPED);
  full.abort();
  await trading;
  expect(server.said('the exchange has stopped')?.['reason']).toContain('ENOSPC');
  expect(trader.acknowledged.size).toBeGreaterThan(0);
  resizeDisk(disk, '64m');
  const next = new ServerProcess({ directory, segmentBytes: MEBIBYTE });
  await tradingFor(await next.url(), 100, trader);
  expect(await next.kill('SIGTERM')).toEqual(CLOSED);
  expect(await missingFrom(directory, trader)).toEqual([]);
  expect((await factsOf(directory)).duplicates).toEqual([]);
});
