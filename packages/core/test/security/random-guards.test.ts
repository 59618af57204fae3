// Histories in which customers guard their withdrawals. conservation/history-run.ts says how to make them longer.
import { GuardHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState } from '../../src/index.js';
import { expectBalanced, expectExplained } from '../conservation/accounted.js';
import { allClaims, type Claims } from '../conservation/claims.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { eventsOf, Replicas } from '../replicas.js';

const CHECKPOINT = 100;
const happened = new Set<string>();

describe.each(seeds)('history %d', (seed) => {
  test('owes what it has, keeps its invariants, and explains every change of every account', () => {
    const history = new GuardHistory(seed, CUSTOMERS);
    const state = createState();
    let before: Claims[] = [];
    for (let count = 1; count <= COMMANDS; count += 1) {
      const events = eventsOf(state, history.next());
      for (const event of events) {
        history.observe(event);
        happened.add(event.kind === 'rejected' ? event.reason : event.kind);
      }
      const after = allClaims(state);
      expectBalanced(state, after);
      expectExplained(state, events, before, after);
      checkInvariants(state);
      before = after;
    }
  });

  test('comes to one state in every replica, and to what its events say', () => {
    const history = new GuardHistory(seed, CUSTOMERS);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('guards are set, met and lifted', () => {
  const kinds = ['securityChanged', 'twoFactorConfirmed', 'withdrawalReleased', 'withdrawalCancelled'];
  const reasons = ['twoFactorMissing', 'twoFactorReused', 'twoFactorStale', 'addressNotSaved', 'withdrawalWaiting'];
  expect([...kinds, ...reasons].filter((name) => !happened.has(name))).toEqual([]);
});
