import { signedRequest } from '@glasshouse/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame, type Frame, FrameReader, REFUSALS } from '../../src/gateways/frames.js';

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant('welcome' as const), fingerprint: fc.string(), durableSeq: number }),
  fc.record({
    kind: fc.constant('submit' as const),
    id: number,
    request: fc
      .tuple(fc.nat({ max: 4_000_000_000 }), signature, fc.uint8Array({ maxLength: 200 }))
      .map(([keyId, signed, payload]) => signedRequest(keyId, signed, payload)),
  }),
  fc.record({ kind: fc.constant('committed' as const), id: number, seq: number }),
  fc.record({ kind: fc.constant('refused' as const), id: number, why: fc.constantFrom(...REFUSALS) }),
  fc.record({ kind: fc.constant('durable' as const), durableSeq: number }),
);

/** A request by what it says, wherever in its bytes that stands. */
function said(frame: Frame) {
  if (frame.kind !== 'submit') return frame;
  const { keyId, bytes, signatureStart, payloadStart, payloadEnd } = frame.request;
  return {
    id: frame.id,
    keyId,
    signature: [...bytes.subarray(signatureStart, signatureStart + 64)],
    payload: [...bytes.subarray(payloadStart, payloadEnd)],
  };
}

it('frames come out as they went in, however the socket cuts them', () => {
  fc.assert(
    fc.property(fc.array(frames, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 60 })), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(encodeFrame));
      const reader = new FrameReader();
      const heard: Frame[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        heard.push(...reader.push(bytes.subarray(at, at + cut)));
        at += cut;
      }
      expect(heard.map(said)).toEqual(sent.map(said));
    }),
  );
});

it('bytes that are no frames are refused, and never waited for without end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 30, maxLength: 300 }), (bytes) => {
      const length = Buffer.from(bytes).readUInt32LE(0);
      const isPossible = length >= 9 && length <= 16_777_216;
      const read = () => new FrameReader().push(Buffer.from(bytes));
      if (isPossible && length > bytes.length - 4) expect(read()).toEqual([]);
      else if (!isPossible) expect(read).toThrow(/a frame of/);
    }),
  );
});
