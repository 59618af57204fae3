// How long to wait before the next attempt: doubling, capped, spread out so that clients cut off together do not return together.

export type BackoffOptions = { readonly firstMs: number; readonly maxMs: number };

export class Backoff {
  private failures = 0;

  constructor(private readonly options: BackoffOptions) {}

  /** Between half and all of the current step. */
  nextDelayMs(): number {
    const step = Math.min(this.options.firstMs * 2 ** this.failures, this.options.maxMs);
    this.failures += 1;
    return step * (0.5 + Math.random() / 2);
  }

  reset(): void {
    this.failures = 0;
  }
}
