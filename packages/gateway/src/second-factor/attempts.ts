// How often codes may be guessed. A code has a million values and three are good at any time: after five wrong ones in a row
// the customer waits, twice as long with every other, and right ones are not looked at meanwhile.
const FREE = 5;
const FIRST_WAIT_MS = 300_000;
const LONGEST_WAIT_MS = 86_400_000;

type Failures = { readonly count: number; readonly untilMs: number };

function waitMs(count: number): number {
  let wait = FIRST_WAIT_MS;
  for (let more = count - FREE; more > 0 && wait < LONGEST_WAIT_MS; more -= 1) wait *= 2;
  return count < FREE ? 0 : Math.min(wait, LONGEST_WAIT_MS);
}

export class Attempts {
  readonly #failures = new Map<number, Failures>();

  /** Counts an attempt as a failure until it has succeeded, so that many at once are no way around: 0, or how long to wait. */
  begin(customerId: number, nowMs: number): number {
    const { count, untilMs } = this.#failures.get(customerId) ?? { count: 0, untilMs: 0 };
    if (nowMs < untilMs) return untilMs - nowMs;
    this.#failures.set(customerId, { count: count + 1, untilMs: nowMs + waitMs(count + 1) });
    return 0;
  }

  succeed(customerId: number): void {
    this.#failures.delete(customerId);
  }
}
