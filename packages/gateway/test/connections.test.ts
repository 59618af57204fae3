import { connect as connectTo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../src/index.js';
import type { Channel, Channels } from '../src/streams/channels.js';
import { type ConnectOptions, StreamClient } from './stream-client.js';
import { openVenue, type Venue } from './venue.js';

const venues: Venue[] = [];
const clients: StreamClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const venue of venues.splice(0)) await venue.close();
});

async function open(options: Pick<GatewayOptions, 'streams' | 'keepAlive' | 'http'>): Promise<Venue> {
  const venue = await openVenue({ options });
  venues.push(venue);
  return venue;
}

async function connect(venue: Venue, options?: ConnectOptions): Promise<StreamClient> {
  const client = await StreamClient.connect(venue.streamUrl, options);
  clients.push(client);
  return client;
}

describe('an HTTP connection', () => {
  it('that sends its request too slowly is cut', async () => {
    const venue = await open({ http: { headersTimeoutMs: 90, requestTimeoutMs: 100 } });
    const socket = connectTo(Number(new URL(venue.url).port), '127.0.0.1');
    socket.write('GET /api/v1/ping HTTP/1.1\r\nHost: ');
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => {
        text += String(data);
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 .*INVALID_CLIENT_REQUEST/s);
  });

  it('with headers beyond the limit is refused', async () => {
    const venue = await open({ http: { maxHeaderBytes: 2_000 } });
    const reply = await venue.get('/api/v1/ping', { headers: { 'x-long': 'x'.repeat(4_000) } });
    expect([reply.status, reply.json()]).toMatchObject([431, { code: 'INVALID_CLIENT_REQUEST' }]);
  });
});

describe('connections that say nothing', () => {
  const idle = (port: number, localAddress: string) =>
    new Promise<'open' | 'closed'>((resolve) => {
      const socket = connectTo({ port, host: '127.0.0.1', localAddress });
      idlers.push(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => resolve('closed'));
      setTimeout(() => resolve('open'), 300);
    });
  const idlers: Socket[] = [];
  afterEach(() => {
    for (const socket of idlers.splice(0)) socket.destroy();
  });

  it('from one address are so many and no more, and do not keep other addresses out', async () => {
    const venue = await open({ http: { maxConnectionsPerAddress: 5 } });
    const port = Number(new URL(venue.url).port);
    const states = await Promise.all(Array.from({ length: 8 }, () => idle(port, '127.0.0.9')));
    expect(states.filter((state) => state === 'open')).toHaveLength(5);
    expect((await venue.get('/api/v1/ping')).status).toBe(200);
    idlers[0]?.destroy();
    await expect.poll(() => idle(port, '127.0.0.9')).toBe('open');
  });

  it('of a trusted proxy are not counted', async () => {
    const venue = await openVenue({ options: { trustProxy: '127.0.0.9', http: { maxConnectionsPerAddress: 2 } } });
    venues.push(venue);
    const port = Number(new URL(venue.url).port);
    const states = await Promise.all(Array.from({ length: 4 }, () => idle(port, '127.0.0.9')));
    expect(states).toEqual(['open', 'open', 'open', 'open']);
  });
});

