import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptedSigningTexts,
  batchSigningText,
  findUnsignable,
  formatQuery,
  isPublicKeyText,
  isSignatureText,
  type Parameter,
  parametersOf,
  parameterText,
  readSignedBody,
  readSignedQuery,
  readValidity,
  signingText,
  subscribeSigningText,
  UnwritableParameter,
} from '../src/index.js';

const VALIDITY = { timestampMs: 1614550000000, windowMs: 5000 };
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

describe('the signed text', () => {
  it("reproduces the reference's test vector down to the signature", () => {
    const seed = Buffer.from('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'base64');
    const key = createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8_PREFIX, seed]),
      format: 'der',
      type: 'pkcs8',
    });
    const text = signingText('orderCancel', parametersOf({ symbol: 'BTC_USDT', orderId: '28' }), VALIDITY);
    expect(text).toBe('instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000');
    const signature = sign(null, Buffer.from(text), key);
    expect(signature.toString('base64')).toBe(
      '80cYcHmUHbvcO3IonY2y+nObqUTRkZrNbRsPB30r+NjqgKfP5DIFKryC0ea11fMcweyoymFT+S2cGbPACyinDw==',
    );
    expect(verify(null, Buffer.from(text), createPublicKey(key), signature)).toBe(true);
  });

  it.each([
    ['no parameters', {}, 'instruction=x&timestamp=1614550000000&window=5000'],
    [
      'numbers and booleans',
      { b: true, a: 0.5, c: 28 },
      'instruction=x&a=0.5&b=true&c=28&timestamp=1614550000000&window=5000',
    ],
    [
      'null and absent left out',
      { a: null, b: undefined, c: '' },
      'instruction=x&c=&timestamp=1614550000000&window=5000',
    ],
    [
      'capitals before small letters',
      { b: '1', a: '2', C: '3' },
      'instruction=x&C=3&a=2&b=1&timestamp=1614550000000&window=5000',
    ],
    [
      'nested values as compact JSON with sorted keys',
      { n: { z: [1, { y: null, a: 'é' }], b: true } },
      'instruction=x&n={"b":true,"z":[1,{"a":"é","y":null}]}&timestamp=1614550000000&window=5000',
    ],
  ])('writes %s', (_, record, expected) => {
    expect(signingText('x', parametersOf(record), VALIDITY)).toBe(expected);
  });

  it('joins the elements of a batch in array order under one date', () => {
    const batch = [parametersOf({ symbol: 'B', side: 'Bid' }), parametersOf({ symbol: 'A', clientId: 7 })];
    expect(batchSigningText('orderExecute', batch, VALIDITY)).toBe(
      'instruction=orderExecute&side=Bid&symbol=B&instruction=orderExecute&clientId=7&symbol=A&timestamp=1614550000000&window=5000',
    );
  });

  it('has one accepted form, and the percent-encoded one where ccxt would write it differently', () => {
    const plain = parametersOf({ symbol: 'SOL_USDC', quantity: '1.5' });
    expect(acceptedSigningTexts('x', [plain], VALIDITY)).toHaveLength(1);
    expect(
      acceptedSigningTexts('x', [parametersOf({ triggerQuantity: '50%', k: 'a+b/=', p: "!'()*~" })], VALIDITY),
    ).toEqual([
      "instruction=x&k=a+b/=&p=!'()*~&triggerQuantity=50%&timestamp=1614550000000&window=5000",
      'instruction=x&k=a%2Bb%2F%3D&p=%21%27%28%29%2A~&triggerQuantity=50%25&timestamp=1614550000000&window=5000',
    ]);
  });

  it('signs a subscription without parameters', () => {
    expect(subscribeSigningText(VALIDITY)).toBe('instruction=subscribe&timestamp=1614550000000&window=5000');
  });

  it('refuses values that JSON cannot carry', () => {
    expect(() => parameterText('a', Number.NaN)).toThrow(UnwritableParameter);
    expect(() => parameterText('a', 1n)).toThrow();
    expect(() => parameterText('a', [() => 0])).toThrow(UnwritableParameter);
  });
});

describe('what cannot be signed without ambiguity', () => {
  it.each([
    ['address', 'a&symbol=BTC', 'ampersand'],
    ['address', '100%25', 'percentSequence'],
    ['address', '日本', 'character'],
    ['address', 'a\nb', 'character'],
    ['address', '\ud800', 'character'],
    ['a&b', '1', 'name'],
    ['a=b', '1', 'name'],
    ['__proto__', '1', 'name'],
    ['', '1', 'name'],
    ['instruction', 'orderCancel', 'reservedName'],
    ['timestamp', '5', 'reservedName'],
    ['window', '5', 'reservedName'],
  ])('names parameter `%s` = `%s`: %s', (name, text, problem) => {
    expect(
      findUnsignable([
        ['symbol', 'A'],
        [name, text],
      ]),
    ).toEqual({ name, problem });
  });

  it.each([['50%'], ['a=b'], ['a+b/c=='], ['5% of 7'], ['%%2'], ['']])('lets `%s` through', (text) => {
    expect(findUnsignable([['address', text]])).toBeUndefined();
  });

  it('leaves one reading: both forms split and decoded give the sorted parameters back', () => {
    const parameter = fc.tuple(fc.constantFrom('a', 'bb', 'c[0]', 'D_e'), fc.string({ unit: 'binary-ascii' }));
    fc.assert(
      fc.property(fc.array(parameter), (parameters: Parameter[]) => {
        fc.pre(findUnsignable(parameters) === undefined);
        const expected = [...parameters].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
        for (const text of acceptedSigningTexts('x', [parameters], VALIDITY)) {
          expect(readBack(text)).toEqual(expected);
        }
      }),
    );
  });
});

