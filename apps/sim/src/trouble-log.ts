// Trouble in words, once: an exchange that is away for an hour fills no log.

export type Log = (line: string) => void;

const REPEAT_AFTER_MS = 60_000;

export class TroubleLog {
  private readonly lastSaidMs = new Map<string, number>();

  constructor(private readonly log: Log) {}

  report(who: string, error: unknown): void {
    const text = `${who}: ${error instanceof Error ? error.message : String(error)}`;
    const nowMs = performance.now();
    const saidMs = this.lastSaidMs.get(text);
    if (saidMs !== undefined && nowMs - saidMs < REPEAT_AFTER_MS) return;
    this.lastSaidMs.set(text, nowMs);
    this.log(text);
  }
}