describe('a connection', () => {
  it('is pinged, and stays while it answers', async () => {
    const venue = await open({ keepAlive: { pingEveryMs: 20, pongTimeoutMs: 2_000, shutdownGraceMs: 500 } });
    const client = await connect(venue);
    await client.until(() => client.pings >= 5);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('that does not answer pings is cut', async () => {
    const venue = await open({ keepAlive: { pingEveryMs: 20, pongTimeoutMs: 60, shutdownGraceMs: 500 } });
    const client = await connect(venue, { autoPong: false });
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  it('gets an answer to its own ping', async () => {
    const client = await connect(await open({}));
    const pong = new Promise((resolve) => client.socket.once('pong', resolve));
    client.socket.ping();
    await pong;
  });

  it('is told when the server goes', async () => {
    const venue = await open({});
    const client = await connect(venue);
    await venue.close();
    expect(await client.closed).toEqual({ code: 1001, reason: 'server is shutting down' });
  });

  it('beyond the limit of its address is refused', async () => {
    const venue = await open({ streams: { maxConnectionsPerAddress: 2 } });
    const first = await connect(venue);
    await connect(venue);
    await expect(connect(venue)).rejects.toThrow('429');
    first.close();
    await first.closed;
    await expect
      .poll(() =>
        connect(venue).then(
          () => 'open',
          () => 'refused',
        ),
      )
      .toBe('open');
  });

  it('gets long frames compressed when it offers that, and hears the same either way', async () => {
    const venue = await open({});
    const [offers, declines] = [await connect(venue), await connect(venue, { autoPong: true, compression: false })];
    expect([offers.socket.extensions, declines.socket.extensions]).toEqual(['permessage-deflate', '']);
    for (const client of [offers, declines]) await client.subscribe('trade.SOL_USDC');
    const channel = channelsOf(venue).find('trade.SOL_USDC') as Channel;
    const trade = { E: 1, T: 1, a: '1', b: '2', e: 'trade', m: true, p: '1', q: '1', s: 'x'.repeat(50_000), t: 1 };
    channel.publish(JSON.stringify(trade));
    channel.publish(JSON.stringify({ ...trade, s: 'short' }));
    for (const client of [offers, declines]) {
      await client.until(() => client.frames.length === 2);
      expect(client.dataOf('trade.SOL_USDC')).toEqual([trade, { ...trade, s: 'short' }]);
    }
  });

  it('to another path is refused', async () => {
    const venue = await open({});
    await expect(StreamClient.connect(`${venue.streamUrl}/api/v1/ping`)).rejects.toThrow('404');
  });

  it('that sends a frame larger than allowed is closed with 1009', async () => {
    const client = await connect(await open({ streams: { maxFrameBytes: 1_000 } }));
    client.send('x'.repeat(2_000));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it('that asks too often is told and closed', async () => {
    const client = await connect(await open({ streams: { maxFramesPerMinute: 5 } }));
    for (let count = 0; count < 6; count += 1) client.send({ method: 'UNSUBSCRIBE', params: [] });
    expect(await client.closed).toMatchObject({ code: 1008 });
    expect(client.errors()).toMatchObject([{ code: 4008 }]);
  });

  it('that reads too slowly is cut off, and the others hear everything', async () => {
    const venue = await open({ streams: { maxBufferedBytes: 1_000_000 } });
    const slow = await connect(venue, { compression: false });
    const quick = await connect(venue);
    for (const client of [slow, quick]) await client.subscribe('trade.SOL_USDC');
    slow.socket.pause();
    const trade = { E: 1, T: 1, a: '1', b: '2', e: 'trade', m: true, p: '1', q: '1', s: 'x'.repeat(50_000), t: 1 };
    const channel = channelsOf(venue).find('trade.SOL_USDC') as Channel;
    let published = 0;
    while (channel.subscribers.size === 2) {
      channel.publish(JSON.stringify({ ...trade, t: published }));
      published += 1;
      await quick.until(() => quick.frames.length === published);
    }
    slow.socket.resume();
    const { code } = await slow.closed;
    expect([1006, 1008]).toContain(code);
    channel.publish(JSON.stringify(trade));
    await quick.until(() => quick.frames.length === published + 1);
    expect(
      quick
        .dataOf('trade.SOL_USDC')
        .slice(0, -1)
        .map(({ t }) => t),
    ).toEqual(Array.from({ length: published }, (_, t) => t));
  });
});

type Internals = { readonly live: { readonly feed: { readonly channels: Channels } } };

function channelsOf(venue: Venue): Channels {
  return (venue.gateway as unknown as Internals).live.feed.channels;
}
