// Bytes of a saved history: integers of variable length and texts, the same on every machine and version.

const INITIAL_BYTES = 4096;
const MORE = 0x80;
const SIGN = 0x40;
const FIRST_BITS = 64;
const NEXT_BITS = 128;
const LONGEST_INTEGER = 12;

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
    let rest = Math.floor(magnitude / FIRST_BITS);
    this.bytes[this.length++] = (magnitude % FIRST_BITS) | (value < 0 ? SIGN : 0) | (rest > 0 ? MORE : 0);
    while (rest > 0) {
      const digit = rest % NEXT_BITS;
      rest = Math.floor(rest / NEXT_BITS);
      this.bytes[this.length++] = digit | (rest > 0 ? MORE : 0);
    }
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
    let value = first % FIRST_BITS;
    let scale = FIRST_BITS;
    let more = first >= MORE;
    while (more) {
      const next = this.byte();
      value += (next % NEXT_BITS) * scale;
      scale *= NEXT_BITS;
      more = next >= MORE;
    }
    return (first & SIGN) === 0 ? value : -value;
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
