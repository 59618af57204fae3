// Remembers each accepted signature until its request has expired, so that no request is executed twice.

/** Longest time between acceptance and expiry is the future tolerance plus the maximal window: two minutes with room. */
const BUCKETS = 256;
const CELLS = 3;
const FIRST_PLACES = 256;

function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16) |
    ((bytes[offset + 3] as number) << 24)
  );
}

/** Signatures that expire within the same second: open addressing over (low, high, keyId). */
class SignatureSet {
  second = -1;
  cells: Int32Array;
  size = 0;
  private mask: number;

  constructor(places: number) {
    this.cells = new Int32Array(places * CELLS);
    this.mask = places - 1;
  }

  get places(): number {
    return this.mask + 1;
  }

  clear(): void {
    this.cells.fill(0);
    this.size = 0;
  }

  collect(found: RememberedSignature[]): void {
    const { cells, second } = this;
    for (let cell = 0; cell < cells.length; cell += CELLS) {
      const keyId = cells[cell + 2] as number;
      if (keyId !== 0) found.push({ second, low: cells[cell] as number, high: cells[cell + 1] as number, keyId });
    }
  }

  /** False when it was in already. */
  add(low: number, high: number, keyId: number): boolean {
    if (this.size * 2 > this.mask) this.grow();
    const { cells, mask } = this;
    let place = (low ^ (high >>> 3) ^ Math.imul(keyId, 0x9e3779b1)) & mask;
    for (; cells[place * CELLS + 2] !== 0; place = (place + 1) & mask) {
      const cell = place * CELLS;
      if (cells[cell] === low && cells[cell + 1] === high && cells[cell + 2] === keyId) return false;
    }
    cells[place * CELLS] = low;
    cells[place * CELLS + 1] = high;
    cells[place * CELLS + 2] = keyId;
    this.size += 1;
    return true;
  }

  private grow(): void {
    const old = this.cells;
    this.cells = new Int32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    this.size = 0;
    for (let cell = 0; cell < old.length; cell += CELLS) {
      if (old[cell + 2] !== 0) this.add(old[cell] as number, old[cell + 1] as number, old[cell + 2] as number);
    }
  }
}

export type RememberedSignature = {
  readonly second: number;
  readonly low: number;
  readonly high: number;
  readonly keyId: number;
};

function inOrder(a: RememberedSignature, b: RememberedSignature): number {
  return a.second - b.second || a.keyId - b.keyId || a.low - b.low || a.high - b.high;
}

/**
 * A signature names its message and key, and Ed25519 as checked here has one form per signer and message, so a copied
 * request has the same bytes. Of them 64 bits beside the key id are kept: no third party can aim at a collision under
 * another's key, and by chance it takes 2^32 live requests of one key.
 */
export class ReplayGuard {
  /** Live sets by the second in which they expire, modulo BUCKETS. */
  readonly #buckets: (SignatureSet | undefined)[] = new Array(BUCKETS).fill(undefined);
  /** Sets of seconds gone by, kept for their room: traffic of one second is much like that of the next. */
  readonly #spare: SignatureSet[] = [];
  #lastOpened: SignatureSet | undefined;

  /** Remembers a signature until `expiryMs`; false when it is remembered already. `nowMs` ≤ expiryMs is sequenced time. */
  admit(bytes: Uint8Array, signatureStart: number, keyId: number, expiryMs: number, nowMs: number): boolean {
    const second = Math.floor(expiryMs / 1000);
    const bucket = this.#buckets[second % BUCKETS];
    const live = bucket !== undefined && bucket.second === second ? bucket : this.#open(second, nowMs);
    return live.add(readUint32(bytes, signatureStart), readUint32(bytes, signatureStart + 4), keyId);
  }

  restore({ second, low, high, keyId }: RememberedSignature): void {
    const bucket = this.#buckets[second % BUCKETS] ?? this.#open(second, 0);
    bucket.add(low, high, keyId);
  }

  /** What has not expired at `nowMs`, in canonical order. */
  remembered(nowMs: number): RememberedSignature[] {
    const firstSecond = Math.floor(nowMs / 1000);
    const found: RememberedSignature[] = [];
    for (const bucket of this.#buckets) {
      if (bucket !== undefined && bucket.second >= firstSecond) bucket.collect(found);
    }
    return found.sort(inOrder);
  }

  #open(second: number, nowMs: number): SignatureSet {
    this.#retire(Math.floor(nowMs / 1000));
    const bucket = this.#spare.pop() ?? new SignatureSet(this.#lastOpened?.places ?? FIRST_PLACES);
    this.#lastOpened = bucket;
    bucket.second = second;
    this.#buckets[second % BUCKETS] = bucket;
    return bucket;
  }

  #retire(firstSecond: number): void {
    for (let index = 0; index < BUCKETS; index += 1) {
      const bucket = this.#buckets[index];
      if (bucket === undefined || bucket.second >= firstSecond) continue;
      bucket.clear();
      this.#buckets[index] = undefined;
      this.#spare.push(bucket);
    }
  }
}
