// Canonical bytes, little-endian: the same state gives the same bytes however it was reached.
import { assert } from '@glasshouse/units';
import type { Column } from '../state/columns.js';

const FIRST_CAPACITY = 1024;

/** Columns are copied as they lie in memory; every platform that runs this is little-endian. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

export class SnapshotWriter {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor() {
    assert(LITTLE_ENDIAN, 'snapshots are little-endian');
  }

  #room(more: number): number {
    const start = this.#length;
    const needed = start + more;
    if (needed > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      wider.set(this.#bytes.subarray(0, start));
      this.#bytes = wider;
      this.#view = new DataView(wider.buffer);
    }
    this.#length = needed;
    return start;
  }

  number(value: number): void {
    const start = this.#room(8);
    this.#view.setFloat64(start, value, true);
  }

  /** Values `from`..`to` inclusive of a column. */
  column(column: Column, from: number, to: number): void {
    const part = column.subarray(from, to + 1);
    const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    const start = this.#room(bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** Text as UTF-16 code units behind its length. */
  text(text: string): void {
    this.number(text.length);
    const start = this.#room(text.length * 2);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      this.#bytes[start + index * 2] = code & 0xff;
      this.#bytes[start + index * 2 + 1] = code >> 8;
    }
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
