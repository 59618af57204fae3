// How far the history database has come, and who waits for it.

type Waiting = { readonly seq: number; readonly resolve: (stored: boolean) => void; readonly timer: NodeJS.Timeout };

export class StoredReach {
  /** Everything below it is in the tables. */
  private storedSeq = 0;
  private waiting = new Set<Waiting>();

  /** It may also go back, when a database has lost its last moments. */
  set(seq: number): void {
    this.storedSeq = seq;
    for (const one of this.waiting) if (one.seq <= seq) this.settle(one, true);
  }

  get seq(): number {
    return this.storedSeq;
  }

  /** Whoever waits is told that it will not come soon. */
  giveUp(): void {
    for (const one of this.waiting) this.settle(one, false);
  }

  private settle(one: Waiting, stored: boolean): void {
    clearTimeout(one.timer);
    this.waiting.delete(one);
    one.resolve(stored);
  }

  /** False when it has not come in time. */
  covers(seq: number, patienceMs: number): Promise<boolean> {
    if (this.storedSeq >= seq) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(one, false), patienceMs);
      const one: Waiting = { seq, resolve, timer };
      this.waiting.add(one);
    });
  }
}
