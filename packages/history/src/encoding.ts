// Bytes of a saved history: integers of variable length and texts, the same on every machine and version.

const INITIAL_BYTES = 4096;
const MORE = 0x80;
const SIGN = 0x40;
const FIRST_BITS = 6;
const NEXT_BITS = 7;
const FIRST_MASK = 0x3f;
const NEXT_MASK = 0x7f;
const LONGEST_INTEGER = 12;
const REAL_BYTES = 8;
/** What the first four bytes carry: small enough for integer arithmetic. */
const LOW_RANGE = 2 ** (FIRST_BITS + 3 * NEXT_BITS);

export class ByteWriter {
  private bytes = new Uint8Array(INITIAL_BYTES);
  private length = 0;

  private reserve(extra: number): void {
    if (this.length + extra <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + extra));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  /** Any integer that a double holds exactly. */
  integer(value: number): void {
    this.reserve(LONGEST_INTEGER);
    const magnitude = Math.abs(value);
    const low = magnitude % LOW_RANGE;
    const high = (magnitude - low) / LOW_RANGE;
    this.low(low, high > 0, value < 0 ? SIGN : 0);
    if (high > 0) this.high(high);
  }

  private low(value: number, more: boolean, sign: number): void {
    const { bytes } = this;
    let rest = value >>> FIRST_BITS;
    let left = more ? 3 : 0;
    bytes[this.length++] = (value & FIRST_MASK) | sign | (rest > 0 || more ? MORE : 0);
    while (rest > 0 || left > 0) {
      left -= 1;
      const digit = rest & NEXT_MASK;
      rest >>>= NEXT_BITS;
      bytes[this.length++] = digit | (rest > 0 || left > 0 || more ? MORE : 0);
    }
  }

  private high(value: number): void {
    let rest = value;
    while (rest > NEXT_MASK) {
      const digit = rest % (NEXT_MASK + 1);
      rest = (rest - digit) / (NEXT_MASK + 1);
      this.bytes[this.length++] = digit | MORE;
    }
    this.bytes[this.length++] = rest;
  }

  /** Any double, bit for bit. */
  real(value: number): void {
    this.reserve(REAL_BYTES);
    new DataView(this.bytes.buffer).setFloat64(this.length, value);
    this.length += REAL_BYTES;
  }

  text(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.integer(encoded.length);
    this.reserve(encoded.length);
    this.bytes.set(encoded, this.length);
    this.length += encoded.length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Thrown for bytes that `save` did not write: the history is then rebuilt from the log. */
export class UnreadableHistory extends Error {
  override readonly name = 'UnreadableHistory';
}

export class ByteReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  private byte(): number {
    const value = this.bytes[this.position];
    if (value === undefined) throw new UnreadableHistory(`saved history ends at byte ${this.position}`);
    this.position += 1;
    return value;
  }

  integer(): number {
    const first = this.byte();
    let value = first & FIRST_MASK;
    let next = first;
    for (let shift = FIRST_BITS; next >= MORE && shift <= FIRST_BITS + 2 * NEXT_BITS; shift += NEXT_BITS) {
      next = this.byte();
      value |= (next & NEXT_MASK) << shift;
    }
    if (next >= MORE) value += this.high() * LOW_RANGE;
    return (first & SIGN) === 0 ? value : -value;
  }

  private high(): number {
    let value = 0;
    for (let scale = 1; ; scale *= NEXT_MASK + 1) {
      const next = this.byte();
      value += (next & NEXT_MASK) * scale;
      if (next < MORE) return value;
    }
  }

  real(): number {
    const start = this.position;
    if (start + REAL_BYTES > this.bytes.length) throw new UnreadableHistory(`saved history ends at byte ${start}`);
    this.position += REAL_BYTES;
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(start);
  }

  /** A number of things that follow, each at least one byte long. */
  count(): number {
    const value = this.integer();
    if (value < 0 || value > this.bytes.length - this.position) {
      throw new UnreadableHistory(`saved history announces ${value} items at byte ${this.position}`);
    }
    return value;
  }

  text(): string {
    const length = this.count();
    const value = new TextDecoder().decode(this.bytes.subarray(this.position, this.position + length));
    this.position += length;
    return value;
  }

  end(): void {
    if (this.position !== this.bytes.length) throw new UnreadableHistory('saved history has bytes left over');
  }
}
