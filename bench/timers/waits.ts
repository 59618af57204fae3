// What the measured times mean for who sends commands at a steady rate: each waits for those before it to be done.
import { bitOf, type Recording, TIMERS } from './recording.js';

export type Spread = {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
  /** Share that waited less than the goal. */
  readonly within: number;
};

const GOAL_MS = 5;
const ALL_BITS = TIMERS.reduce((bits, timer) => bits | bitOf(timer), 0);

export function spreadOf(values: Float64Array): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const within = sorted.findIndex((value) => value >= GOAL_MS);
  return {
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
    within: within === -1 ? 1 : within / sorted.length,
  };
}

/** Times of the commands before which any of these timers worked, or none did for 0. */
export function timesOf({ milliseconds, workedBits }: Recording, bits: number): Float64Array {
  return milliseconds.filter((_, place) => {
    const worked = workedBits[place] ?? 0;
    return bits === 0 ? worked === 0 : (worked & bits) !== 0;
  });
}

/** From arrival to the end of its own work. Commands before which a timer in `without` worked take the usual time instead. */
function latencies(recording: Recording, everyMs: number, without: number, usualMs: number): Float64Array {
  let waitMs = 0;
  return recording.milliseconds.map((milliseconds, place) => {
    const left = ((recording.workedBits[place] ?? 0) & without) === 0 ? milliseconds : usualMs;
    const latencyMs = waitMs + left;
    waitMs = Math.max(0, latencyMs - everyMs);
    return latencyMs;
  });
}

export type Row = { readonly name: string } & Spread;

export function latencyRows(recording: Recording, everyMs: number): Row[] {
  const usualMs = spreadOf(timesOf(recording, 0)).p50;
  const row = (name: string, without: number): Row => ({
    name,
    ...spreadOf(latencies(recording, everyMs, without, usualMs)),
  });
  return [
    row('all timers', 0),
    ...TIMERS.map((timer) => row(`without ${timer}`, bitOf(timer))),
    row('no timer', ALL_BITS),
  ];
}
