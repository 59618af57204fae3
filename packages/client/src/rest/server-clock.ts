// The exchange's clock as seen from here: signatures are dated by it, so a wrong local clock does no harm.

type Sample = { readonly offsetMs: number; readonly roundTripMs: number };

const SAMPLES = 3;

export class ServerClock {
  private offsetMs = 0;
  private syncing: Promise<void> | undefined;
  private synced = false;

  /** `readServerMs` asks the exchange for its time in milliseconds. */
  constructor(private readonly readServerMs: () => Promise<number>) {}

  nowMs(): number {
    return Date.now() + Math.round(this.offsetMs);
  }

  /** Measures once; later calls return at once until `invalidate`. Concurrent calls share one measurement. */
  async ready(): Promise<void> {
    if (this.synced) return;
    this.syncing ??= this.measure().finally(() => {
      this.syncing = undefined;
    });
    await this.syncing;
  }

  /** The exchange said that a timestamp was off: measure again before the next signature. */
  invalidate(): void {
    this.synced = false;
  }

  /** The sample with the shortest round trip bounds the error best. */
  private async measure(): Promise<void> {
    let best = await this.sample();
    for (let count = 1; count < SAMPLES; count += 1) {
      const next = await this.sample();
      if (next.roundTripMs < best.roundTripMs) best = next;
    }
    this.offsetMs = best.offsetMs;
    this.synced = true;
  }

  private async sample(): Promise<Sample> {
    const sentMs = Date.now();
    const startMs = performance.now();
    const serverMs = await this.readServerMs();
    const roundTripMs = performance.now() - startMs;
    return { offsetMs: serverMs - sentMs - roundTripMs / 2, roundTripMs };
  }
}
