import { spentOn } from '../spent.js';
import type { Contestant, Entrant } from './contestant.js';
import { type Flow, KIND_NAMES } from './flow.js';

export interface Throughput {
  readonly name: string;
  readonly messages: number;
  /** Median of the rounds. */
  readonly messagesPerSecond: number;
  /** The same of processor time. */
  readonly messagesPerCpuSecond: number;
  readonly rounds: readonly number[];
  readonly filledLots: number;
  readonly restingOrders: number;
}

export interface Latency {
  readonly kind: string;
  readonly count: number;
  readonly nanoseconds: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
}

interface Round {
  readonly messagesPerSecond: number;
  readonly messagesPerCpuSecond: number;
  readonly contestant: Contestant;
}

/** Rounds of all entrants by turns, so that a busy moment of the machine hits each alike. */
export function throughput(
  flow: Flow,
  entrants: readonly (Entrant & { messages: number })[],
  rounds: number,
): Throughput[] {
  const results = entrants.map((): Round[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, entrant] of entrants.entries()) results[place]!.push(playRound(flow, entrant));
  }
  return entrants.map(({ name, messages }, place) => {
    const played = results[place]!;
    const rates = played.map((round) => round.messagesPerSecond);
    const cpuRates = played.map((round) => round.messagesPerCpuSecond);
    const { filledLots, restingOrders } = played.at(-1)!.contestant;
    return {
      name,
      messages,
      messagesPerSecond: quantile(rates, 0.5),
      messagesPerCpuSecond: quantile(cpuRates, 0.5),
      rounds: rates,
      filledLots,
      restingOrders,
    };
  });
}

function playRound(flow: Flow, entrant: Entrant & { messages: number }): Round {
  const contestant = entrant.create(flow);
  contestant.play(flow, 0, flow.opening);
  const { seconds, cpuSeconds } = spentOn(() => contestant.play(flow, flow.opening, flow.opening + entrant.messages));
  return {
    messagesPerSecond: entrant.messages / seconds,
    messagesPerCpuSecond: entrant.messages / cpuSeconds,
    contestant,
  };
}

/** Each message timed by itself, the clock's own cost (its median) taken off. */
export function latencies(flow: Flow, entrant: Entrant): Latency[] {
  const contestant = entrant.create(flow);
  contestant.play(flow, 0, flow.opening);
  const taken = new Float64Array(flow.length - flow.opening);
  for (let n = 0; n < taken.length; n++) {
    const begin = performance.now();
    contestant.play(flow, flow.opening + n, flow.opening + n + 1);
    taken[n] = (performance.now() - begin) * 1e6;
  }
  const clock = clockCost();
  return KIND_NAMES.flatMap((kind, code) => {
    const ofKind = taken
      .filter((_time, n) => flow.kind[flow.opening + n] === code)
      .map((time) => Math.max(0, time - clock));
    return ofKind.length === 0 ? [] : [{ kind, count: ofKind.length, nanoseconds: percentiles(ofKind) }];
  });
}

function clockCost(): number {
  const costs = new Float64Array(10_000);
  for (let n = 0; n < costs.length; n++) {
    const begin = performance.now();
    costs[n] = (performance.now() - begin) * 1e6;
  }
  return quantile(costs, 0.5);
}

function percentiles(times: Float64Array): Latency['nanoseconds'] {
  const at = (q: number) => Math.round(quantile(times, q));
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}

function quantile(values: Iterable<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]!;
}
