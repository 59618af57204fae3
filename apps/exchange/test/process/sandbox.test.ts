// The sandbox's own services, and what the node tells of its log, at the real server.
import { readdirSync, readFileSync } from 'node:fs';
import { readBatches } from '@glasshouse/journal';
import { expect, it, vi } from 'vitest';
import { verify } from '../../src/replay/verify.js';
import { dataDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { ServerProcess } from './server-process.js';
import { Trader } from './trader.js';

const WITHDRAWAL = { symbol: 'USDC', quantity: '100', blockchain: 'Solana', address: 'somewhere-on-solana' } as const;

type StateAnswer = {
  readonly nextSeq: number;
  readonly logHash: string;
  readonly checkpoint: { readonly seq: number; readonly stateHash: string } | null;
};

const stateOf = async (url: string): Promise<StateAnswer> =>
  (await (await fetch(`${url}/glass/v1/state`)).json()) as StateAnswer;

async function hashAfter(directory: string, nextSeq: number): Promise<string | undefined> {
  for await (const { firstSeq, count, hash } of readBatches(directory)) {
    if (firstSeq + count === nextSeq) return Buffer.from(hash).toString('hex');
  }
  return undefined;
}

it('confirms a withdrawal, also one whose process was killed before it could', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  const url = await server.url();
  const trader = new Trader(new Random(1));
  await trader.register(url);
  const { id } = await trader.client(url).withdraw(WITHDRAWAL);
  await server.kill('SIGKILL');
  const next = new ServerProcess({ directory });
  const client = trader.client(await next.url());
  await vi.waitFor(
    async () => {
      const [withdrawal] = await client.withdrawals();
      expect(withdrawal).toMatchObject({
        id,
        status: 'confirmed',
        transactionHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    },
    { timeout: 20_000, interval: 100 },
  );
  await next.kill('SIGTERM');
});

it('names the hash of its log and of its newest snapshot, as anyone with the log computes them', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory, snapshotEvery: 50 });
  const url = await server.url();
  const trader = new Trader(new Random(2));
  await trader.register(url);
  const enough = new AbortController();
  const trading = trader.trade(url, enough.signal);
  await vi.waitFor(() => expect(trader.acknowledged.size).toBeGreaterThan(60), { timeout: 20_000 });
  enough.abort();
  await trading;
  await vi.waitFor(async () => expect((await stateOf(url)).checkpoint).not.toBeNull(), { timeout: 20_000 });
  const { nextSeq, logHash, checkpoint } = await stateOf(url);
  expect(await hashAfter(directory, nextSeq)).toBe(logHash);
  await server.kill('SIGTERM');
  const report = await verify(directory);
  expect(report.problem).toBeUndefined();
  expect(report.snapshots).toBeGreaterThan(0);
  expect(checkpoint).toMatchObject({ stateHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

it('never writes a private key to its log', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  await server.url();
  await server.kill('SIGTERM');
  const keys = readdirSync(`${directory}/keys`).map((name) =>
    JSON.parse(readFileSync(`${directory}/keys/${name}`, 'utf8')),
  );
  expect(keys).toHaveLength(7);
  for (const { secretKey } of keys) {
    expect(server.stdout + server.stderr).not.toContain(secretKey);
    for (const segment of readdirSync(`${directory}/segments`)) {
      expect(readFileSync(`${directory}/segments/${segment}`).includes(secretKey)).toBe(false);
    }
  }
});
