import { describe, expect, it } from 'vitest';
import { Attempts } from '../../src/second-factor/attempts.js';
import { base32, codeAt, otpauthUri, stepAt, stepOf } from '../../src/second-factor/totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('a code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is the one of RFC 6238, appendix B', (seconds, code) => {
    expect(codeAt(SECRET, stepAt(seconds * 1000))).toBe(code);
  });

  it('is good in its step, the one before and the one after, and says which it is', () => {
    const nowMs = 1_700_000_000_000;
    const step = stepAt(nowMs);
    const found = [-2, -1, 0, 1, 2].map((apart) => stepOf(SECRET, codeAt(SECRET, step + apart), nowMs));
    expect(found).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it.each(['', '12345', '1234567', '28708a', ' 287082', '٢٨٧٠٨٢'])('is not "%s"', (text) => {
    expect(stepOf(SECRET, text, 59_000)).toBeUndefined();
  });
});

describe('a secret', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('"%s" is written as in RFC 4648', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });

  it('is handed to an authenticator with the names of venue and customer', () => {
    expect(otpauthUri(SECRET, 'Glass & House', 'customer 7')).toBe(
      'otpauth://totp/Glass%20%26%20House:customer%207?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Glass+%26+House',
    );
  });
});

describe('guesses', () => {
  it('are refused after five wrong ones in a row, for twice as long with every other', () => {
    const attempts = new Attempts();
    const waits = Array.from({ length: 6 }, () => attempts.begin(7, 0));
    expect(waits).toEqual([0, 0, 0, 0, 0, 300_000]);
    expect([attempts.begin(7, 300_000), attempts.begin(7, 300_001)]).toEqual([0, 599_999]);
    expect(attempts.begin(8, 0)).toBe(0);
  });

  it('are forgotten with a right one', () => {
    const attempts = new Attempts();
    for (let count = 0; count < 4; count += 1) attempts.begin(7, 0);
    attempts.succeed(7);
    expect(Array.from({ length: 5 }, () => attempts.begin(7, 0))).toEqual([0, 0, 0, 0, 0]);
  });

  it('never have to wait for longer than a day', () => {
    const attempts = new Attempts();
    let nowMs = 0;
    for (let count = 0; count < 40; count += 1) nowMs += attempts.begin(7, nowMs);
    expect(attempts.begin(7, nowMs)).toBeLessThanOrEqual(86_400_000);
  });
});
