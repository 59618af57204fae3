import { STREAM_LIMITS } from '@glasshouse/api';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Channels } from '../src/streams/channels.js';
import { KeptBudget, KeptFrames } from '../src/streams/kept-frames.js';
import { type Data, StreamClient, streamSignature } from './stream-client.js';
import { openVenue, type Trader, type Venue } from './venue.js';

const DEPTH = 'depth.SOL_USDC';
const ORDERS = 'account.orderUpdate';

describe('kept frames', () => {
  it('answer with exactly what was added after a number, or with nothing when some of it is gone', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 70 }),
        (lengths, maxBytes, from) => {
          const budget = new KeptBudget(1_000, maxBytes);
          const kept = new KeptFrames(budget);
          const all = lengths.map((length, index) => Buffer.alloc(length, index));
          for (const frame of all) kept.add(frame);
          expect(kept.count).toBe(all.length);
          const due = all.slice(from);
          const fits = due.reduce((sum, { length }) => sum + length, 0) <= maxBytes;
          expect(kept.after(from)).toEqual(from <= all.length && fits ? due : undefined);
          expect(budget.bytes).toBeLessThanOrEqual(maxBytes);
          kept.drop();
          expect(budget.bytes).toBe(0);
          expect(kept.after(all.length)).toEqual([]);
        },
      ),
    );
  });

  it('of all streams together stay within their bound', () => {
    const budget = new KeptBudget(100, 80);
    const streams = Array.from({ length: 5 }, () => new KeptFrames(budget));
    for (let turn = 0; turn < 50; turn += 1) {
      streams[turn % 5]?.add(Buffer.alloc(1 + (turn % 9)));
      expect(budget.bytes).toBeLessThanOrEqual(100);
    }
  });
});

describe('a stream without listeners', () => {
  it('goes on for its grace period, in which who comes back misses nothing, and then ends', () => {
    let nowMs = 0;
    const told: string[] = [];
    const observer = { opened: () => void told.push('opened'), closed: () => void told.push('closed') };
    const limits = { ...STREAM_LIMITS, maxKeptBytes: 1_000_000 };
    const channels = new Channels([observer], limits, () => nowMs, 'run');
    const heard: string[] = [];
    const subscriber = { send: (frame: Buffer) => void heard.push(String(frame)) };
    const stream = { kind: 'trade', symbol: 'SOL_USDC' } as const;
    const channel = channels.subscribe(stream, undefined, subscriber);
    channel.publish('1');
    channels.unsubscribe(channel, subscriber);
    channel.publish('2');
    nowMs = limits.resumeGraceMs - 1;
    channels.closeIdle();
    const { cursor } = JSON.parse(heard[0] ?? '');
    const missed = channels.missed(stream, undefined, cursor);
    expect(channels.subscribe(stream, undefined, subscriber, missed)).toBe(channel);
    expect(heard.map((text) => JSON.parse(text).data)).toEqual([1, 2]);
    channels.unsubscribe(channel, subscriber);
    nowMs += limits.resumeGraceMs + 1;
    channels.closeIdle();
    expect(told).toEqual(['opened', 'closed']);
    expect(channels.missed(stream, undefined, cursor)).toBeUndefined();
    channels.subscribe(stream, undefined, subscriber);
    expect(channels.missed(stream, undefined, cursor), 'numbers of another opening mean nothing').toBeUndefined();
  });
});

