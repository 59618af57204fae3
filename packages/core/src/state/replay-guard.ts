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
  cells = new Int32Array(FIRST_PLACES * CELLS);
  size = 0;
  private mask = FIRST_PLACES - 1;

  clear(second: number): void {
    this.second = second;
    if (this.size > 0) this.cells.fill(0);
    this.size = 0;
  }

  /** False when it was in already. */
  add(low: number, high: number, keyId: number): boolean {
    if (this.size * 2 > this.mask) this.grow();
    const { cells, mask } = this;
    let place = (low ^ Math.imul(keyId, 0x9e3779b1)) & mask;
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
  readonly #buckets: SignatureSet[] = Array.from({ length: BUCKETS }, () => new SignatureSet());

  /** Remembers a signature until `expiryMs`; false when it is remembered already. */
  admit(bytes: Uint8Array, signatureStart: number, keyId: number, expiryMs: number): boolean {
    const low = readUint32(bytes, signatureStart);
    const high = readUint32(bytes, signatureStart + 4);
    return this.restore({ second: Math.floor(expiryMs / 1000), low, high, keyId });
  }

  restore({ second, low, high, keyId }: RememberedSignature): boolean {
    const bucket = this.#buckets[second % BUCKETS] as SignatureSet;
    if (bucket.second !== second) bucket.clear(second);
    return bucket.add(low, high, keyId);
  }

  /** What has not expired at `nowMs`, in canonical order. */
  remembered(nowMs: number): RememberedSignature[] {
    const firstSecond = Math.floor(nowMs / 1000);
    const found: RememberedSignature[] = [];
    for (const { second, cells } of this.#buckets) {
      if (second < firstSecond) continue;
      for (let cell = 0; cell < cells.length; cell += CELLS) {
        const keyId = cells[cell + 2] as number;
        if (keyId !== 0) found.push({ second, low: cells[cell] as number, high: cells[cell + 1] as number, keyId });
      }
    }
    return found.sort(inOrder);
  }
}
