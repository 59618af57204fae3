// How far a log is durable, as its writer tells those who follow it.

type Waiting = { readonly seq: number; readonly resolve: (covered: boolean) => void };

export class DurableReach {
  private waiting: Waiting[] = [];
  private closed = false;

  /** Everything below `durableSeq` is durable. */
  constructor(private reached = 0) {}

  get durableSeq(): number {
    return this.reached;
  }

  advance(durableSeq: number): void {
    this.reached = Math.max(this.reached, durableSeq);
    this.settle();
  }

  /** Whoever waits for more is told that there will be none. */
  close(): void {
    this.closed = true;
    this.settle();
  }

  /** True once everything below `seq` is durable; false when the reach was closed before that. */
  covers(seq: number): Promise<boolean> {
    if (this.closed || this.reached >= seq) return Promise.resolve(this.reached >= seq);
    return new Promise((resolve) => {
      this.waiting.push({ seq, resolve });
    });
  }

  private settle(): void {
    const { waiting, reached } = this;
    if (waiting.length === 0) return;
    this.waiting = this.closed ? [] : waiting.filter(({ seq }) => seq > reached);
    for (const { seq, resolve } of waiting) {
      if (this.closed || seq <= reached) resolve(reached >= seq);
    }
  }
}
