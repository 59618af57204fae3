// What strategies tell of themselves adds up, and a changed word is found out.
import { apply, createState } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { StrategyHistory } from '@glasshouse/testkit';
import type { Lots } from '@glasshouse/units';
import { beforeAll, expect, test } from 'vitest';
import type { AuditRule } from '../src/index.js';
import { audited, type Lie, lieAt, plus, told } from './lies.js';
import type { Step } from './risk-venue.js';

const REQUESTS = 2_000;
/** An hour without a premium pays nothing; the event does not tell it from one with premiums of nothing. */
const WITHOUT_PREMIUMS = 'fundingRate';

const lie = lieAt('first');
let history: readonly Step[] = [];
/** The first strategy of which anything has filled. */
let filled: number | undefined;

beforeAll(() => {
  const strategies = new StrategyHistory(5);
  const state = createState();
  history = Array.from({ length: REQUESTS }, () => {
    const { timeUs, request } = strategies.next();
    const events: Event[] = [];
    const seq = state.nextSeq;
    apply(state, { seq, timeUs, request }, (event) => events.push(event));
    for (const event of events) strategies.observe(event);
    return { seq, timeUs, events };
  });
  const fills = history.flatMap(({ events }) => events.filter((event) => event.kind === 'orderFilled'));
  filled = fills.find(({ order }) => order.strategyId !== undefined)?.order.strategyId;
});

const rules = (steps: readonly Step[]): readonly AuditRule[] =>
  audited(steps)
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule !== WITHOUT_PREMIUMS);

test('a true history adds up', () => {
  expect(rules(history)).toEqual([]);
  expect(history.flatMap(({ events }) => events).filter(({ kind }) => kind === 'strategyEnded').length).toBeGreaterThan(
    20,
  );
});

const LIES: readonly (readonly [string, AuditRule, Lie])[] = [
  [
    'an execution that is a lot more than its fills',
    'strategyFollows',
    lie('strategyEnded', (event) => {
      const { strategy } = event;
      return { ...event, strategy: { ...strategy, filledLots: plus(strategy.filledLots, 1) } };
    }),
  ],
  [
    'an execution that cost an atom less',
    'strategyFollows',
    lie('strategySliced', (event) => {
      const { strategy } = event;
      if (strategy.filledLots === 0) return undefined;
      return { ...event, strategy: { ...strategy, filledQuoteAtoms: plus(strategy.filledQuoteAtoms, -1) } };
    }),
  ],
  [
    'a fill for a strategy that it is not of',
    'strategyFollows',
    lie('orderFilled', (event) =>
      event.order.strategyId === undefined ? undefined : { ...event, order: { ...event.order, strategyId: 999_999 } },
    ),
  ],
  [
    'a strategy that is for less than it fills',
    'strategyFollows',
    lie('strategyCreated', (event) => {
      const { strategy } = event;
      return strategy.strategyId === filled ? { ...event, strategy: { ...strategy, sizeLots: 0 as Lots } } : undefined;
    }),
  ],
  [
    'a strategy that nobody heard of',
    'strategyFollows',
    (events) => {
      const others = events.filter((event) => event.kind !== 'strategyCreated' || event.strategy.strategyId !== filled);
      return others.length < events.length ? others : undefined;
    },
  ],
  [
    'a slice before its time',
    'slicesInTime',
    lie('strategySliced', (event) => {
      const { strategy } = event;
      if (strategy.slicesDone < 2) return undefined;
      return { ...event, strategy: { ...strategy, slicesDone: strategy.slicesDone + 1 } };
    }),
  ],
  [
    'more slices than there are',
    'slicesInTime',
    lie('strategySliced', (event) => ({ ...event, strategy: { ...event.strategy, slices: 0 } })),
  ],
];

test.each(LIES)('finds %s', (_, rule, change) => {
  const { steps } = told([history], change, 'first');
  expect(rules(steps)).toContain(rule);
});
