import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Overloaded } from '../src/index.js';
import { openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let alice: Trader;

beforeEach(async () => {
  venue = await openVenue({ options: { answerTimeoutMs: 300 } });
  alice = await venue.trader({ USDC: '1000' });
  await alice.ask('balances');
});
afterEach(() => venue.close());

const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '10', quantity: '1' };

describe('an exchange that', () => {
  it('has stopped is under maintenance: commands and reads answer 503, liveness still answers', async () => {
    venue.exchange.failure = new Error('the journal failed');
    for (const name of ['placeOrder', 'balances'] as const) {
      const reply = await alice.send(name, name === 'placeOrder' ? ORDER : {});
      expect([reply.status, reply.json()]).toMatchObject([503, { code: 'MAINTENANCE' }]);
      expect(reply.text).not.toContain('journal');
      expect(reply.headers.get('x-request-id')).toBeTruthy();
    }
    expect((await venue.get('/api/v1/depth?symbol=SOL_USDC')).status).toBe(503);
    expect((await venue.get('/readyz')).status).toBe(503);
    expect((await venue.get('/healthz')).status).toBe(200);
    expect((await venue.get('/api/v1/ping')).text).toBe('pong');
  });

  it('has a full queue says so', async () => {
    venue.exchange.failure = new Overloaded('full');
    const reply = await alice.send('placeOrder', ORDER);
    expect([reply.status, reply.json()]).toMatchObject([503, { message: expect.stringContaining('overloaded') }]);
  });

  it('does not answer in time leaves the outcome open', async () => {
    venue.exchange.silent = true;
    const reply = await alice.send('placeOrder', ORDER);
    expect([reply.status, reply.json()]).toMatchObject([503, { code: 'TIMEOUT' }]);
  });
});

describe('closing', () => {
  it('finishes what is under way and takes nothing new', async () => {
    let release = (): void => undefined;
    venue.exchange.durable = new Promise((resolve) => {
      release = resolve;
    });
    const { nextSeq } = venue.exchange.state;
    const underWay = alice.send('placeOrder', ORDER);
    while (venue.exchange.state.nextSeq === nextSeq) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = venue.close();
    const late = await fetch(`${venue.url}/api/v1/ping`).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect(['refused', 503]).toContain(late);
    release();
    expect((await underWay).json()).toMatchObject({ status: 'New' });
    await closed;
    await expect(fetch(`${venue.url}/api/v1/ping`)).rejects.toThrow();
  });
});
