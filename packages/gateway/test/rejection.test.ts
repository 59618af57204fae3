import { ERRORS } from '@glasshouse/api';
import { REJECT_REASONS, type Rejected } from '@glasshouse/protocol';
import { describe, expect, it } from 'vitest';
import { rejection } from '../src/operations/rejection.js';

const rejected = (reason: Rejected['reason'], details: Rejected['details'] = {}): Rejected => ({
  kind: 'rejected',
  index: 0,
  reason,
  details,
  accountId: 1,
});

describe('a reject reason of the core', () => {
  it.each(REJECT_REASONS)('%s has a code, a 4xx status and words', (reason) => {
    const problem = rejection(rejected(reason));
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.status).toBeLessThan(502);
    expect(problem.status).not.toBe(500);
    expect(problem.body()).toEqual({ code: ERRORS[reason].code, message: ERRORS[reason].message });
  });

  it('carries the numbers that decided, in words and as data', () => {
    const problem = rejection(rejected('priceNotOnTick', { price: '1.005', tickSize: '0.01' }));
    expect(problem.body()).toEqual({
      code: 'INVALID_PRICE',
      message: 'Price is not a multiple of the tick size (price 1.005, tickSize 0.01)',
      details: { price: '1.005', tickSize: '0.01' },
    });
  });

  it.each([
    ['orderUnknown', 'Not Found'],
    ['requestExpired', 'Request has expired'],
    ['postOnlyWouldTake', 'Order would immediately match and take'],
    ['requestFromFuture', 'timestamp'],
  ] as const)('%s keeps the words that clients look for: %s', (reason, words) => {
    expect(rejection(rejected(reason, { some: 1 })).body().message).toContain(words);
  });
});
