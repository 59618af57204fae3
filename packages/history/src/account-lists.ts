// Which slots of a table belong to which account, oldest to newest. Bounded per account, so that a busy account pushes out
// only its own past, and in total, so that many accounts cannot exhaust memory.

const NONE = -1;
const INITIAL_SLOTS = 64;

type Ends = { oldest: number; newest: number; count: number };

export type ListBounds = { readonly perAccount: number; readonly total: number };

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length * 2);
  next.set(column);
  return next;
}

export class AccountLists {
  private readonly accounts = new Map<number, Ends>();
  private older = new Int32Array(INITIAL_SLOTS);
  private newer = new Int32Array(INITIAL_SLOTS);
  /** Neighbours across all accounts, in the order of arrival. */
  private before = new Int32Array(INITIAL_SLOTS);
  private after = new Int32Array(INITIAL_SLOTS);
  private owner = new Float64Array(INITIAL_SLOTS);
  private readonly free: number[] = [];
  private used = 0;
  private total = 0;
  private firstOfAll = NONE;
  private lastOfAll = NONE;

  constructor(
    private readonly bounds: ListBounds,
    /** Called before a slot is given up. */
    private readonly onEvict: (slot: number) => void = () => undefined,
  ) {}

  /** A slot for the account's newest row; the oldest of the account, or of all, gives way when a bound is reached. */
  append(accountId: number): number {
    if ((this.accounts.get(accountId)?.count ?? 0) >= this.bounds.perAccount) this.evict(this.oldest(accountId));
    else if (this.total >= this.bounds.total) this.evict(this.firstOfAll);
    const slot = this.free.pop() ?? this.nextUnused();
    this.linkToAccount(slot, accountId);
    this.linkToAll(slot);
    return slot;
  }

  private nextUnused(): number {
    if (this.used === this.older.length) {
      this.older = grown(this.older);
      this.newer = grown(this.newer);
      this.before = grown(this.before);
      this.after = grown(this.after);
      const owner = new Float64Array(this.owner.length * 2);
      owner.set(this.owner);
      this.owner = owner;
    }
    this.used += 1;
    return this.used - 1;
  }

  private linkToAccount(slot: number, accountId: number): void {
    let ends = this.accounts.get(accountId);
    if (ends === undefined) {
      ends = { oldest: NONE, newest: NONE, count: 0 };
      this.accounts.set(accountId, ends);
    }
    this.owner[slot] = accountId;
    this.older[slot] = ends.newest;
    this.newer[slot] = NONE;
    if (ends.newest === NONE) ends.oldest = slot;
    else this.newer[ends.newest] = slot;
    ends.newest = slot;
    ends.count += 1;
  }

  private linkToAll(slot: number): void {
    this.before[slot] = this.lastOfAll;
    this.after[slot] = NONE;
    if (this.lastOfAll === NONE) this.firstOfAll = slot;
    else this.after[this.lastOfAll] = slot;
    this.lastOfAll = slot;
    this.total += 1;
  }

  private evict(slot: number): void {
    this.onEvict(slot);
    const ends = this.accounts.get(this.owner[slot] as number) as Ends;
    const newer = this.newer[slot] as number;
    ends.oldest = newer;
    ends.count -= 1;
    if (newer === NONE) this.accounts.delete(this.owner[slot] as number);
    else this.older[newer] = NONE;
    this.unlinkFromAll(slot);
    this.free.push(slot);
  }

  private unlinkFromAll(slot: number): void {
    const before = this.before[slot] as number;
    const after = this.after[slot] as number;
    if (before === NONE) this.firstOfAll = after;
    else this.after[before] = after;
    if (after === NONE) this.lastOfAll = before;
    else this.before[after] = before;
    this.total -= 1;
  }

  private oldest(accountId: number): number {
    return this.accounts.get(accountId)?.oldest ?? NONE;
  }

  get size(): number {
    return this.total;
  }

  ownerOf(slot: number): number {
    return this.owner[slot] as number;
  }

  /** Slots of the account from the newest to the oldest. */
  *newestFirst(accountId: number): Generator<number> {
    let slot = this.accounts.get(accountId)?.newest ?? NONE;
    while (slot !== NONE) {
      yield slot;
      slot = this.older[slot] as number;
    }
  }

  *oldestFirst(accountId: number): Generator<number> {
    let slot = this.oldest(accountId);
    while (slot !== NONE) {
      yield slot;
      slot = this.newer[slot] as number;
    }
  }

  /** Every slot in order of arrival. */
  *all(): Generator<number> {
    for (let slot = this.firstOfAll; slot !== NONE; slot = this.after[slot] as number) yield slot;
  }
}
