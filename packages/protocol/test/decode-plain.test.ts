import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeAny, MAX_WINDOW_MS } from '../src/decode.js';
import { decodePlain } from '../src/decode-plain.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

const decimal = fc.oneof(
  fc.tuple(fc.nat(999_999), fc.nat(9999)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.nat().map(String),
  fc.constantFrom(
    '0',
    '0.0',
    '1.',
    '.5',
    '00.10',
    '1e5',
    '-1',
    '1.2.3',
    '9007199254740993',
    '0.0000000000000001',
    '120.500',
    '',
  ),
);
const pair = fc.oneof(
  fc.tuple(fc.constantFrom('price', 'quantity', 'quoteQuantity'), decimal),
  fc.tuple(fc.constant('symbol'), fc.constantFrom('SOL_USDC', 'BTC_USDC', 'sol', 'A B', 'S%4FL', '')),
  fc.tuple(fc.constant('side'), fc.constantFrom('Bid', 'Ask', 'bid', '')),
  fc.tuple(fc.constant('orderType'), fc.constantFrom('Limit', 'Market', 'Stop')),
  fc.tuple(fc.constant('timeInForce'), fc.constantFrom('GTC', 'IOC', 'FOK', 'GTX')),
  fc.tuple(fc.constant('postOnly'), fc.constantFrom('true', 'false', 'True', '1')),
  fc.tuple(fc.constantFrom('clientId', 'orderId'), fc.constantFrom('0', '7', '4294967295', '4294967296', 'x', '')),
  fc.tuple(fc.constant('selfTradePrevention'), fc.constantFrom('RejectTaker', 'RejectMaker', 'None')),
  fc.tuple(fc.constantFrom('reduceOnly', 'unknown', 'instruction'), fc.constantFrom('true', 'orderExecute')),
);
const dates = fc.tuple(
  fc.constantFrom('1700000000000', '', 'x', '1', '1234567890123456'),
  fc.constantFrom('5000', '0', '60000', '60001', '', '5000&more=1'),
);
const text = fc
  .tuple(
    fc.constantFrom('orderExecute', 'orderCancel', 'orderCancelAll', 'order'),
    fc.array(pair, { maxLength: 9 }),
    dates,
  )
  .map(([instruction, pairs, [timestamp, window]]) => {
    const body = pairs.map(([key, value]) => `&${key}=${value}`).join('');
    return `instruction=${instruction}${body}&timestamp=${timestamp}&window=${window}`;
  });

/** A text of the plain kind, so that the shortcut is really taken. */
const plainText = fc
  .tuple(
    decimal,
    decimal,
    fc.constantFrom('Bid', 'Ask'),
    fc.constantFrom('Limit', 'Market'),
    fc.constantFrom('GTC', 'IOC', 'FOK'),
  )
  .map(
    ([price, quantity, side, type, timeInForce]) =>
      `instruction=orderExecute&clientId=5&orderType=${type}&postOnly=false&price=${price}&quantity=${quantity}` +
      `&side=${side}&symbol=SOL_USDC&timeInForce=${timeInForce}&timestamp=1700000000000&window=5000`,
  );

function compared(bytes: Uint8Array): boolean {
  const plain = decodePlain(bytes, 0, bytes.length, MAX_WINDOW_MS);
  if (plain === undefined) return false;
  expect(plain).toEqual(decodeAny(bytes, 0, bytes.length));
  return true;
}

test('whatever the shortcut accepts, the decoder proper reads the same', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(text, plainText), (signed) => {
      if (compared(bytesOf(signed))) taken += 1;
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test('a byte changed anywhere in a plain text changes both decoders alike', () => {
  fc.assert(
    fc.property(plainText, fc.nat(), fc.integer({ min: 0, max: 255 }), (signed, place, byte) => {
      const bytes = bytesOf(signed);
      bytes[place % bytes.length] = byte;
      compared(bytes);
    }),
    { numRuns: 5000 },
  );
});

const DATES = 'timestamp=1700000000000&window=5000';

test.each([
  `instruction=orderExecute&clientId=7&orderType=Limit&postOnly=true&price=1.50&quantity=12&side=Bid&symbol=SOL_USDC&timeInForce=GTC&${DATES}`,
  `instruction=orderExecute&orderType=Market&postOnly=false&quantity=12345678.9&side=Ask&symbol=SOL_USDC_PERP&timeInForce=IOC&${DATES}`,
  `instruction=orderExecute&timeInForce=FOK&symbol=A&side=Bid&price=0&orderType=Limit&timestamp=1&window=1`,
  `instruction=orderCancel&orderId=123456789012345&symbol=SOL_USDC&${DATES}`,
  `instruction=orderCancel&clientId=4294967295&symbol=SOL&timestamp=1&window=1`,
])('the shortcut takes %s', (signed) => {
  expect(compared(bytesOf(signed))).toBe(true);
});

/** Symbols that begin and end alike, about as long as those that are told by two words. */
const likeSymbol = fc
  .tuple(fc.constantFrom('AAAAAAAA', 'AAAAAAAB', 'A'), fc.constantFrom('', 'B', 'AAAA', 'BAAAAAAA', 'AAAAAAAAA'))
  .map((parts) => parts.join(''));

test('a symbol is never taken for another that was read before', () => {
  fc.assert(
    fc.property(fc.array(likeSymbol, { minLength: 1, maxLength: 20 }), (symbols) => {
      for (const symbol of symbols) {
        expect(compared(bytesOf(`instruction=orderCancel&orderId=1&symbol=${symbol}&${DATES}`))).toBe(true);
      }
    }),
  );
});

test('a plain text that is cut off anywhere is no command of the shortcut, whatever stands behind it', () => {
  fc.assert(
    fc.property(plainText, fc.nat(), fc.boolean(), (signed, place, alone) => {
      const end = place % signed.length;
      const bytes = bytesOf(alone ? signed.slice(0, end) : signed);
      const plain = decodePlain(bytes, 0, end, MAX_WINDOW_MS);
      if (plain !== undefined) expect(plain).toEqual(decodeAny(bytes, 0, end));
    }),
    { numRuns: 2000 },
  );
});
