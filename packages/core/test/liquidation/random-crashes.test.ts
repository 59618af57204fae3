// Histories in which prices crash again and again. conservation/history-run.ts says how to make them longer.
import { CrashHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState } from '../../src/index.js';
import { expectBalanced, expectExplained } from '../conservation/accounted.js';
import { allClaims, type Claims } from '../conservation/claims.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { eventsOf, Replicas } from '../replicas.js';
import { LiquidationRules } from './liquidation-rules.js';

const CHECKPOINT = 100;
const happened = new Set<string>();

describe.each(seeds)('history %d', (seed) => {
  test('keeps every rule of liquidation, owes what it has, and tells every change of every account', () => {
    const history = new CrashHistory(seed, CUSTOMERS);
    const state = createState();
    const rules = new LiquidationRules();
    let before: Claims[] = [];
    for (let count = 1; count <= COMMANDS; count += 1) {
      const events = eventsOf(state, history.next());
      for (const event of events) {
        history.observe(event);
        rules.observe(event);
        happened.add(event.kind);
      }
      const after = allClaims(state);
      expectBalanced(state, after);
      expectExplained(state, events, before, after);
      checkInvariants(state);
      before = after;
    }
  });

  test('comes to one state in every replica, and to what its events say', () => {
    const history = new CrashHistory(seed, CUSTOMERS);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('crashes bring about every stage', () => {
  const stages = ['liquidationStep', 'backstopAssigned', 'deleveraged', 'liquidationEnded'];
  expect(stages.filter((kind) => !happened.has(kind))).toEqual([]);
});
