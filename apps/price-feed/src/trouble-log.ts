// Trouble in words, once: what is away for an hour fills no log.
import type { Log } from './quote.js';

const REPEAT_AFTER_MS = 60_000;
/** Texts may carry what the other side says: only so many are remembered. */
const MOST_REMEMBERED = 1_000;

/** Some errors say only that something failed, and their cause what it was. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

export class TroubleLog {
  private readonly lastSaidMs = new Map<string, number>();

  constructor(private readonly log: Log) {}

  report(who: string, error: unknown): void {
    const text = `${who}: ${wordsOf(error)}`;
    const nowMs = performance.now();
    const saidMs = this.lastSaidMs.get(text);
    if (saidMs !== undefined && nowMs - saidMs < REPEAT_AFTER_MS) return;
    if (this.lastSaidMs.size >= MOST_REMEMBERED) this.lastSaidMs.clear();
    this.lastSaidMs.set(text, nowMs);
    this.log(text);
  }
}
