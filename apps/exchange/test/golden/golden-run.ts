// The golden flow and what it comes to: hashes of what went in, what happened, and what remained.
import { createHash } from 'node:crypto';
import { apply, createState, type State } from '@glasshouse/core';
import { type Event, encodeRequests } from '@glasshouse/protocol';
import {
  CrashHistory,
  GuardHistory,
  RfqHistory,
  RiskHistory,
  StrategyHistory,
  VaultHistory,
} from '@glasshouse/testkit';
import type { TimeUs } from '@glasshouse/units';
import { stateHashOf } from '../../src/state/node-state.js';
import type { TimedRequest } from '../flow/flow-venue.js';
import { seededFlow } from '../flow/seeded-flow.js';
import { Standstill } from './standstill.js';

const GOLDEN_SEED = 2026;
const GOLDEN_REQUESTS = 4_000;
const US_PER_MS = 1000;

export type GoldenRun = {
  readonly requests: readonly TimedRequest[];
  readonly events: readonly Event[];
  readonly state: State;
};

/** A venue of spot markets, asked with real signatures. */
export const spotRun = (): GoldenRun => seededFlow(GOLDEN_SEED, GOLDEN_REQUESTS);

/** A venue with prices, perpetuals and loans. Its requests carry counters for signatures: the core does not look at them. */
export function marginRun(seed = GOLDEN_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new RiskHistory(seed), count);
}

/** One in which everything happens that may. */
const CRASH_SEED = 28;
const VAULT_SEED = 4;

/** A pool without cash for a lender who is liquidated. */
export function standstillRun(): GoldenRun {
  const standstill = new Standstill();
  const state = createState();
  const requests: TimedRequest[] = [];
  const events: Event[] = [];
  for (const request of standstill.requests(state)) {
    const timeUs = (standstill.nowMs * US_PER_MS) as TimeUs;
    requests.push({ timeUs, request });
    apply(state, { seq: state.nextSeq, timeUs, request }, (event) => events.push(event));
  }
  return { requests, events, state };
}

/** The same in crashes, with all that liquidations do. */
export function crashRun(seed = CRASH_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new CrashHistory(seed), count);
}

/** The same with orders that the exchange places slice by slice. */
export function strategyRun(seed = GOLDEN_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new StrategyHistory(seed), count);
}

/** One with margin in which customers guard their withdrawals. */
export function guardRun(seed = GOLDEN_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new GuardHistory(seed), count);
}

/** Of people who pay in and out of accounts that others manage. */
export function vaultRun(seed = VAULT_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new VaultHistory(seed), count);
}

/** The same with much that is traded by asking for quotes. */
export function rfqRun(seed = GOLDEN_SEED, count = GOLDEN_REQUESTS): GoldenRun {
  return runOf(new RfqHistory(seed), count);
}

function runOf(history: RiskHistory, count: number): GoldenRun {
  const state = createState();
  const requests: TimedRequest[] = [];
  const events: Event[] = [];
  while (requests.length < count) {
    const { timeUs, request } = history.next();
    requests.push({ timeUs, request });
    apply(state, { seq: state.nextSeq, timeUs, request }, (event) => {
      events.push(event);
      history.observe(event);
    });
  }
  return { requests, events, state };
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The same for the same content, whatever order its fields were written in. */
function canonical(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, canonical(field)]));
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export function goldenHashes({ requests, events, state }: GoldenRun) {
  const times = requests.map(({ timeUs }) => timeUs).join();
  const bodies = encodeRequests(requests.map(({ request }) => request));
  return {
    requestCount: requests.length,
    requests: sha256(Buffer.concat([Buffer.from(times), bodies])),
    eventCount: events.length,
    events: sha256(JSON.stringify(canonical(JSON.parse(JSON.stringify(events)) as Json))),
    state: stateHashOf(state),
  };
}
