// Every atom is accounted for, after every request of long random histories with everything on. history-run.ts says how to make
// them longer.
import { describe, expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import { marginTermsOf } from '../../src/margin/account.js';
import { standingOf } from '../../src/margin/standing.js';
import { expectBalanced, expectExplained } from './accounted.js';
import { allClaims, type Claims } from './claims.js';
import { nameOf, WITH_MARGIN } from './happened.js';
import { play, seeds } from './history-run.js';

/** What an account's money is worth is kept from one order to the next: orders must be judged by what it is worth now. */
function expectKept(state: State): void {
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const { netEquityUsd, lockedUsd } = marginTermsOf(state, accountId);
    expect(standingOf(state, accountId)).toEqual({ netEquityUsd, lockedUsd });
  }
}

const happened = new Set<string>();

describe.each(seeds)('history %d', (seed) => {
  test('owes what it has, keeps its invariants, and explains every change of every account', () => {
    let before: Claims[] = [];
    play(seed, (step) => {
      for (const event of step.events) happened.add(nameOf(event));
      const after = allClaims(step.state);
      expectBalanced(step.state, after);
      expectExplained(step.state, step.events, before, after);
      expectKept(step.state);
      checkInvariants(step.state);
      before = after;
    });
  });
});

test('histories bring about all that margin, lending and perpetuals can do', () => {
  expect(WITH_MARGIN.filter((name) => !happened.has(name))).toEqual([]);
});
