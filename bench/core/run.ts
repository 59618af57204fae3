import { apply, createState, type MakeBook, NaiveBook, type State } from '@glasshouse/core';
import type { Emit, Event } from '@glasshouse/protocol';
import { type Spent, spentOn } from '../spent.js';
import { applyBatches, sequenced } from './log.js';
import type { Workload } from './workload.js';
import type { Yardstick } from './yardstick.js';

export type Contestant = {
  readonly name: string;
  readonly play: (state: State, workload: Workload) => Spent;
  readonly makeBook?: MakeBook;
};

export type Rates = {
  readonly name: string;
  readonly perSecond: number;
  readonly perCpuSecond: number;
  readonly rounds: readonly number[];
};

/** Consumes events as a reader must: looks at each one. */
class EventReader {
  count = 0;
  filledLots = 0;
  readonly read: Emit = (event: Event) => {
    this.count += 1;
    if (event.kind === 'traded') this.filledLots += event.trade.sizeLots;
  };
}

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'events read',
    play: (state, { batches }) => {
      const reader = new EventReader();
      return spentOn(() => applyBatches(state, batches, reader.read));
    },
  },
  { name: 'no listener', play: (state, { batches }) => spentOn(() => applyBatches(state, batches, undefined)) },
  {
    name: 'no listener, naive book',
    makeBook: (pool) => new NaiveBook(pool),
    play: (state, { batches }) => spentOn(() => applyBatches(state, batches, undefined)),
  },
];

function freshState(workload: Workload, makeBook: MakeBook | undefined): State {
  const state = createState(makeBook);
  applyBatches(state, workload.setup, undefined);
  return state;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

export type Entry = Contestant & { readonly workload: Workload };

/** Entries and the yardstick take turns, so that a busy moment of the machine hits each alike. */
export function throughput(entries: readonly Entry[], rounds: number, yardstick: Yardstick): Rates[] {
  const spent = entries.map((): Spent[] => []);
  for (let round = 0; round < rounds; round += 1) {
    yardstick.round();
    for (const [place, { play, makeBook, workload }] of entries.entries()) {
      spent[place]!.push(play(freshState(workload, makeBook), workload));
    }
  }
  return entries.map(({ name, workload }, place) => {
    const rates = spent[place]!.map(({ seconds }) => workload.commands / seconds);
    const cpuRates = spent[place]!.map(({ cpuSeconds }) => workload.commands / cpuSeconds);
    return { name, perSecond: median(rates), perCpuSecond: median(cpuRates), rounds: rates };
  });
}

export type Percentiles = { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };

/** Nanoseconds of each command with its events read, the clock's own cost (its median) taken off. */
export function latency(workload: Workload): Percentiles {
  const state = freshState(workload, undefined);
  const reader = new EventReader();
  const taken = new Float64Array(workload.commands);
  let place = 0;
  for (const batch of workload.batches) {
    for (const command of sequenced(batch)) {
      const began = performance.now();
      apply(state, command, reader.read);
      taken[place] = performance.now() - began;
      place += 1;
    }
  }
  const clock = clockCostMs();
  taken.sort();
  const at = (share: number) =>
    Math.max(0, Math.round((taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]! - clock) * 1e6));
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function clockCostMs(): number {
  const costs = Float64Array.from({ length: 10_000 }, () => {
    const began = performance.now();
    return performance.now() - began;
  }).sort();
  return costs[costs.length / 2]!;
}
