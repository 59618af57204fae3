// Does something again and again until told to stop; trouble makes it slower, never end.
import { setTimeout as sleep } from 'node:timers/promises';

export type Pace = {
  readonly signal: AbortSignal;
  /** Pause before each turn. */
  readonly pauseMs: () => number;
  readonly onTrouble: (error: unknown) => void;
};

const FIRST_PENALTY_MS = 500;
const MAX_PENALTY_MS = 30_000;

/** False when the signal ended it. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    return false;
  }
  return !signal.aborted;
}

export async function repeat(turn: () => Promise<void>, pace: Pace): Promise<void> {
  let penaltyMs = 0;
  while (await pause(pace.pauseMs() + penaltyMs, pace.signal)) {
    try {
      await turn();
      penaltyMs = 0;
    } catch (error) {
      if (pace.signal.aborted) return;
      penaltyMs = Math.min(Math.max(FIRST_PENALTY_MS, penaltyMs * 2), MAX_PENALTY_MS);
      pace.onTrouble(error);
    }
  }
}

/** Tries until it succeeds; undefined when the signal ended it first. */
export async function eventually<Result>(attempt: () => Promise<Result>, pace: Pace): Promise<Result | undefined> {
  for (let penaltyMs = FIRST_PENALTY_MS; !pace.signal.aborted; penaltyMs = Math.min(penaltyMs * 2, MAX_PENALTY_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (!pace.signal.aborted) pace.onTrouble(error);
      if (!(await pause(penaltyMs, pace.signal))) return undefined;
    }
  }
  return undefined;
}
