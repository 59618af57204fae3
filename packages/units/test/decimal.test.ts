import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, MAX_SAFE, MAX_SCALE, parseDecimal, powerOfTen, rescale } from '../src/index.js';

describe('reading decimals', () => {
  test.each([
    ['0', 0, 0],
    ['-0', 0, 0],
    ['0.000', 0, 0],
    ['1', 1, 0],
    ['12.30', 123, 1],
    ['-12.30', -123, 1],
    ['007.5', 75, 1],
    ['100', 100, 0],
    ['0.000001', 1, 6],
    ['9007199254740991', MAX_SAFE, 0],
    ['9007199254.740991', MAX_SAFE, 6],
    ['0.000000000000000001', 1, 18],
    ['1.0000000000000000000000000000000000000000', 1, 0],
  ])('%s is %d × 10^−%d', (text, digits, scale) => {
    const decimal = parseDecimal(text);
    expect(decimal).toEqual({ digits, scale });
    expect(Object.is(decimal?.digits, -0)).toBe(false);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '--1',
    '1e5',
    '1E-5',
    '0x10',
    '1,000',
    '1_000',
    '.5',
    '5.',
    '.',
    '-',
    '1.2.3',
    'NaN',
    'Infinity',
    '１',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740992',
    '0.0000000000000000001',
    '0'.repeat(41),
    `1.${'0'.repeat(41)}`,
  ])('%j is none', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('any text is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseDecimal(text);
      }),
    );
  });
});

describe('changing scale', () => {
  test.each([
    ['12.3', 1, 123],
    ['12.3', 4, 123_000],
    ['12.3', 0, undefined],
    ['-12.3', 2, -1230],
    ['0', 18, 0],
    ['1', 15, 1_000_000_000_000_000],
    ['1', 16, undefined],
    ['9007199254740991', 0, MAX_SAFE],
    ['9007199254740991', 1, undefined],
    ['-9007199254740991', 1, undefined],
    ['0.1', 17, undefined],
  ])('%s in units of 10^−%d is %s', (text, scale, units) => {
    expect(rescale(parseDecimal(text) ?? { digits: Number.NaN, scale: 0 }, scale)).toBe(units);
  });

  test('drops zeros that another writer has left, and nothing else', () => {
    expect(rescale({ digits: 12_300, scale: 4 }, 2)).toBe(123);
    expect(rescale({ digits: 12_345, scale: 4 }, 2)).toBeUndefined();
    expect(rescale({ digits: 1, scale: 18 }, 1)).toBeUndefined();
  });

  test('is exact or undefined, as BigInt says', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(MAX_SCALE), fc.nat(MAX_SCALE), (digits, scale, target) => {
        const exact = rescaledExactly(BigInt(digits), scale, target);
        const fits = exact !== undefined && exact <= BigInt(MAX_SAFE) && exact >= -BigInt(MAX_SAFE);
        const units = rescale({ digits, scale }, target);
        // A step of more than fifteen places is refused although the exact result may be small.
        if (units === undefined) expect(fits && Math.abs(target - scale) <= 15 && digits !== 0).toBe(false);
        else expect(BigInt(units)).toBe(exact);
      }),
      { numRuns: 2000 },
    );
  });
});

function rescaledExactly(digits: bigint, scale: number, target: number): bigint | undefined {
  if (target >= scale) return digits * 10n ** BigInt(target - scale);
  const factor = 10n ** BigInt(scale - target);
  return digits % factor === 0n ? digits / factor : undefined;
}

describe('writing decimals', () => {
  test.each([
    [1230, 2, undefined, '12.30'],
    [1230, 2, 0, '12.3'],
    [1200, 2, 0, '12'],
    [1200, 2, 1, '12.0'],
    [5, 3, undefined, '0.005'],
    [-5, 3, undefined, '-0.005'],
    [0, 0, undefined, '0'],
    [-0, 2, undefined, '0.00'],
    [0, 4, 0, '0'],
    [MAX_SAFE, 6, 0, '9007199254.740991'],
    [-MAX_SAFE, 0, undefined, '-9007199254740991'],
    [MAX_SAFE, 18, undefined, '0.009007199254740991'],
    [100, 0, 0, '100'],
  ])('%d with scale %d and at least %s decimals is %s', (units, scale, minDecimals, text) => {
    expect(minDecimals === undefined ? formatDecimal(units, scale) : formatDecimal(units, scale, minDecimals)).toBe(
      text,
    );
  });

  test('what is written reads back as the same number, padded or not', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(MAX_SCALE), fc.nat(MAX_SCALE), (units, scale, minDecimals) => {
        for (const text of [formatDecimal(units, scale), formatDecimal(units, scale, minDecimals)]) {
          const read = parseDecimal(text);
          expect(read === undefined ? text : rescale(read, scale)).toBe(units);
        }
      }),
    );
  });

  test('the shortest form has no zero at its end', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: MAX_SCALE }), (units, scale) => {
        expect(formatDecimal(units, scale, 0)).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });
});

test('powers of ten are exact up to 10^15 and refused beyond', () => {
  for (let exponent = 0; exponent <= 15; exponent += 1) {
    expect(BigInt(powerOfTen(exponent) ?? -1)).toBe(10n ** BigInt(exponent));
  }
  expect(powerOfTen(16)).toBeUndefined();
  expect(powerOfTen(-1)).toBeUndefined();
});
