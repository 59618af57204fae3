import type { Column } from '../state/columns.js';

/** The bytes are no snapshot of this format: a checksum should have told before. */
export class SnapshotDamaged extends Error {
  override readonly name = 'SnapshotDamaged';
}

/** Code units made into text at once: one by one, a million keys would be twenty million joints. */
const CHUNK = 4096;

export class SnapshotReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #take(length: number): number {
    const start = this.#position;
    if (!(length >= 0 && start + length <= this.#bytes.length)) throw new SnapshotDamaged(`cut off at byte ${start}`);
    this.#position = start + length;
    return start;
  }

  number(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  count(): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < 0 || value > this.#bytes.length) {
      throw new SnapshotDamaged(`count ${value} at byte ${this.#position - 8}`);
    }
    return value;
  }

  /** Fills values `from`..`to` inclusive of a column. */
  column(column: Column, from: number, to: number): void {
    const target = column.subarray(from, to + 1);
    const start = this.#take(target.byteLength);
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    bytes.set(this.#bytes.subarray(start, start + target.byteLength));
  }

  text(): string {
    const length = this.count();
    const start = this.#take(length * 2);
    let text = '';
    for (let from = 0; from < length; from += CHUNK) {
      const codes = new Uint16Array(Math.min(CHUNK, length - from));
      const first = start + from * 2;
      new Uint8Array(codes.buffer).set(this.#bytes.subarray(first, first + codes.length * 2));
      text += String.fromCharCode(...codes);
    }
    return text;
  }

  get atEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  finish(): void {
    if (!this.atEnd) throw new SnapshotDamaged(`bytes left over at ${this.#position}`);
  }
}
