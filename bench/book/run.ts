import { FastBook, NaiveBook } from '@glasshouse/core';
import type { Entrant } from './contestant.js';
import { type Flow, shares } from './flow.js';
import { lobsterFlow } from './lobster-flow.js';
import { type Latency, latencies, type Throughput, throughput } from './measure.js';
import { NpmContestant } from './npm-contestant.js';
import { PoolContestant } from './pool-contestant.js';
import { syntheticFlow } from './synthetic-flow.js';

export interface BookBenchOptions {
  readonly seed: number;
  readonly messages: number;
  readonly resting: number;
  readonly meanDistance: number;
  readonly rounds: number;
  /** Peers play this much of the flow at most: they are slower by orders of magnitude. */
  readonly peerMessages: number;
  /** LOBSTER message file to play instead of the synthetic flow. */
  readonly lobster?: string | undefined;
  readonly peers: boolean;
}

export interface BookBenchResult {
  readonly opening: number;
  readonly messages: number;
  readonly shares: ReturnType<typeof shares>;
  readonly throughput: readonly (Throughput & { readonly agrees: boolean })[];
  readonly latencies: readonly Latency[];
}

export const bookBenchDefaults: BookBenchOptions = {
  seed: 1,
  messages: 2_000_000,
  resting: 10_000,
  meanDistance: 30,
  rounds: 7,
  peerMessages: 100_000,
  peers: true,
};

const FAST: Entrant = { name: 'FastBook', create: () => new PoolContestant((pool) => new FastBook(pool)) };
const NAIVE: Entrant = { name: 'NaiveBook', create: () => new PoolContestant((pool) => new NaiveBook(pool)) };
const NPM: Entrant = { name: 'nodejs-order-book', create: (flow) => new NpmContestant(flow) };

export function runBookBench(given: Partial<BookBenchOptions> = {}): BookBenchResult {
  const options = { ...bookBenchDefaults, ...given };
  const flow: Flow = options.lobster === undefined ? syntheticFlow(options) : lobsterFlow(options.lobster);
  const messages = flow.length - flow.opening;
  const peerMessages = Math.min(messages, options.peerMessages);
  const peers = options.peers ? [NAIVE, NPM].map((entrant) => ({ ...entrant, messages: peerMessages })) : [];
  const measured = throughput(flow, [{ ...FAST, messages }, ...peers], options.rounds);
  return {
    opening: flow.opening,
    messages,
    shares: shares(flow),
    throughput: measured.map((result) => ({ ...result, agrees: agrees(flow, result) })),
    latencies: latencies(flow, FAST),
  };
}

/** Whether the fast book, after the same messages, has matched and kept the same. */
function agrees(flow: Flow, { messages, filledLots, restingOrders }: Throughput): boolean {
  const contestant = FAST.create(flow);
  contestant.play(flow, 0, flow.opening + messages);
  return contestant.filledLots === filledLots && contestant.restingOrders === restingOrders;
}
