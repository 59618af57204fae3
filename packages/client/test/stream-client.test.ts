import { createPublicKey, verify } from 'node:crypto';
import { type DepthFrame, readControlFrame, streamErrorFrame, subscribeSigningText } from '@glasshouse/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createKeyPair, ExchangeClient, followBook, StreamClient, type StreamError } from '../src/index.js';
import { FakeExchange, type Script, until } from './fake-exchange.js';

const KEYS = createKeyPair();
const TRADES = { kind: 'trade', symbol: 'SOL_USDC' } as const;
const ORDERS = { kind: 'orderUpdate', symbol: null } as const;

let stop: (() => Promise<void>) | undefined;
afterEach(async () => stop?.());

async function start(script?: Script, keys: Partial<typeof KEYS> = KEYS) {
  const fake = await FakeExchange.start(script);
  const client = new ExchangeClient({ url: fake.url, ...keys, retryDelayMs: 1 });
  const errors: StreamError[] = [];
  const states: string[] = [];
  const stream = new StreamClient({
    client,
    backoff: { firstMs: 5, maxMs: 20 },
    onError: (error) => errors.push(error),
    onState: (state) => states.push(state),
  });
  stop = async () => {
    stream.close();
    await fake.stop();
  };
  return { fake, client, stream, errors, states };
}

function push(fake: FakeExchange, stream: string, data: unknown): void {
  fake.sockets.at(-1)?.send(JSON.stringify({ stream, data }));
}

describe('a stream client', () => {
  it('delivers frames to the listeners of their stream until they unsubscribe', async () => {
    const { fake, stream } = await start();
    const seen: string[] = [];
    const first = stream.subscribe(TRADES, (frame) => seen.push(`first ${frame.p}`));
    const second = stream.subscribe(TRADES, (frame) => seen.push(`second ${frame.p}`));
    await until(() => fake.frames.length === 1);
    push(fake, 'trade.SOL_USDC', { p: '1' });
    push(fake, 'trade.ETH_USDC', { p: 'x' });
    await until(() => seen.length === 2);
    first();
    push(fake, 'trade.SOL_USDC', { p: '2' });
    await until(() => seen.length === 3);
    second();
    await until(() => fake.frames.length === 2);
    expect(seen).toEqual(['first 1', 'second 1', 'second 2']);
    expect(fake.frames).toEqual([
      { method: 'SUBSCRIBE', params: ['trade.SOL_USDC'] },
      { method: 'UNSUBSCRIBE', params: ['trade.SOL_USDC'] },
    ]);
  });

  it('signs private streams as the exchange verifies them', async () => {
    const { fake, stream } = await start();
    stream.subscribe(ORDERS, () => undefined);
    await until(() => fake.frames.length === 1);
    const control = readControlFrame(JSON.stringify(fake.frames[0]));
    const signature = control.ok ? control.frame.signature : undefined;
    expect(signature?.publicKey).toBe(KEYS.apiKey);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(KEYS.apiKey, 'base64')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const text = signature === undefined ? '' : subscribeSigningText(signature.validity);
    expect(verify(null, Buffer.from(text), key, Buffer.from(signature?.signature ?? '', 'base64'))).toBe(true);
  });

  it('refuses private streams without a key', async () => {
    const { stream } = await start(undefined, {});
    expect(() => stream.subscribe(ORDERS, () => undefined)).toThrow(TypeError);
  });

  it('comes back after a break, however often, and subscribes to everything again', async () => {
    const { fake, stream, states } = await start();
    let back = 0;
    const seen: string[] = [];
    stream.onLost((lost) => {
      expect(lost).toEqual(['trade.SOL_USDC', 'ticker.SOL_USDC']);
      back += 1;
    });
    stream.subscribe(TRADES, (frame) => seen.push(frame.p));
    stream.subscribe({ kind: 'ticker', symbol: 'SOL_USDC' }, () => undefined);
    for (let breaks = 0; breaks < 3; breaks += 1) {
      await until(() => fake.sockets.length === breaks + 1 && fake.frames.length === breaks + 1);
      push(fake, 'trade.SOL_USDC', { p: String(breaks) });
      await until(() => seen.length === breaks + 1);
      fake.sockets.at(-1)?.terminate();
    }
    await until(() => fake.frames.length === 4);
    expect(back).toBe(3);
    expect(fake.frames.at(-1)).toEqual({ method: 'SUBSCRIBE', params: ['trade.SOL_USDC', 'ticker.SOL_USDC'] });
    expect(states.slice(0, 3)).toEqual(['connected', 'disconnected', 'connected']);
  });

  it('goes on where it was when the exchange can, and says of which streams something is missing', async () => {
    const { fake, stream } = await start();
    const seen: string[] = [];
    const lost: (readonly string[])[] = [];
    stream.onLost((names) => lost.push(names));
    stream.subscribe(TRADES, (frame) => seen.push(frame.p));
    stream.subscribe({ kind: 'ticker', symbol: 'SOL_USDC' }, () => undefined);
    await until(() => fake.frames.length === 1);
    const send = (frame: object) => fake.sockets.at(-1)?.send(JSON.stringify(frame));
    send({ cursor: 'run-4', stream: 'trade.SOL_USDC', data: { p: '4' } });
    send({ cursor: 'run-9', stream: 'ticker.SOL_USDC', data: {} });
    await until(() => seen.length === 1);
    fake.sockets.at(-1)?.terminate();
    await until(() => fake.frames.length === 2);
    const params = ['trade.SOL_USDC', 'ticker.SOL_USDC'];
    const resume = { 'trade.SOL_USDC': 'run-4', 'ticker.SOL_USDC': 'run-9' };
    expect(fake.frames[1]).toEqual({ method: 'SUBSCRIBE', params, id: 1, resume });
    send({ id: 1, result: { method: 'SUBSCRIBE', streams: params, resumed: ['trade.SOL_USDC'], time: 1 } });
    send({ cursor: 'run-5', stream: 'trade.SOL_USDC', data: { p: '5' } });
    await until(() => seen.length === 2);
    expect(lost).toEqual([['ticker.SOL_USDC']]);
    fake.sockets.at(-1)?.terminate();
    await until(() => fake.frames.length === 4);
    expect(fake.frames.slice(2)).toEqual([
      { method: 'SUBSCRIBE', params: ['ticker.SOL_USDC'] },
      { method: 'SUBSCRIBE', params: ['trade.SOL_USDC'], id: 2, resume: { 'trade.SOL_USDC': 'run-5' } },
    ]);
  });

  it('reports error frames and survives frames that are no JSON', async () => {
    const { fake, stream, errors } = await start();
    stream.subscribe(TRADES, () => undefined);
    await until(() => fake.frames.length === 1);
    fake.sockets[0]?.send('{');
    fake.sockets[0]?.send('null');
    fake.sockets[0]?.send(streamErrorFrame('invalidStream'));
    await until(() => errors.length === 2);
    expect(errors).toEqual([
      { code: 0, message: 'the frame is not JSON' },
      { code: 4006, message: 'Invalid stream' },
    ]);
  });

  it('stays closed once closed', async () => {
    const { fake, stream, states } = await start();
    stream.subscribe(TRADES, () => undefined);
    await until(() => fake.frames.length === 1);
    stream.close();
    await until(() => states.includes('disconnected'));
    stream.subscribe(TRADES, () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.sockets).toHaveLength(1);
  });
});

