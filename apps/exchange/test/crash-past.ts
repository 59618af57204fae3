// A history with crashes, folded by the core and by the read models.
import { accountView, apply, createState } from '@glasshouse/core';
import { DEFAULT_BOUNDS, MemoryHistory } from '@glasshouse/history';
import type { Event } from '@glasshouse/protocol';
import { CrashHistory } from '@glasshouse/testkit';

const REQUESTS = 2_500;
const ROOM = { perAccount: 100_000, total: 1_000_000 };

export const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER, offset: 0 } as const;
export const CRASH_BOUNDS = { ...DEFAULT_BOUNDS, orders: ROOM, fills: ROOM, accruals: ROOM };

export function crashed(seed: number) {
  const source = new CrashHistory(seed);
  const state = createState();
  const history = new MemoryHistory(CRASH_BOUNDS);
  let halfway = history.save();
  const later: Parameters<MemoryHistory['apply']>[0][] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const { timeUs, request } = source.next();
    const seq = state.nextSeq;
    const events: Event[] = [];
    apply(state, { seq, timeUs, request }, (event) => {
      events.push(event);
      source.observe(event);
    });
    history.apply({ seq, timeUs, events });
    if (count === REQUESTS / 2) halfway = history.save();
    if (count > REQUESTS / 2) later.push({ seq, timeUs, events });
  }
  return { state, history, halfway, later };
}

export type Crashed = ReturnType<typeof crashed>;

export function accountIds({ state }: Crashed): number[] {
  const ids: number[] = [];
  for (let id = 1; accountView(state, id) !== undefined; id += 1) ids.push(id);
  return ids;
}
