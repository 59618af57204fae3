// The published table with our policies in it: each takes the recorded need of each wave, market by market, in whole lots, from the same
// drawn winners.
import { allocate, type Winner } from '@glasshouse/core';
import { DELEVERAGE_POLICIES, type DeleveragePolicy } from '@glasshouse/protocol';
import { Random } from '../chance/random.js';
import { type DrawnMarket, drawWave, stepScales } from './draw.js';
import type { RecordedEvent, Taken, Wave } from './recorded-event.js';

const ATOMS_PER_USD = 1_000_000;

export type PolicyResult = Taken & {
  /** Winners who lost something. */
  readonly accounts: number;
  readonly closedLots: number;
};

export type WaveResult = {
  readonly wave: Wave;
  readonly winners: number;
  readonly neededLots: number;
  readonly byPolicy: Readonly<Record<DeleveragePolicy, PolicyResult>>;
};

export type PolicyTotal = {
  readonly takenUsd: number;
  readonly absoluteErrorUsd: number;
  readonly largestShare: number;
  readonly accounts: number | undefined;
};

export type PolicyTable = {
  readonly event: RecordedEvent;
  readonly waves: readonly WaveResult[];
  readonly neededUsd: number;
  readonly totals: Readonly<Record<'production' | 'integerOptimum' | DeleveragePolicy, PolicyTotal>>;
};

function runPolicy(policy: DeleveragePolicy, markets: readonly DrawnMarket[]): PolicyResult {
  let atoms = 0;
  let largestShare = 0;
  let accounts = 0;
  let closedLots = 0;
  for (const { need, winners } of markets) {
    const profits = new Map(winners.map((winner: Winner) => [winner.accountId, winner.profitAtoms]));
    for (const { accountId, lots, takenAtoms } of allocate(policy, need, winners)) {
      atoms += takenAtoms;
      closedLots += lots;
      if (takenAtoms > 0) accounts += 1;
      if (takenAtoms > 0) largestShare = Math.max(largestShare, takenAtoms / (profits.get(accountId) ?? 0));
    }
  }
  return { takenUsd: atoms / ATOMS_PER_USD, largestShare, accounts, closedLots };
}

function eachPolicy<Value>(of: (policy: DeleveragePolicy) => Value): Record<DeleveragePolicy, Value> {
  const entries = DELEVERAGE_POLICIES.map((policy) => [policy, of(policy)] as const);
  return Object.fromEntries(entries) as Record<DeleveragePolicy, Value>;
}

function totalOf(waves: readonly WaveResult[], of: (result: WaveResult) => Taken & { accounts?: number }): PolicyTotal {
  const results = waves.map((one) => ({ needed: one.wave.neededUsd, ...of(one) }));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const counted = results.every(({ accounts }) => accounts !== undefined);
  return {
    takenUsd: sum(results.map(({ takenUsd }) => takenUsd)),
    absoluteErrorUsd: sum(results.map(({ needed, takenUsd }) => Math.abs(takenUsd - needed))),
    largestShare: Math.max(...results.map(({ largestShare }) => largestShare)),
    accounts: counted ? sum(results.map(({ accounts = 0 }) => accounts)) : undefined,
  };
}

/** The seed decides who is drawn; `onWave` hears how many waves are done. */
export function policyTable(
  event: RecordedEvent,
  seed: number,
  onWave: (done: number) => void = () => {},
): PolicyTable {
  const random = new Random(seed);
  const scales = stepScales(event.waves);
  const waves = event.waves.map((wave, place): WaveResult => {
    const markets = drawWave(wave, event.users, scales, random);
    const byPolicy = eachPolicy((policy) => runPolicy(policy, markets));
    onWave(place + 1);
    return {
      wave,
      winners: markets.reduce((sum, { winners }) => sum + winners.length, 0),
      neededLots: markets.reduce((sum, { need }) => sum + need.needLots, 0),
      byPolicy,
    };
  });
  return {
    event,
    waves,
    neededUsd: event.waves.reduce((sum, { neededUsd }) => sum + neededUsd, 0),
    totals: {
      production: totalOf(waves, ({ wave }) => wave.production),
      integerOptimum: totalOf(waves, ({ wave }) => wave.integerOptimum),
      ...eachPolicy((policy) => totalOf(waves, ({ byPolicy }) => byPolicy[policy])),
    },
  };
}
