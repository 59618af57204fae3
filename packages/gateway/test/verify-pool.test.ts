import { sign } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { packJobs, unpackJobs } from '../src/auth/verify-message.js';
import { Overloaded, VerifyPool } from '../src/index.js';
import { newKey } from './venue.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const text = (value: string) => new TextEncoder().encode(value);

describe('a message to a worker', () => {
  it('unpacks to the jobs that were packed', () => {
    const job = fc.record({
      publicKey: bytes(32),
      signature: bytes(64),
      texts: fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(job, { maxLength: 20 }), (jobs) => {
        expect([...unpackJobs(packJobs(jobs), jobs.length)]).toEqual(jobs);
      }),
    );
  });
});

describe('the pool of verifying workers', () => {
  const pool = new VerifyPool({ workers: 2, maxWaiting: 300 });
  afterAll(() => pool.close());
  const key = newKey();
  const publicKey = Buffer.from(key.publicKey, 'base64');
  const signed = (message: string) => sign(null, text(message), key.privateKey);

  it('answers which text was signed, for many at once and in order', async () => {
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, index) => {
        const texts = [text(`first ${index}`), text(`second ${index}`)];
        const message = ['first', 'second', 'neither'][index % 3];
        return pool.verify({ publicKey, signature: signed(`${message} ${index}`), texts });
      }),
    );
    expect(answers).toEqual(Array.from({ length: 250 }, (_, index) => [0, 1, undefined][index % 3]));
  });

  it('refuses a key that is no point on the curve', async () => {
    const texts = [text('x')];
    expect(await pool.verify({ publicKey: Buffer.alloc(32, 0xff), signature: signed('x'), texts })).toBeUndefined();
  });

  it('refuses what comes when its queue is full', async () => {
    const job = { publicKey, signature: signed('x'), texts: [text('x')] };
    const outcomes = await Promise.allSettled(Array.from({ length: 400 }, () => pool.verify(job)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(100);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(Overloaded);
  });
});
