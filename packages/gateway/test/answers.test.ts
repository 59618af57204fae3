// How risk numbers, reasons and identities are written.
import { OrderExpiryReason, problemWith } from '@glasshouse/api';
import { REJECT_REASONS } from '@glasshouse/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endReasonName } from '../src/answers/end-reasons.js';
import { assetOfLoan, loanNumber } from '../src/answers/identities.js';
import { basisPointText, fractionText, priceText, rateText, usdText } from '../src/answers/real-number.js';

describe('real numbers', () => {
  it.each([
    [usdText(11858.73), '11858.73'],
    [usdText(-0.0000001), '0'],
    [usdText(1e15), '1000000000000000'],
    [fractionText(1 / 3), '0.33333333'],
    [rateText(0.0000125), '0.0000125'],
    [priceText(100_000), '100000'],
    [priceText(0.02 / 3, 6), '0.0066666667'],
    [basisPointText(0.015), '150'],
    [basisPointText(-0.015), '-150'],
  ])('%s is plain', (text, expected) => {
    expect(text).toBe(expected);
  });

  it('are never written with an exponent, and come back as they were to the last decimal', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
        const text = usdText(value);
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.0000006 + Math.abs(value) * 1e-15);
      }),
    );
  });

  it('that are none are a defect, not an answer', () => {
    expect(() => usdText(Number.NaN)).toThrow(RangeError);
    expect(() => priceText(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe('why an order ended', () => {
  it.each(REJECT_REASONS)('%s is one of the reasons of the reference', (reason) => {
    expect(problemWith(OrderExpiryReason, endReasonName(reason))).toBeUndefined();
  });

  it.each([
    ['PriceImpact', 'PriceImpact'],
    ['StopWithoutPosition', 'StopWithoutPosition'],
    ['insufficientMargin', 'InsufficientMargin'],
    ['postOnlyWouldTake', 'PostOnlyTaker'],
    ['keyUnknown', 'Unknown'],
  ] as const)('%s is told as %s', (reason, told) => {
    expect(endReasonName(reason)).toBe(told);
  });
});

describe('numbers of loans', () => {
  const account = fc.integer({ min: 1, max: 10_000_000 });
  const place = fc.integer({ min: 1, max: 49_999 });

  it('are read back as what they name, by their account alone', () => {
    fc.assert(
      fc.property(account, account, place, (own, other, id) => {
        expect(assetOfLoan(own, String(loanNumber(own, id)))).toBe(id);
        if (own !== other) expect(assetOfLoan(other, String(loanNumber(own, id)))).toBeUndefined();
      }),
    );
  });

  it.each(['', '-1', '1e9', 'abc', '99999999999999999'])('`%s` names nothing', (text) => {
    expect(assetOfLoan(7, text)).toBeUndefined();
  });
});
