import type { Event, StrategyView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, MemoryHistory } from '../src/index.js';
import { committedOf, fillOf, orderOf, START_US } from './builders.js';

const strategyOf = (strategyId: number, rest: Partial<StrategyView> = {}): StrategyView => ({
  strategyId,
  accountId: 7,
  marketId: 1,
  clientStrategyId: -1,
  side: 0,
  orderType: 1,
  timeInForce: 0,
  selfTradePrevention: 0,
  postOnly: false,
  reduceOnly: false,
  priceTicks: 0 as Ticks,
  toleranceTicks: 0,
  toleranceMillionths: 500_000,
  sizeLots: 60 as Lots,
  filledLots: 0 as Lots,
  filledQuoteAtoms: 0 as Atoms,
  durationMs: 60_000,
  intervalMs: 10_000,
  randomized: true,
  slices: 6,
  slicesDone: 0,
  status: 'running',
  endReason: undefined,
  createdUs: START_US as TimeUs,
  ...rest,
});

const sliced = (strategy: StrategyView): Event => ({
  kind: 'strategySliced',
  strategy,
  orderId: 1,
  reason: undefined,
  details: {},
});

function folded(...events: readonly Event[]): MemoryHistory {
  const history = new MemoryHistory();
  for (const [seq, event] of events.entries()) history.apply(committedOf([event], seq, START_US + seq));
  return history;
}

const PAGE = { accountId: 7, limit: 10, offset: 0 };
const ended = strategyOf(1, {
  slicesDone: 2,
  filledLots: 20 as Lots,
  status: 'terminated',
  endReason: 'InsufficientFunds',
});

const HISTORY: readonly Event[] = [
  { kind: 'strategyCreated', strategy: strategyOf(1) },
  { kind: 'strategyCreated', strategy: strategyOf(2, { marketId: 2 }) },
  sliced(strategyOf(1, { slicesDone: 1, filledLots: 10 as Lots })),
  { kind: 'strategyEnded', strategy: ended },
];

describe('strategies of the past', () => {
  it('are one row each, as they stood when they were last told of, newest first', () => {
    const { rows, total } = folded(...HISTORY).strategies(PAGE);
    expect(rows).toEqual([
      { strategy: strategyOf(2, { marketId: 2 }), updatedUs: START_US + 1 },
      { strategy: ended, updatedUs: START_US + 3 },
    ]);
    expect(total).toBe(2);
  });

  it('are found by id, by market and by account', () => {
    const history = folded(...HISTORY);
    const found = (query: object) =>
      history.strategies({ ...PAGE, ...query }).rows.map(({ strategy }) => strategy.strategyId);
    expect(found({ strategyId: 1 })).toEqual([1]);
    expect(found({ marketId: 2 })).toEqual([2]);
    expect(found({ marketIds: [1, 2], sort: 'ascending' })).toEqual([1, 2]);
    expect(found({ accountId: 8 })).toEqual([]);
  });

  it('are saved with the rest, and those that run go on after', () => {
    const history = MemoryHistory.load(folded(...HISTORY).save(), DEFAULT_BOUNDS);
    expect(history.save()).toEqual(folded(...HISTORY).save());
    const last = strategyOf(2, { marketId: 2, status: 'cancelled' });
    history.apply(committedOf([{ kind: 'strategyEnded', strategy: last }], HISTORY.length, START_US + 9));
    expect(history.strategies(PAGE).rows[0]).toEqual({ strategy: last, updatedUs: START_US + 9 });
    expect(history.strategies(PAGE).total).toBe(2);
  });

  it('tell which orders and fills were theirs', () => {
    const slice = { ...orderOf({ orderId: 5 }), strategyId: 1 };
    const history = folded(
      { kind: 'orderAccepted', index: 0, order: orderOf({ orderId: 4 }) },
      { kind: 'orderFilled', order: orderOf({ orderId: 4 }), fill: fillOf(1) },
      { kind: 'orderAccepted', index: 0, order: slice },
      { kind: 'orderFilled', order: slice, fill: fillOf(2) },
    );
    const restored = MemoryHistory.load(history.save(), DEFAULT_BOUNDS);
    for (const one of [history, restored]) {
      expect(one.orders({ ...PAGE, strategyId: 1 }).rows.map(({ order }) => order)).toEqual([slice]);
      expect(one.fills({ ...PAGE, strategyId: 1 }).rows).toMatchObject([{ orderId: 5, strategyId: 1 }]);
      expect(one.fills(PAGE).rows.map(({ strategyId }) => strategyId)).toEqual([1, 0]);
      expect(one.orders({ ...PAGE, orderId: 4 }).rows[0]?.order).toEqual(orderOf({ orderId: 4 }));
    }
  });
});
