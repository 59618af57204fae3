import { InvariantViolation } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeRequests,
  encodedLength,
  encodeRequests,
  genesisRequest,
  MAX_PAYLOAD_BYTES,
  MalformedBatchBody,
  REQUEST_KIND,
  type Request,
  signedRequest,
  tickRequest,
} from '../src/index.js';

const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
const request = fc.oneof(
  fc
    .tuple(fc.nat({ max: 0xffff_ffff }), signature, fc.uint8Array({ maxLength: 300 }))
    .map(([keyId, signed, payload]) => signedRequest(keyId, signed, payload)),
  fc.uint8Array({ maxLength: 300 }).map(genesisRequest),
  fc.constant(tickRequest()),
);
const batch = fc.array(request, { maxLength: 8 });

/** A request apart from where it lies. */
function contents({ kind, keyId, bytes, signatureStart, payloadStart, payloadEnd }: Request) {
  const signed = kind === REQUEST_KIND.signed ? [...bytes.subarray(signatureStart, signatureStart + 64)] : [];
  return { kind, keyId, signed, payload: [...bytes.subarray(payloadStart, payloadEnd)] };
}

describe('batch bodies', () => {
  test('what is written is what is read, and written again it is the same bytes', () => {
    fc.assert(
      fc.property(batch, (requests) => {
        const body = encodeRequests(requests);
        const read = decodeRequests(body, requests.length);
        expect(read.map(contents)).toEqual(requests.map(contents));
        expect(encodeRequests(read)).toEqual(body);
      }),
    );
  });

  test('their length is the sum of the lengths of their requests', () => {
    fc.assert(
      fc.property(batch, (requests) => {
        const sum = requests.reduce((total, one) => total + encodedLength(one), 0);
        expect(encodeRequests(requests)).toHaveLength(sum);
      }),
    );
  });

  test('the layout is kind, key, signature, length, payload, little-endian', () => {
    const body = encodeRequests([
      tickRequest(),
      signedRequest(0xfe01_0203, new Uint8Array(64).fill(7), Uint8Array.of(65, 66)),
      genesisRequest(Uint8Array.of(123, 125)),
    ]);
    const sevens = new Array(64).fill(7);
    expect([...body]).toEqual([0, 1, 3, 2, 1, 0xfe, ...sevens, 2, 0, 0, 0, 65, 66, 2, 2, 0, 0, 0, 123, 125]);
  });
});

describe('bytes that are no batch body', () => {
  test('are refused at every cut', () => {
    fc.assert(
      fc.property(batch, fc.nat(), (requests, place) => {
        const body = encodeRequests(requests);
        if (body.length === 0) return;
        expect(() => decodeRequests(body.slice(0, place % body.length), requests.length)).toThrow(MalformedBatchBody);
      }),
    );
  });

  test('are refused with another count than theirs', () => {
    const body = encodeRequests([tickRequest(), tickRequest()]);
    expect(decodeRequests(body, 2)).toHaveLength(2);
    for (const count of [0, 1, 3]) expect(() => decodeRequests(body, count)).toThrow(MalformedBatchBody);
  });

  test.each([
    ['an unknown kind', [3], 0],
    ['a payload longer than any', [1, ...new Array(68).fill(0), 1, 0, 1, 0], 0],
    ['a genesis longer than any', [2, 1, 0, 0, 1], 0],
    ['a payload past the end', [2, 3, 0, 0, 0, 65, 66], 0],
    ['trouble in the second request', [0, 9], 1],
  ])('%s', (_name, bytes, offset) => {
    const decode = () => decodeRequests(Uint8Array.from(bytes), 2);
    expect(decode).toThrow(MalformedBatchBody);
    expect(decode).toThrow(expect.objectContaining({ offset }));
  });

  test('noise never brings out anything but a refusal or requests within it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(5), (body, count) => {
        let read: readonly Request[] = [];
        try {
          read = decodeRequests(body, count);
        } catch (problem) {
          expect(problem).toBeInstanceOf(MalformedBatchBody);
        }
        for (const { payloadStart, payloadEnd } of read) {
          expect(payloadStart <= payloadEnd && payloadEnd <= body.length).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the longest payload passes; one byte more is neither read nor written', () => {
    const of = (length: number) => encodeRequests([signedRequest(1, new Uint8Array(64), new Uint8Array(length))]);
    const longest = of(MAX_PAYLOAD_BYTES);
    expect(decodeRequests(longest, 1)).toHaveLength(1);
    expect(() => of(MAX_PAYLOAD_BYTES + 1)).toThrow(InvariantViolation);
    const longer = Uint8Array.from([...longest, 0]);
    longer[69] = 1;
    expect(() => decodeRequests(longer, 1)).toThrow(MalformedBatchBody);
  });
});
