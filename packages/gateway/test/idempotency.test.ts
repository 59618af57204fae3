import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IdempotentCommands } from '../src/http/idempotency.js';
import { Problem } from '../src/problem.js';
import { openVenue, type Trader, type Venue } from './venue.js';

const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '90', quantity: '1' } as const;

let venue: Venue;
let trader: Trader;
let timestampMs = Date.now();

beforeAll(async () => {
  venue = await openVenue();
});
afterAll(() => venue.close());
beforeEach(async () => {
  trader = await venue.trader({ USDC: '100000' });
});

/** Signed anew each time, as a client does that has lost its answer. */
const place = (key: string, order: object = ORDER, by = trader) => {
  timestampMs += 1;
  return by.send('placeOrder', order as never, { timestampMs, headers: { 'Idempotency-Key': key } });
};
const openOrders = async (): Promise<number> => (await trader.ask<unknown[]>('openOrders')).length;

describe('a command under an idempotency key', () => {
  it('is carried out once, however often it comes, and answered the same each time', async () => {
    const first = await place('a');
    const again = await place('a');
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).toEqual([null, 'true']);
    expect(await openOrders()).toBe(1);
  });

  it('is carried out once when it comes many times at once', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => place('at-once')));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(await openOrders()).toBe(1);
  });

  it('that was refused is refused again without being looked at', async () => {
    const refused = await place('b', { ...ORDER, price: '0.001' });
    await trader.ask('placeOrder', ORDER);
    const again = await place('b', { ...ORDER, price: '0.001' });
    expect([again.status, again.text]).toEqual([refused.status, refused.text]);
    expect(refused.status).toBe(400);
  });

  it('is another command of another account, and no other command of the same one', async () => {
    await place('c');
    const other = await venue.trader({ USDC: '1000' });
    expect((await place('c', ORDER, other)).headers.get('idempotent-replayed')).toBeNull();
    const reused = await place('c', { ...ORDER, quantity: '2' });
    expect([reused.status, (reused.json() as { code: string }).code]).toEqual([409, 'PRECONDITION_FAILED']);
    expect(await openOrders()).toBe(1);
  });

  it.each(['', 'x'.repeat(65), 'with space'])('is refused under the key %j', async (key) => {
    const { status, text } = await place(key);
    expect([status, text]).toEqual([400, expect.stringContaining('Idempotency-Key')]);
  });

  it('without a key is carried out as often as it comes', async () => {
    for (const later of [1_000, 1_001]) await trader.send('placeOrder', ORDER, { timestampMs: timestampMs - later });
    expect(await openOrders()).toBe(2);
  });
});

describe('answers that are kept', () => {
  const once = { accountId: 1, key: 'k', name: 'placeOrder', body: '{}' } as const;

  it('go after ten minutes', async () => {
    let nowMs = 0;
    const commands = new IdempotentCommands(() => nowMs);
    let carriedOut = 0;
    const carryOut = async () => {
      carriedOut += 1;
    };
    for (const at of [0, 599_000, 600_001]) {
      nowMs = at;
      await commands.run(once, carryOut).answer;
    }
    expect(carriedOut).toBe(2);
  });

  it('are none when the command was turned away before it could be carried out', async () => {
    const commands = new IdempotentCommands(() => 0);
    await expect(commands.run(once, () => Promise.reject(new Problem('overloaded'))).answer).rejects.toThrow();
    expect(await commands.run(once, async () => 'done').answer).toBe('done');
    const unknown = { ...once, key: 'u' };
    await expect(commands.run(unknown, () => Promise.reject(new Problem('outcomeUnknown'))).answer).rejects.toThrow();
    await expect(commands.run(unknown, async () => 'done').answer).rejects.toMatchObject({ error: 'outcomeUnknown' });
  });
});
