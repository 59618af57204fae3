import { createKeyPair, ExchangeClient, StreamClient } from '@glasshouse/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningExchange, startExchange } from '../src/exchange.js';
import { gatewayLogger } from '../src/gateway-logger.js';
import { silentLog } from '../src/log.js';
import { temporaryDirectory, withoutDirectory } from './data-directory.js';

const SEGMENT_BYTES = 4 * 1024 * 1024;
const ORDERS = 12;

let directory = '';
let exchange: RunningExchange;

beforeAll(async () => {
  directory = temporaryDirectory();
  const metricsAt = { host: '127.0.0.1', port: 0 };
  exchange = await startExchange({ dataDirectory: directory, port: 0, segmentBytes: SEGMENT_BYTES, metricsAt });
});
afterAll(async () => {
  await exchange.close();
  withoutDirectory(directory);
});

async function metrics(): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`http://127.0.0.1:${exchange.metricsPort}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const requests = (operation: string, status: number) =>
  `glasshouse_http_request_duration_seconds_count{operation="${operation}",status="${status}"}`;

it('every operation is counted and timed by its name and its outcome, and batches by their size and their write', async () => {
  const { apiKey, apiSecret } = createKeyPair();
  const client = new ExchangeClient({ url: exchange.url, apiKey, apiSecret });
  await client.createAccount({ publicKey: apiKey });
  await client.faucet({ publicKey: apiKey, symbol: 'USDC', quantity: '100000' });
  for (let clientId = 1; clientId <= ORDERS; clientId += 1) {
    const order = {
      symbol: 'SOL_USDC',
      side: 'Bid',
      orderType: 'Limit',
      price: '100',
      quantity: '1',
      clientId,
    } as const;
    await client.call('placeOrder', order);
  }
  await expect(client.cancelOrder({ symbol: 'SOL_USDC', orderId: '999999' })).rejects.toThrow();
  const seen = await metrics();
  expect(seen.get(requests('placeOrder', 200))).toBe(ORDERS);
  expect(seen.get(requests('cancelOrder', 404))).toBe(1);
  const batched = seen.get('glasshouse_batch_requests_sum') ?? 0;
  expect(batched).toBeGreaterThanOrEqual(ORDERS + 4);
  expect(batched).toBe(seen.get('glasshouse_next_seq'));
  expect(seen.get('glasshouse_durable_seq')).toBe(batched);
  expect(seen.get('glasshouse_batch_write_seconds_count')).toBe(seen.get('glasshouse_batch_requests_count'));
  expect(seen.get('glasshouse_queued_requests')).toBe(0);
  expect(seen.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

it('streams are counted while they are open, with the frames that left', async () => {
  const { apiKey, apiSecret } = createKeyPair();
  const client = new ExchangeClient({ url: exchange.url, apiKey, apiSecret });
  await client.createAccount({ publicKey: apiKey });
  await client.faucet({ publicKey: apiKey, symbol: 'USDC', quantity: '1000' });
  const streams = new StreamClient({ client });
  const frames: unknown[] = [];
  streams.subscribe({ kind: 'depth', symbol: 'SOL_USDC', speed: 'realtime' }, (frame) => frames.push(frame));
  const order = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '99', quantity: '1' } as const;
  while (frames.length === 0) await client.call('placeOrder', order);
  const seen = await metrics();
  expect(seen.get('glasshouse_stream_connections')).toBe(1);
  expect(seen.get('glasshouse_stream_subscriptions')).toBe(1);
  expect(seen.get('glasshouse_stream_frames_total')).toBeGreaterThan(0);
  expect(seen.get('glasshouse_stream_bytes_total')).toBeGreaterThan(50);
  streams.close();
});

it('nothing that a caller makes up becomes a label, and callers of the API do not see the metrics', async () => {
  const before = [...(await metrics()).keys()].length;
  for (const path of ['/api/v1/nonsense', '/%7B%7D', '/api/v1/depth?symbol=NO_SUCH', '/metrics']) {
    expect((await fetch(`${exchange.url}${path}`)).status).toBeGreaterThanOrEqual(400);
  }
  const names = [...(await metrics()).keys()];
  expect(names.filter((name) => /nonsense|NO_SUCH|%7B/.test(name))).toEqual([]);
  expect(names.length - before).toBeLessThan(60);
});

it('what the gateway has to say comes out with its request id, and without what is only a warning to callers', () => {
  const lines: unknown[] = [];
  const log = { ...silentLog, error: (message: string, fields: unknown) => lines.push([message, fields]) };
  const logger = gatewayLogger(log).child({ reqId: 'abc-1' });
  logger.info('not said');
  logger.error({ err: new Error('broken') }, 'a request failed by our fault');
  expect(lines).toEqual([
    [
      'a request failed by our fault',
      expect.objectContaining({ reqId: 'abc-1', err: expect.objectContaining({ message: 'broken' }) }),
    ],
  ]);
});