/** What a reader of the journal does: split, then decode every `%XX`. */
function readBack(text: string): Parameter[] {
  const segments = text.split('&').slice(1, -2);
  return segments.map((segment) => {
    const equals = segment.indexOf('=');
    return [decodeSequences(segment.slice(0, equals)), decodeSequences(segment.slice(equals + 1))];
  });
}

function decodeSequences(text: string): string {
  return text.replace(/(?:%[0-9A-F]{2})+/g, (sequence) => decodeURIComponent(sequence));
}

describe('a received body', () => {
  it('keeps the JSON text of numbers and drops nulls', () => {
    const body = readSignedBody(
      '{ "price" : "1.0", "clientId": 1.0e1 ,"a":null,"b":-0,"c":false,"d":{"y":[2.50],"x":1}}',
    );
    expect(body).toMatchObject({
      kind: 'object',
      parameters: [
        ['price', '1.0'],
        ['clientId', '1.0e1'],
        ['b', '-0'],
        ['c', 'false'],
        ['d', '{"x":1,"y":[2.5]}'],
      ],
    });
  });

  it('reads a batch element by element', () => {
    const body = readSignedBody(' [ {"a":"]},{","n":1.50} , {"b":"\\"\\\\"} ,{}] ');
    expect(body).toEqual({
      kind: 'batch',
      value: [{ a: ']},{', n: 1.5 }, { b: '"\\' }, {}],
      parameters: [
        [
          ['a', ']},{'],
          ['n', '1.50'],
        ],
        [['b', '"\\']],
        [],
      ],
    });
  });

  it('takes an empty body for an object without members', () => {
    expect(readSignedBody('')).toEqual({ kind: 'object', value: {}, parameters: [] });
  });

  it.each([
    ['{"a":1', 'the body is not valid JSON'],
    ['5', 'the body must be a JSON object or array'],
    ['null', 'the body must be a JSON object or array'],
    ['[1]', 'every element of the array must be an object'],
    ['{"a":1,"\\u0061":2}', 'parameter `a` is given twice'],
    [`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'parameter `a`: nested deeper than 8 levels'],
  ])('refuses %.30s', (text, problem) => {
    expect(readSignedBody(text)).toEqual({ kind: 'malformed', problem });
  });

  it('is signed the same by who wrote it and by who received it', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.jsonValue({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), value), { minLength: 1 }), fc.nat(4), (batch, indent) => {
        const received = readSignedBody(JSON.stringify(batch, null, indent));
        expect(received).toMatchObject({ kind: 'batch', parameters: batch.map(parametersOf) });
      }),
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readSignedBody(text)));
  });
});

describe('a received query string', () => {
  it('decodes pairs in order, repeated names included', () => {
    expect(readSignedQuery('marketType=SPOT&b=a%2Bb+c&marketType=PERP&e&x==')).toEqual({
      kind: 'query',
      parameters: [
        ['marketType', 'SPOT'],
        ['b', 'a+b c'],
        ['marketType', 'PERP'],
        ['e', ''],
        ['x', '='],
      ],
    });
  });

  it('reads booleans of any case where a boolean is expected, and nowhere else', () => {
    expect(readSignedQuery('reduceOnly=True&symbol=True', new Set(['reduceOnly']))).toMatchObject({
      parameters: [
        ['reduceOnly', 'true'],
        ['symbol', 'True'],
      ],
    });
  });

  it('refuses broken percent-encoding', () => {
    expect(readSignedQuery('a=%E0%A4%A').kind).toBe('malformed');
  });

  it('comes back from what a client formats', () => {
    const parameters = fc.array(
      fc.tuple(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(parameters, (pairs) => {
        expect(readSignedQuery(formatQuery(pairs))).toEqual({ kind: 'query', parameters: pairs });
      }),
    );
  });
});

describe('the headers of a signed request', () => {
  it.each([
    ['1614550000000', undefined, { timestampMs: 1614550000000, windowMs: 5000 }],
    ['1614550000000', '60000', { timestampMs: 1614550000000, windowMs: 60000 }],
    [undefined, '5000', 'timestampMissing'],
    ['01614550000000', '5000', 'timestampMalformed'],
    ['1614550000000.5', '5000', 'timestampMalformed'],
    ['-5', '5000', 'timestampMalformed'],
    ['9999999999999999', '5000', 'timestampMalformed'],
    ['1614550000000', '5e3', 'windowMalformed'],
    ['1614550000000', '0', 'windowMalformed'],
    ['1614550000000', '60001', 'windowTooLong'],
  ])('timestamp %s, window %s → %o', (timestamp, window, expected) => {
    expect(readValidity(timestamp, window)).toEqual(expected);
  });

  it('takes exactly the canonical base64 of 32 and 64 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 80 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(isPublicKeyText(text)).toBe(bytes.length === 32);
        expect(isSignatureText(text)).toBe(bytes.length === 64);
      }),
    );
    // The same 32 bytes with other padding bits: Buffer accepts it, so a lax check would give one key two spellings.
    expect(isPublicKeyText('A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbh=')).toBe(false);
  });
});
