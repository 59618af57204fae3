// The newest frames of a stream, for whoever comes back after a break. Bounded by stream and over all streams.

/** Shared by all streams of a gateway. */
export class KeptBudget {
  bytes = 0;

  constructor(
    readonly maxBytes: number,
    readonly maxStreamBytes: number,
  ) {}
}

export class KeptFrames {
  private frames: Buffer[] = [];
  /** In `frames`; those before it are gone, and cut off now and then. */
  private oldest = 0;
  /** Number of the newest frame that is gone. */
  private gone = 0;
  private bytes = 0;

  constructor(private readonly budget: KeptBudget) {}

  /** Frames that have been added; the newest one has this number. */
  get count(): number {
    return this.gone + this.frames.length - this.oldest;
  }

  add(frame: Buffer): void {
    this.frames.push(frame);
    this.weigh(frame.length);
    const { budget } = this;
    while (this.bytes > 0 && (this.bytes > budget.maxStreamBytes || budget.bytes > budget.maxBytes)) this.dropOldest();
  }

  /** Those after the one with this number, oldest first; undefined when some of them are gone, or it never was. */
  after(number: number): readonly Buffer[] | undefined {
    if (number < this.gone || number > this.count) return undefined;
    return this.frames.slice(this.oldest + number - this.gone);
  }

  drop(): void {
    while (this.bytes > 0) this.dropOldest();
  }

  private dropOldest(): void {
    this.weigh(-(this.frames[this.oldest]?.length ?? 0));
    this.oldest += 1;
    this.gone += 1;
    if (this.oldest * 2 <= this.frames.length) return;
    this.frames = this.frames.slice(this.oldest);
    this.oldest = 0;
  }

  private weigh(bytes: number): void {
    this.bytes += bytes;
    this.budget.bytes += bytes;
  }
}
