// Random histories played through the real core.
import { apply, createState } from '@glasshouse/core';
import { type Committed, DEFAULT_BOUNDS, MemoryHistory } from '@glasshouse/history';
import type { Event } from '@glasshouse/protocol';
import {
  CrashHistory,
  GuardHistory,
  RandomHistory,
  RfqHistory,
  RiskHistory,
  StrategyHistory,
  VaultHistory,
} from '@glasshouse/testkit';

export const SOURCES = {
  spot: RandomHistory,
  risk: RiskHistory,
  crash: CrashHistory,
  rfq: RfqHistory,
  strategy: StrategyHistory,
  vault: VaultHistory,
  guard: GuardHistory,
} as const;

export function pastOf(source: keyof typeof SOURCES, seed: number, requests: number): Committed[] {
  const history = new SOURCES[source](seed);
  const state = createState();
  return Array.from({ length: requests }, () => {
    const { timeUs, request } = history.next();
    const seq = state.nextSeq;
    const events: Event[] = [];
    apply(state, { seq, timeUs, request }, (event) => {
      events.push(event);
      history.observe(event);
    });
    return { seq, timeUs, events };
  });
}

const ROOM = { perAccount: 1_000_000, total: 1_000_000 };

/** A memory that forgets nothing. */
export function remembered(past: readonly Committed[]): MemoryHistory {
  const history = new MemoryHistory({
    ...DEFAULT_BOUNDS,
    ...{ tradesPerMarket: 1_000_000, orders: ROOM, fills: ROOM, movements: ROOM, accruals: ROOM },
  });
  for (const committed of past) history.apply(committed);
  return history;
}
