// So many per minute for each caller: a bucket that refills evenly and holds at most one minute's worth.

const MINUTE_MS = 60_000;

type Bucket = { tokens: number; atMs: number };

export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private sweptMs: number;

  /** `perMinute` Infinity never refuses. */
  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number,
  ) {
    this.sweptMs = nowMs();
  }

  /** Takes one token: 0, or the milliseconds until there is one. */
  take(caller: string): number {
    if (this.perMinute === Infinity) return 0;
    const bucket = this.refilled(caller);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil(((1 - bucket.tokens) / this.perMinute) * MINUTE_MS));
    bucket.tokens -= 1;
    return 0;
  }

  /** Milliseconds until the caller has a token; takes none. */
  waitMs(caller: string): number {
    if (this.perMinute === Infinity || !this.buckets.has(caller)) return 0;
    const { tokens } = this.refilled(caller);
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) / this.perMinute) * MINUTE_MS));
  }

  private refilled(caller: string): Bucket {
    const now = this.nowMs();
    this.sweep(now);
    const bucket = this.buckets.get(caller);
    if (bucket === undefined) {
      const fresh = { tokens: this.perMinute, atMs: now };
      this.buckets.set(caller, fresh);
      return fresh;
    }
    const earned = (Math.max(0, now - bucket.atMs) / MINUTE_MS) * this.perMinute;
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + earned);
    bucket.atMs = now;
    return bucket;
  }

  /** Whoever has been silent for a minute has a full bucket, which is what a stranger gets. */
  private sweep(now: number): void {
    if (now - this.sweptMs < MINUTE_MS) return;
    this.sweptMs = now;
    for (const [caller, bucket] of this.buckets) {
      if (now - bucket.atMs >= MINUTE_MS) this.buckets.delete(caller);
    }
  }

  get size(): number {
    return this.buckets.size;
  }
}