describe('a followed book', () => {
  const frame = (id: number, bid: [string, string]): DepthFrame => ({
    e: 'depth',
    E: 0,
    s: 'SOL_USDC',
    a: [],
    b: [bid],
    U: id,
    u: id,
    T: 0,
  });

  it('fetches a snapshot, follows frames, and fetches again after a gap and after a break', async () => {
    let depth = { asks: [], bids: [['99', '1']], lastUpdateId: '5', timestamp: 0 };
    const { fake, client, stream } = await start((_, count) =>
      count === 1 ? { status: 500, body: {} } : { status: 200, body: depth },
    );
    const { book, stop: unfollow } = followBook({ client, stream, symbol: 'SOL_USDC' });
    await until(() => book.state === 'synced' && fake.frames.length === 1);
    push(fake, 'depth.SOL_USDC', frame(6, ['98', '2']));
    await until(() => book.lastUpdateId === 6);
    expect(book.bids()).toEqual([
      ['99', '1'],
      ['98', '2'],
    ]);
    depth = { ...depth, bids: [['97', '1']], lastUpdateId: '9' };
    push(fake, 'depth.SOL_USDC', frame(9, ['97', '1']));
    await until(() => book.lastUpdateId === 9);
    expect(book.bids()).toEqual([['97', '1']]);
    depth = { ...depth, bids: [['96', '1']], lastUpdateId: '12' };
    fake.sockets.at(-1)?.terminate();
    await until(() => book.lastUpdateId === 12);
    expect(book.bids()).toEqual([['96', '1']]);
    expect(book.gaps).toBe(1);
    unfollow();
  });
});
