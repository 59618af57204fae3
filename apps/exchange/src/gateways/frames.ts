// What an exchange and the gateway processes before it say to each other, over a socket in the data folder.
//
//   length u32 | kind u8 | body        integers little-endian; numbers of requests as doubles, which hold them exactly
//
//   welcome    exchange → gateway   fingerprint of the software, durable u64 as double
//   submit     gateway → exchange   id, one request as the log stores it
//   committed  exchange → gateway   id, seq: durable, and applied by the exchange
//   refused    exchange → gateway   id, why
//   durable    exchange → gateway   everything below this is in the files of the log

import { decodeRequests, encodeRequests, MAX_GENESIS_BYTES, type Request } from '@glasshouse/protocol';

export const REFUSALS = ['overloaded', 'stopped'] as const;
export type Refusal = (typeof REFUSALS)[number];

export type Frame =
  | { readonly kind: 'welcome'; readonly fingerprint: string; readonly durableSeq: number }
  | { readonly kind: 'submit'; readonly id: number; readonly request: Request }
  | { readonly kind: 'committed'; readonly id: number; readonly seq: number }
  | { readonly kind: 'refused'; readonly id: number; readonly why: Refusal }
  | { readonly kind: 'durable'; readonly durableSeq: number };

const KINDS = ['welcome', 'submit', 'committed', 'refused', 'durable'] as const satisfies readonly Frame['kind'][];

const LENGTH_BYTES = 4;
const NUMBER_BYTES = 8;
const HEADER_BYTES = LENGTH_BYTES + 1;
const MAX_FRAME_BYTES = MAX_GENESIS_BYTES;

function framed(kind: Frame['kind'], bodyBytes: number): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + bodyBytes);
  frame.writeUInt32LE(1 + bodyBytes, 0);
  frame.writeUInt8(KINDS.indexOf(kind), LENGTH_BYTES);
  return frame;
}

function numbered(kind: Frame['kind'], number: number, rest: Uint8Array): Buffer {
  const frame = framed(kind, NUMBER_BYTES + rest.length);
  frame.writeDoubleLE(number, HEADER_BYTES);
  frame.set(rest, HEADER_BYTES + NUMBER_BYTES);
  return frame;
}

function numberBytes(number: number): Buffer {
  const bytes = Buffer.allocUnsafe(NUMBER_BYTES);
  bytes.writeDoubleLE(number);
  return bytes;
}

export function encodeFrame(frame: Frame): Buffer {
  switch (frame.kind) {
    case 'welcome':
      return numbered(frame.kind, frame.durableSeq, Buffer.from(frame.fingerprint));
    case 'submit':
      return numbered(frame.kind, frame.id, encodeRequests([frame.request]));
    case 'committed':
      return numbered(frame.kind, frame.id, numberBytes(frame.seq));
    case 'refused':
      return numbered(frame.kind, frame.id, Uint8Array.of(REFUSALS.indexOf(frame.why)));
    case 'durable':
      return numbered(frame.kind, frame.durableSeq, new Uint8Array(0));
  }
}

/** Thrown for bytes that are no frame: the other end is not of this software. */
class MalformedFrame extends Error {
  override readonly name = 'MalformedFrame';
}

function decodeFrame(bytes: Buffer): Frame {
  const kind = KINDS[bytes.readUInt8(0)];
  const number = bytes.readDoubleLE(1);
  const rest = bytes.subarray(1 + NUMBER_BYTES);
  switch (kind) {
    case 'welcome':
      return { kind, durableSeq: number, fingerprint: rest.toString() };
    case 'submit':
      return { kind, id: number, request: onlyRequest(rest) };
    case 'committed':
      return { kind, id: number, seq: rest.readDoubleLE(0) };
    case 'refused':
      return { kind, id: number, why: refusalOf(rest) };
    case 'durable':
      return { kind, durableSeq: number };
    default:
      throw new MalformedFrame(`no frame has the kind ${bytes.readUInt8(0)}`);
  }
}

function onlyRequest(bytes: Uint8Array): Request {
  const [request] = decodeRequests(bytes, 1);
  if (request === undefined) throw new MalformedFrame('a submission without a request');
  return request;
}

function refusalOf(bytes: Buffer): Refusal {
  const why = REFUSALS[bytes.readUInt8(0)];
  if (why === undefined) throw new MalformedFrame('an unknown refusal');
  return why;
}

/** Puts together what the socket cut up. Throws MalformedFrame, or what a reader of its parts throws. */
export class FrameReader {
  private held: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Frame[] {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    for (;;) {
      const left = this.held.length - at;
      if (left < LENGTH_BYTES) break;
      const length = this.held.readUInt32LE(at);
      if (length < 1 + NUMBER_BYTES || length > MAX_FRAME_BYTES) throw new MalformedFrame(`a frame of ${length} bytes`);
      if (left < LENGTH_BYTES + length) break;
      frames.push(decodeFrame(this.held.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length)));
      at += LENGTH_BYTES + length;
    }
    this.held = this.held.subarray(at);
    return frames;
  }
}
