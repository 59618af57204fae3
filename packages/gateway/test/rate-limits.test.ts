import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../src/index.js';
import { addressKey, isLoopback } from '../src/limits/address.js';
import { TokenBuckets } from '../src/limits/token-bucket.js';
import { StreamClient } from './stream-client.js';
import { newKey, openVenue, Trader, type Venue } from './venue.js';

describe('a token bucket', () => {
  it('never lets through more than it holds plus what it has earned', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), gaps, (perMinute, gapsMs) => {
        let nowMs = 1_000;
        const buckets = new TokenBuckets(perMinute, () => nowMs);
        let granted = 0;
        for (const gap of gapsMs) {
          nowMs += gap;
          if (buckets.take('one') === 0) granted += 1;
          expect(granted).toBeLessThanOrEqual(perMinute + ((nowMs - 1_000) / 60_000) * perMinute + 1e-6);
        }
      }),
    );
  });

  it('says how long to wait, and keeps its word', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (perMinute) => {
        let nowMs = 0;
        const buckets = new TokenBuckets(perMinute, () => nowMs);
        for (let taken = 0; taken < perMinute; taken += 1) expect(buckets.take('one')).toBe(0);
        const waitMs = buckets.take('one');
        expect(waitMs).toBeGreaterThan(0);
        nowMs += waitMs;
        expect(buckets.take('one')).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('is one for each caller, and those of silent callers are forgotten', () => {
    let nowMs = 0;
    const buckets = new TokenBuckets(1, () => nowMs);
    expect([buckets.take('a'), buckets.take('b')]).toEqual([0, 0]);
    expect(buckets.take('a')).toBeGreaterThan(0);
    nowMs += 60_000;
    buckets.take('c');
    expect(buckets.size).toBe(1);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '::1'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it('of this machine is recognised', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.5', '10.0.0.1'].map(isLoopback)).toEqual([true, true, true, false]);
  });
});

describe('the gateway', () => {
  const venues: Venue[] = [];
  const open = async (rates: object, loopbackRates: object = {}, more: GatewayOptions = {}) => {
    const unlimited = {
      standardPerMinute: Infinity,
      historicalPerMinute: Infinity,
      failedSignaturesPerMinute: Infinity,
    };
    const venue = await openVenue({
      options: { rates: { ...unlimited, sandboxPerMinute: Infinity, ...rates }, loopbackRates, ...more },
    });
    venues.push(venue);
    return venue;
  };
  afterEach(async () => {
    for (const venue of venues.splice(0)) await venue.close();
  });
  const klines = '/api/v1/klines?symbol=SOL_USDC&interval=1m&startTime=0';

  it('limits history more tightly than the rest, and says when to come back', async () => {
    const venue = await open({ historicalPerMinute: 2 });
    expect([(await venue.get(klines)).status, (await venue.get(klines)).status]).toEqual([200, 200]);
    const third = await venue.get(klines);
    expect([third.status, third.json()]).toMatchObject([429, { code: 'TOO_MANY_REQUESTS' }]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await venue.get('/api/v1/markets')).status).toBe(200);
  });

  it('may be told to give callers on this machine more', async () => {
    const venue = await open({ historicalPerMinute: 1 }, { historicalPerMinute: 3 });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await venue.get(klines)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('counts signed requests by account: one cannot use up the other’s', async () => {
    const venue = await open({ standardPerMinute: 3 });
    const alice = await venue.trader();
    const bob = await venue.trader();
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await alice.send('balances')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await bob.send('balances')).status).toBe(200);
  });

  it('does not let a stranger who knows a key use up the limit of its account', async () => {
    const venue = await open({ standardPerMinute: 2 });
    const alice = await venue.trader();
    const stranger = new Trader(venue.url, { ...newKey(), publicKey: alice.key.publicKey }, alice.accountId);
    for (let call = 0; call < 5; call += 1) expect((await stranger.send('balances')).status).toBe(400);
    expect((await alice.send('balances')).status).toBe(200);
  });

  it('stops checking signatures for an address that keeps sending wrong ones', async () => {
    const venue = await open({ failedSignaturesPerMinute: 2 });
    const stranger = new Trader(venue.url, newKey(), 0);
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await stranger.send('balances')).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  it('believes the forwarded address of a proxy that it was told to trust, and of nobody else', async () => {
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const rates = { historicalPerMinute: 1 };
    const trusting = await open(rates, {}, { trustProxy: '127.0.0.1' });
    const statuses = async (venue: Venue) => {
      const seen: number[] = [];
      for (const last of [1, 2, 1]) seen.push((await venue.get(klines, from(`203.0.113.${last}`))).status);
      return seen;
    };
    expect(await statuses(trusting)).toEqual([200, 200, 429]);
    expect(await statuses(await open(rates))).toEqual([200, 429, 429]);
  });

  it('counts connections by the forwarded address as well', async () => {
    const venue = await open({}, {}, { trustProxy: '127.0.0.1', streams: { maxConnectionsPerAddress: 1 } });
    const connect = (address: string) =>
      StreamClient.connect(venue.streamUrl, { headers: { 'x-forwarded-for': address } });
    const first = await connect('203.0.113.1');
    await expect(connect('203.0.113.1')).rejects.toThrow('429');
    const other = await connect('203.0.113.2');
    for (const client of [first, other]) client.close();
  });

  it('limits registration and faucet by address', async () => {
    const venue = await open({ sandboxPerMinute: 1 });
    await venue.trader();
    await expect(venue.trader()).rejects.toThrow('429');
  });
});