describe('a client that comes back', () => {
  let venue: Venue;
  let trader: Trader;
  const clients: StreamClient[] = [];

  beforeAll(async () => {
    venue = await openVenue({ options: { streams: { maxConnectionsPerKey: 2 } } });
    trader = await venue.trader({ USDC: '1000000', SOL: '1000' });
  });
  afterAll(() => venue.close());
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function connect(): Promise<StreamClient> {
    const client = await StreamClient.connect(venue.streamUrl);
    clients.push(client);
    return client;
  }

  async function acknowledged(
    client: StreamClient,
    frame: Data & { readonly id: unknown },
  ): Promise<StreamClient['frames'][number]> {
    client.send(frame);
    await client.until(() => client.frames.some(({ id }) => id === frame.id));
    return client.frames.find(({ id }) => id === frame.id) as StreamClient['frames'][number];
  }

  const place = (price: string) =>
    trader.ask('placeOrder', { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price, quantity: '1' });
  const framesOf = (client: StreamClient) => client.frames.filter(({ data }) => data !== undefined);

  it('hears every frame of its streams once, private ones too, and is told which of them go on', async () => {
    const signed = () => ({ signature: streamSignature(trader.key), params: [DEPTH, ORDERS], method: 'SUBSCRIBE' });
    const first = await connect();
    const witness = await connect();
    await acknowledged(first, { ...signed(), id: 1 });
    await acknowledged(witness, { ...signed(), id: 1 });
    await place('90');
    await first.until(() => framesOf(first).length === 2);
    first.close();
    await first.closed;
    await place('91');
    await place('92');
    const cursors = framesOf(first).map(({ stream, cursor }) => [stream, cursor]);
    const second = await connect();
    const resume = { ...Object.fromEntries(cursors), [`trade.SOL_USDC`]: 'never-1' };
    const params = [DEPTH, ORDERS, 'trade.SOL_USDC'];
    const answer = await acknowledged(second, { ...signed(), params, id: 'back', resume });
    expect(answer.result).toMatchObject({ method: 'SUBSCRIBE', streams: params, resumed: [DEPTH, ORDERS] });
    expect(Math.abs(Number(answer.result?.['time']) / 1_000 - Date.now())).toBeLessThan(10_000);
    await place('93');
    await second.until(() => framesOf(second).length === 6);
    await witness.until(() => framesOf(witness).length === 8);
    for (const name of [DEPTH, ORDERS]) {
      expect([...first.dataOf(name), ...second.dataOf(name)]).toEqual(witness.dataOf(name));
    }
  });

  it('is not acknowledged unless it gives its frames an id, and is refused by that id', async () => {
    const client = await connect();
    await client.subscribe(DEPTH);
    expect(client.frames).toEqual([]);
    const refused = await acknowledged(client, { method: 'SUBSCRIBE', params: ['nonsense'], id: 5 });
    expect(refused).toEqual({ id: 5, error: { code: 4006, message: 'Invalid stream' } });
    const left = await acknowledged(client, { method: 'UNSUBSCRIBE', params: [DEPTH], id: 6 });
    expect(left.result).toMatchObject({ method: 'UNSUBSCRIBE', streams: [DEPTH], resumed: [] });
  });

  it('does not go on with what another account has heard', async () => {
    const other = await venue.trader({ USDC: '1000' });
    const first = await connect();
    await first.subscribeSigned(trader.key, ORDERS);
    await place('80');
    await first.until(() => framesOf(first).length === 1);
    const stranger = await connect();
    const answer = await acknowledged(stranger, {
      method: 'SUBSCRIBE',
      params: [ORDERS],
      signature: streamSignature(other.key),
      id: 1,
      resume: { [ORDERS]: framesOf(first)[0]?.cursor },
    });
    expect(answer.result).toMatchObject({ resumed: [] });
    expect(framesOf(stranger)).toEqual([]);
  });

  it('has so many connections with one key as are allowed, and as many again once they are gone', async () => {
    const signed = () => ({ method: 'SUBSCRIBE', params: [ORDERS], signature: streamSignature(trader.key), id: 1 });
    const [first, second, third] = [await connect(), await connect(), await connect()];
    expect((await acknowledged(first, signed())).result).toBeDefined();
    expect((await acknowledged(second, signed())).result).toBeDefined();
    expect((await acknowledged(third, signed())).error).toMatchObject({ code: 4009 });
    first.close();
    await first.closed;
    await expect
      .poll(async () => (await acknowledged(third, { ...signed(), id: `again ${Date.now()}` })).result)
      .toBeDefined();
  });
});
