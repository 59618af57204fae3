// What rounds of one plan come to.
import type { Plan, Played } from './measure.js';
import { bitOf, type Recording, TIMERS, type Timer } from './recording.js';
import { latencyRows, type Row, spreadOf, timesOf } from './waits.js';

export type Slices = Row & {
  readonly commands: number;
  readonly touched: number;
  /** Beyond the usual time of the commands that it came before. */
  readonly workMs: number;
  readonly usEach: number;
};

/** Commands by themselves and with what they wait for. */
export type Figures = { readonly alone: Row; readonly slices: readonly Slices[]; readonly latencies: readonly Row[] };

export type Measured = {
  readonly plan: Plan;
  readonly rounds: readonly Omit<Played, 'recording'>[];
  /** One round as it was. */
  readonly asItWas: Figures;
  /** Each command at its least. */
  readonly atLeast: Figures;
};

function slicesOf(recording: Recording, timer: Timer, usualMs: number): Slices {
  const times = timesOf(recording, bitOf(timer));
  const touched = recording.touched[timer];
  const workMs = times.reduce((sum, milliseconds) => sum + milliseconds - usualMs, 0);
  const usEach = touched === 0 ? 0 : (workMs * 1000) / touched;
  return { name: timer, ...spreadOf(times), commands: times.length, touched, workMs, usEach };
}

function figuresOf(recording: Recording, rate: number): Figures {
  const alone = { name: 'no timer', ...spreadOf(timesOf(recording, 0)) };
  const slices = TIMERS.map((timer) => slicesOf(recording, timer, alone.p50));
  return { alone, slices, latencies: latencyRows(recording, 1000 / rate) };
}

/** Takes rounds one by one, so that only the least times are kept. */
export function measure(plan: Plan, rounds: number, play: (plan: Plan) => Played): Measured {
  const first = play(plan);
  const asItWas = figuresOf(first.recording, plan.rate);
  const played = [first];
  for (let round = 1; round < rounds; round += 1) {
    const next = play(plan);
    first.recording.lower(next.recording);
    played.push(next);
  }
  const each = played.map(({ recording, ...rest }) => rest);
  return { plan, rounds: each, asItWas, atLeast: figuresOf(first.recording, plan.rate) };
}
