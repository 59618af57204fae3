// When each recorded update is due at a multiple of real speed, and how late it was.
import { setImmediate as answersIn, setTimeout as sleep } from 'node:timers/promises';

const US_PER_MS = 1_000;
const MS_PER_SECOND = 1_000;

export class Schedule {
  worstLagMs = 0;
  /** From the first update that was due to `end`, pauses left out. */
  playedSeconds = 0;
  #firstUs = -1;
  #startMs = 0;
  #pausedMs = 0;

  constructor(private readonly speed: number) {}

  /** Waits until the update of this recorded time is due; when it is late, only for answers that have come already. */
  async due(timeUs: number): Promise<void> {
    if (this.#firstUs < 0) {
      this.#firstUs = timeUs;
      this.#startMs = performance.now();
    }
    const waitMs = this.#dueMs(timeUs) - performance.now();
    this.worstLagMs = Math.max(this.worstLagMs, -waitMs);
    await (waitMs >= 1 ? sleep(waitMs) : answersIn());
  }

  end(): void {
    this.playedSeconds = (performance.now() - this.#startMs - this.#pausedMs) / MS_PER_SECOND;
  }

  /** Time in which the feed stands still, such as a comparison. */
  async pause(work: () => Promise<void>): Promise<void> {
    const began = performance.now();
    await work();
    this.#pausedMs += performance.now() - began;
  }

  #dueMs(timeUs: number): number {
    return this.#startMs + this.#pausedMs + (timeUs - this.#firstUs) / US_PER_MS / this.speed;
  }
}
