// Random histories in which much is traded by asking for quotes. conservation/history-run.ts says how to make them longer.
import { RfqHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../../src/index.js';
import { expectBalanced, expectExplained } from '../conservation/accounted.js';
import { allClaims, type Claims } from '../conservation/claims.js';
import { nameOf } from '../conservation/happened.js';
import { COMMANDS, CUSTOMERS, playOut, seeds } from '../conservation/history-run.js';
import { Replicas } from '../replicas.js';

const happened = new Set<string>();
const CHECKPOINT = 100;

describe.each(seeds)('history %d', (seed) => {
  test('owes what it has, keeps its invariants, and explains every change of every account', () => {
    let before: Claims[] = [];
    playOut(new RfqHistory(seed, CUSTOMERS), ({ state, events }) => {
      for (const event of events) happened.add(nameOf(event));
      const after = allClaims(state);
      expectBalanced(state, after);
      expectExplained(state, events, before, after);
      checkInvariants(state);
      before = after;
    });
  });

  test('is the same for both books, watched or not, and after any number of restarts; its events tell all', () => {
    const history = new RfqHistory(seed, CUSTOMERS);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('histories bring about all that asking for quotes can do', () => {
  expect(WITH_QUOTES.filter((name) => !happened.has(name))).toEqual([]);
});

const WITH_QUOTES = [
  'borrowLendChanged borrow rfq',
  'borrowLendChanged redeem dustConversion',
  'borrowLendChanged redeem rfq',
  'dustConverted',
  'quoteClosed',
  'quoteClosed InsufficientFunds',
  'quoteClosed outquoted',
  'quoteClosed replaced',
  'quoteClosed requestEnded',
  'quoteOpened',
  'rfqClosed cancelled',
  'rfqClosed expired',
  'rfqClosed expired InsufficientFunds',
  'rfqFilled',
  'rfqOpened',
  'rfqRefreshed',
];
