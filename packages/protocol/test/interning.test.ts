import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCommand } from '../src/index.js';
import { PairReader } from '../src/signed-text.js';
import { bytesOf, DATE } from './signed.js';

/** The reader's hash of a short text: what decides which place of the cache it takes. */
function placeOf(text: string): number {
  let hash = 0;
  for (const byte of bytesOf(text)) hash = (Math.imul(hash, 31) + byte) | 0;
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** Texts of equal hash: `Aa` and `BB` in 31-based hashes, and all that is composed of them. */
const rivals = fc.array(fc.constantFrom('Aa', 'BB'), { minLength: 1, maxLength: 16 }).map((parts) => parts.join(''));

function valueRead(text: string): string {
  const reader = new PairReader();
  const bytes = bytesOf(`key=${text}`);
  reader.over(bytes, 0, bytes.length);
  reader.next();
  return reader.value();
}

test('texts that meet in one place of the cache do not become each other', () => {
  expect(placeOf('AaBB')).toBe(placeOf('BBAa'));
  fc.assert(
    fc.property(fc.array(rivals, { maxLength: 20 }), (texts) => {
      for (const text of texts) expect(valueRead(text)).toBe(text);
    }),
  );
});

test('the same bytes are the same command after any history', () => {
  const orders = fc
    .array(rivals, { minLength: 1, maxLength: 20 })
    .map((symbols) =>
      symbols.map((symbol) => bytesOf(`instruction=orderExecute&orderType=Limit&side=Bid&symbol=${symbol}${DATE}`)),
    );
  fc.assert(
    fc.property(orders, fc.array(fc.uint8Array({ maxLength: 40 })), (texts, noise) => {
      const first = texts.map((bytes) => decodeCommand(bytes, 0, bytes.length));
      for (const bytes of noise) decodeCommand(bytes, 0, bytes.length);
      texts.reverse();
      const again = texts.map((bytes) => decodeCommand(bytes, 0, bytes.length));
      expect(again.reverse()).toEqual(first);
    }),
  );
});

test('a text that is longer than the cache keeps is read all the same', () => {
  for (const length of [31, 32, 33, 64, 1000]) expect(valueRead('x'.repeat(length))).toBe('x'.repeat(length));
});
