// Remembers each accepted signature until its request has expired, so that no request is executed twice.

/**
 * Signatures are kept by the slot of time in which they expire. Slots are short, so that the one in use stays in the
 * processor's cache: nearly all callers use the same window, so their requests expire in the order in which they come.
 */
const SLOT_MS = 16;
/** A power of two. Acceptance and expiry lie at most the future tolerance and the maximal window apart: two minutes; this is more. */
const SLOTS = 8192;
const CELLS = 3;
const FIRST_PLACES = 64;

const slotOf = (timeMs: number): number => Math.floor(timeMs / SLOT_MS);

function readUint32(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16) |
    ((bytes[offset + 3] as number) << 24)
  );
}

/** Signatures that expire within the same slot: open addressing over (low, high, keyId). */
class SignatureSet {
  slot = -1;
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
    const { cells, slot } = this;
    for (let cell = 0; cell < cells.length; cell += CELLS) {
      const keyId = cells[cell + 2] as number;
      if (keyId !== 0) found.push({ slot, low: cells[cell] as number, high: cells[cell + 1] as number, keyId });
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
  readonly slot: number;
  readonly low: number;
  readonly high: number;
  readonly keyId: number;
};

function inOrder(a: RememberedSignature, b: RememberedSignature): number {
  return a.slot - b.slot || a.keyId - b.keyId || a.low - b.low || a.high - b.high;
}

/**
 * A signature names its message and key, and Ed25519 as checked here has one form per signer and message, so a copied
 * request has the same bytes. Of them 64 bits beside the key id are kept: no third party can aim at a collision under
 * another's key, and by chance it takes 2^32 live requests of one key.
 */
export class ReplayGuard {
  /** Live sets by slot, modulo SLOTS. */
  readonly #sets: (SignatureSet | undefined)[] = new Array(SLOTS).fill(undefined);
  /** Sets of slots gone by, kept for their room: traffic of one moment is much like that of the next. */
  readonly #spare: SignatureSet[] = [];
  #firstLive = 0;
  /** Room that the newest set has come to need: the next one starts with it. */
  #newest: SignatureSet | undefined;

  /** Remembers a signature until `expiryMs`; false when it is remembered already. `nowMs` ≤ expiryMs is sequenced time. */
  admit(bytes: Uint8Array, signatureStart: number, keyId: number, expiryMs: number, nowMs: number): boolean {
    const slot = slotOf(expiryMs);
    const set = this.#sets[slot & (SLOTS - 1)];
    const live = set !== undefined && set.slot === slot ? set : this.#open(slot, nowMs);
    return live.add(readUint32(bytes, signatureStart), readUint32(bytes, signatureStart + 4), keyId);
  }

  restore({ slot, low, high, keyId }: RememberedSignature): void {
    const set = this.#sets[slot & (SLOTS - 1)] ?? this.#open(slot, 0);
    set.add(low, high, keyId);
  }

  /** What has not expired at `nowMs`, in canonical order. */
  remembered(nowMs: number): RememberedSignature[] {
    const firstSlot = slotOf(nowMs);
    const found: RememberedSignature[] = [];
    for (const set of this.#sets) {
      if (set !== undefined && set.slot >= firstSlot) set.collect(found);
    }
    return found.sort(inOrder);
  }

  #open(slot: number, nowMs: number): SignatureSet {
    this.#retire(slotOf(nowMs));
    const set = this.#spare.pop() ?? new SignatureSet(this.#newest?.places ?? FIRST_PLACES);
    set.slot = slot;
    this.#newest = set;
    this.#sets[slot & (SLOTS - 1)] = set;
    return set;
  }

  /** Only what has gone by since the last time is looked at. */
  #retire(firstSlot: number): void {
    for (let slot = Math.max(this.#firstLive, firstSlot - SLOTS); slot < firstSlot; slot += 1) {
      const set = this.#sets[slot & (SLOTS - 1)];
      if (set === undefined || set.slot >= firstSlot) continue;
      set.clear();
      this.#sets[slot & (SLOTS - 1)] = undefined;
      this.#spare.push(set);
    }
    this.#firstLive = Math.max(this.#firstLive, firstSlot);
  }
}
