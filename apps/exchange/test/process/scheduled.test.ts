// What the exchange does by itself when its time has come, and what it keeps beside its log, at the real server.
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { verify } from '../../src/replay/verify.js';
import { dataDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { ServerProcess } from './server-process.js';
import { Trader } from './trader.js';

const SYMBOL = 'SOL_USDC';

async function registered(url: string, seed: number): Promise<Trader> {
  const trader = new Trader(new Random(seed));
  await trader.register(url);
  return trader;
}

it('goes on with a strategy after it was killed, and replays all of it to the same state', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  const url = await server.url();
  const [maker, taker] = [await registered(url, 1), await registered(url, 2)];
  const ask = { symbol: SYMBOL, side: 'Ask', orderType: 'Limit', price: '150', quantity: '100' } as const;
  await maker.client(url).placeOrder(ask);
  const terms = { symbol: SYMBOL, side: 'Bid', strategyType: 'Scheduled', quantity: '90' } as const;
  const schedule = { duration: 600_000, interval: 1_000, randomizedIntervalQuantity: true } as const;
  const { id: strategyId } = await taker.client(url).createStrategy({ ...terms, ...schedule });
  await server.kill('SIGKILL');
  const next = new ServerProcess({ directory });
  const client = taker.client(await next.url());
  const fills = () => client.fillHistory({ strategyId });
  await vi.waitFor(async () => expect((await fills()).length).toBeGreaterThan(2), { timeout: 60_000, interval: 200 });
  const { executedQuantity } = await client.cancelStrategy({ symbol: SYMBOL, strategyId });
  const lots = (await fills()).reduce((sum, { quantity }) => sum + Math.round(Number(quantity) * 100), 0);
  expect(Number(executedQuantity) * 100).toBeCloseTo(lots);
  expect(await client.strategyHistory({ strategyId })).toMatchObject([{ status: 'Cancelled', executedQuantity }]);
  await next.kill('SIGTERM');
  expect((await verify(directory)).problem).toBeUndefined();
});

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)));
}

/** As an authenticator makes it: written apart from what the exchange compares it with. */
function codeOf(secret: Buffer, nowMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(nowMs / 30_000), 4);
  const digest = createHmac('sha1', secret).update(counter).digest();
  const start = digest.readUInt8(19) % 16;
  return String((digest.readUInt32BE(start) % 2 ** 31) % 1_000_000).padStart(6, '0');
}

it('asks for two-factor codes after a restart as before, with no secret in its log', async () => {
  const directory = dataDirectory();
  const server = new ServerProcess({ directory });
  const trader = await registered(await server.url(), 3);
  const before = trader.client(await server.url());
  const secret = bytesOf((await before.twoFactorSecret()).secret);
  await before.enableTwoFactor({ twoFactorToken: codeOf(secret, await before.nowMs()) });
  await server.kill('SIGTERM');
  const next = new ServerProcess({ directory });
  const client = trader.client(await next.url());
  const withdrawal = { symbol: 'USDC', quantity: '100', blockchain: 'Solana', address: 'somewhere-on-solana' } as const;
  await expect(client.withdraw(withdrawal)).rejects.toMatchObject({ code: 'INVALID_TWO_FACTOR_CODE' });
  const twoFactorToken = codeOf(secret, (await client.nowMs()) + 30_000);
  expect(await client.withdraw({ ...withdrawal, twoFactorToken })).toMatchObject({ status: 'pending' });
  await next.kill('SIGTERM');
  expect((await verify(directory)).problem).toBeUndefined();
  for (const segment of readdirSync(`${directory}/segments`)) {
    const log = readFileSync(`${directory}/segments/${segment}`);
    expect([log.includes(secret), log.includes(secret.toString('hex'))]).toEqual([false, false]);
  }
});
