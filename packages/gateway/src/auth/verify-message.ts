// What travels to a verifying worker and back: many signatures in one message, because a message costs as much as half a check.
// One job: 32 bytes key, 64 bytes signature, number of texts (u16), then each text as length (u32) and bytes. Little-endian.
// One answer: the place of the text that the signature fits (u16), or NO_MATCH.

export type VerifyJob = {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  /** Texts that the caller may have signed, most likely first. */
  readonly texts: readonly Uint8Array[];
};

export type VerifyRequest = { readonly id: number; readonly count: number; readonly jobs: ArrayBuffer };
export type VerifyReply = { readonly id: number; readonly matches: Uint16Array<ArrayBuffer> };

export const NO_MATCH = 0xffff;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;
const FIXED_BYTES = KEY_BYTES + SIGNATURE_BYTES + COUNT_BYTES;

function jobBytes(job: VerifyJob): number {
  return job.texts.reduce((sum, text) => sum + LENGTH_BYTES + text.length, FIXED_BYTES);
}

function writeJob(job: VerifyJob, target: Uint8Array, view: DataView, start: number): number {
  target.set(job.publicKey, start);
  target.set(job.signature, start + KEY_BYTES);
  view.setUint16(start + KEY_BYTES + SIGNATURE_BYTES, job.texts.length, true);
  let offset = start + FIXED_BYTES;
  for (const text of job.texts) {
    view.setUint32(offset, text.length, true);
    target.set(text, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + text.length;
  }
  return offset;
}

export function packJobs(jobs: readonly VerifyJob[]): ArrayBuffer {
  const buffer = new ArrayBuffer(jobs.reduce((sum, job) => sum + jobBytes(job), 0));
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  let offset = 0;
  for (const job of jobs) offset = writeJob(job, bytes, view, offset);
  return buffer;
}

/** The jobs as views into the message. */
export function* unpackJobs(buffer: ArrayBuffer, count: number): Generator<VerifyJob> {
  const view = new DataView(buffer);
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const publicKey = new Uint8Array(buffer, offset, KEY_BYTES);
    const signature = new Uint8Array(buffer, offset + KEY_BYTES, SIGNATURE_BYTES);
    const textCount = view.getUint16(offset + KEY_BYTES + SIGNATURE_BYTES, true);
    offset += FIXED_BYTES;
    const texts: Uint8Array[] = [];
    for (let text = 0; text < textCount; text += 1) {
      const length = view.getUint32(offset, true);
      texts.push(new Uint8Array(buffer, offset + LENGTH_BYTES, length));
      offset += LENGTH_BYTES + length;
    }
    yield { publicKey, signature, texts };
  }
}
