import { describe, expect, it } from 'vitest';
import { ApiErrorResponse, apiError, ERRORS, problemWith } from '../src/index.js';

describe('the error catalogue', () => {
  it.each([
    ['signatureWrong', 400, 'INVALID_SIGNATURE', 'Invalid signature'],
    ['requestExpired', 400, 'INVALID_CLIENT_REQUEST', 'Request has expired'],
    ['requestFromFuture', 400, 'INVALID_CLIENT_REQUEST', 'timestamp'],
    ['timestampMalformed', 400, 'INVALID_CLIENT_REQUEST', 'timestamp'],
    ['postOnlyWouldTake', 400, 'INVALID_ORDER', 'Order would immediately match and take'],
    ['orderUnknown', 404, 'RESOURCE_NOT_FOUND', 'Not Found'],
    ['priceOutsideBand', 400, 'INVALID_PRICE', 'Price is too far from the last active price'],
    ['tooManyRequests', 429, 'TOO_MANY_REQUESTS', ''],
    ['insufficientFunds', 400, 'INSUFFICIENT_FUNDS', ''],
    ['clientIdInUse', 400, 'INVALID_ORDER', 'Order with client ID already exists'],
  ] as const)('%s answers as clients in the field expect', (name, status, code, text) => {
    expect(ERRORS[name]).toMatchObject({ status, code, message: expect.stringContaining(text) });
  });

  it('writes bodies that fit the schema, with the deciding numbers only when there are some', () => {
    const plain = apiError('orderUnknown');
    expect(plain).toEqual({ code: 'RESOURCE_NOT_FOUND', message: 'Not Found' });
    const detailed = apiError('insufficientFunds', { required: '10.5', available: '3' }, 'Insufficient USDC');
    expect(detailed).toEqual({
      code: 'INSUFFICIENT_FUNDS',
      message: 'Insufficient USDC',
      details: { required: '10.5', available: '3' },
    });
    for (const body of [plain, detailed]) expect(problemWith(ApiErrorResponse, body)).toBeUndefined();
  });
});
