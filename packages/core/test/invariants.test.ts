// Each rule is broken on purpose, once, and says so under its own name.
import { readFileSync } from 'node:fs';
import { type Atoms, InvariantViolation, MAX_SAFE } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { apply, checkInvariants, type State } from '../src/index.js';
import { lock, pay, payFromLocked, payHouse, unlock } from '../src/ledger/ledger.js';
import { reserveOf } from '../src/orders/reserves.js';
import { HOUSE } from '../src/state/balances.js';
import type { Market } from '../src/state/markets.js';
import { Venue } from './venue.js';

const USDC = 1;
const SOL = 4;
const SOL_USDC = 3;

/** alice (account 1): bids 1 and 2 at 99, a withdrawal on its way; bob (account 2): ask 3 at 101. */
function busyVenue(): Venue {
  const venue = new Venue();
  const alice = venue.trader('alice', { USDC: '1000' });
  const bob = venue.trader('bob', { SOL: '10', USDC: '1000' });
  venue.limit(alice, 'Bid', '99', '1', { clientId: 7 });
  venue.limit(alice, 'Bid', '99', '2');
  venue.limit(bob, 'Ask', '101', '3');
  venue.command(alice, 'withdraw', { symbol: 'USDC', quantity: '5', blockchain: 'Sandbox', address: 'here' });
  return venue;
}

type Corruption = (state: State, market: Market, handles: readonly [number, number, number]) => void;

function violationOf(venue: Venue, corrupt: Corruption): string {
  const { state } = venue;
  const market = state.markets.list[SOL_USDC - 1] as Market;
  const [first, second, third] = [1, 2, 3].map((orderId) => state.orderIds.get(orderId));
  corrupt(state, market, [first ?? 0, second ?? 0, third ?? 0]);
  try {
    checkInvariants(state);
  } catch (problem) {
    if (problem instanceof InvariantViolation) return problem.invariant;
    throw problem;
  }
  return 'none';
}

function add(column: { [index: number]: number }, index: number, value: number): void {
  column[index] = (column[index] ?? Number.NaN) + value;
}

/** A book that says something else than it holds. */
function lies(market: Market, member: 'levelOrders' | 'orderCount', value: unknown): void {
  Object.defineProperty(market.book, member, { value });
}

const CORRUPTIONS: readonly (readonly [invariant: string, how: string, corrupt: Corruption])[] = [
  ['none', 'nothing', () => {}],
  [
    'accounts + house = deposits − withdrawals',
    'an atom appears in the fee account',
    ({ balances }) => add(balances.of(USDC).houseAtoms, HOUSE.fees, 1),
  ],
  [
    'the kept total is the sum of accounts',
    'an atom appears in an account',
    ({ balances }) => add(balances.of(USDC).availableAtoms, 1, 1),
  ],
  [
    'the kept total is the sum of accounts',
    'the kept total is wrong, and hidden in the house',
    ({ balances }) => {
      const usdc = balances.of(USDC);
      usdc.customersAtoms += 1;
      add(usdc.houseAtoms, HOUSE.fees, -1);
    },
  ],
  [
    'no account below zero',
    'one account owes what another has',
    ({ balances }) => {
      add(balances.of(SOL).availableAtoms, 1, -5);
      add(balances.of(SOL).availableAtoms, 2, 5);
    },
  ],
  [
    'what is owed fits a safe integer',
    'an account has more than a number holds',
    ({ balances }) => add(balances.of(USDC).availableAtoms, 1, MAX_SAFE),
  ],
  [
    'the withdrawals account = what is on its way',
    'a withdrawal is lost',
    ({ pendingWithdrawals }) => pendingWithdrawals.delete(1),
  ],
  [
    'locked = what open orders need',
    'a locked atom becomes available',
    ({ balances }) => {
      add(balances.of(USDC).lockedAtoms, 1, -1);
      add(balances.of(USDC).availableAtoms, 1, 1);
    },
  ],
  [
    'locked = what the open order needs',
    'an order thinks it holds more',
    ({ pool }, _market, [first]) => pool.setLockedAtoms(first, pool.lockedAtoms(first) + 1),
  ],
  [
    'an open order has lots left',
    'an order is empty',
    ({ pool }, _market, [first]) => {
      pool.setRemainingLots(first, 0);
    },
  ],
  [
    'an open order has lots left',
    'an order has grown',
    ({ pool }, _market, [first]) => {
      pool.setRemainingLots(first, pool.sizeLots(first) + 1);
    },
  ],
  [
    'level size = Σ orders',
    'an order shrinks unnoticed by its level',
    (state, market, [first]) => {
      state.pool.setRemainingLots(first, state.pool.remainingLots(first) - 1);
      state.pool.setLockedAtoms(first, reserveOf(state, market, first));
    },
  ],
  [
    'level size = Σ orders',
    'an order falls out of its queue',
    ({ pool }, _market, [first]) => {
      pool.setNext(first, 0);
    },
  ],
  ['level count = its orders', 'a level miscounts', (_state, market) => lies(market, 'levelOrders', () => 7)],
  ['the book counts its orders', 'a book miscounts', (_state, market) => lies(market, 'orderCount', 7)],
  [
    'a level queues its orders oldest first',
    'an order goes to the back',
    (_state, market, [first]) => {
      market.book.remove(first);
      market.book.rest(first);
    },
  ],
  [
    'the book is never crossed',
    'an ask stands at the bid',
    ({ pool }, market, [, , ask]) => {
      market.book.remove(ask);
      pool.setPriceTicks(ask, 9900);
      market.book.rest(ask);
    },
  ],
  ['orders are found by their id', 'an id is forgotten', ({ orderIds }) => orderIds.delete(1)],
  ['orders are found by their client id', 'a client id is forgotten', ({ clientIds }) => clientIds.delete(1, 7)],
  [
    'an account lists its own orders',
    'an order changes hands',
    ({ pool }, _market, [, second]) => {
      pool.setAccountId(second, 2);
    },
  ],
  [
    'an account lists its orders oldest first',
    'the list is turned round',
    ({ pool, accounts }, _market, [first, second]) => {
      accounts.firstOrder[1] = second;
      pool.setAccountNext(second, first);
      pool.setAccountNext(first, 0);
    },
  ],
  ['an account counts its open orders', 'the count is off by one', ({ accounts }) => add(accounts.openOrders, 1, 1)],
  [
    'every open order is in one book and one list',
    'a list is lost',
    ({ accounts }) => {
      accounts.firstOrder[2] = 0;
      accounts.openOrders[2] = 0;
    },
  ],
  [
    'every open order is in one book and one list',
    'an order is lost from its book',
    (_state, market, [, , ask]) => market.book.remove(ask),
  ],
  ['every open order is in one book and one list', 'a handle leaks', ({ pool }) => pool.allocate()],
  [
    'the index holds the open orders alone',
    'a dead order is still found',
    ({ pool, orderIds }) => {
      pool.setOrderId(0, 99);
      orderIds.set(99, 900);
    },
  ],
  ['an account counts its active keys', 'the count is off by one', ({ accounts }) => add(accounts.activeKeys, 1, 1)],
  [
    'an account counts its active keys',
    'a key is switched off past its account',
    (state) => {
      state.keys.active[state.keys.idOf(state.keys.publicKey[5] ?? '')] = 0;
    },
  ],
  ['a customer counts its accounts', 'the count is off by one', ({ customers }) => add(customers.accountCount, 2, 1)],
];

const RULES = ['books', 'ledger', 'people'].map((name) => new URL(`../src/invariants/${name}.ts`, import.meta.url));
const ASSERTED = /assert\([^']*'([^']+)'/g;

describe('checkInvariants', () => {
  test('has no rule that is not broken here', () => {
    const names = RULES.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(ASSERTED)].map(([, name]) => name));
    const broken = new Set(CORRUPTIONS.map(([invariant]) => invariant));
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !broken.has(name ?? ''))).toEqual([]);
  });

  test.each(CORRUPTIONS)('%s: %s', (invariant, _how, corrupt) => {
    expect(violationOf(busyVenue(), corrupt)).toBe(invariant);
  });
});

describe('what production asserts on every 64th request', () => {
  test.each(['accounts + house = deposits − withdrawals', 'the book is never crossed'])('%s', (invariant) => {
    const venue = busyVenue();
    const [, , corrupt] = CORRUPTIONS.find(([name]) => name === invariant) ?? ['', '', () => {}];
    expect(violationOf(venue, corrupt)).toBe(invariant);
    const silent = new Venue({ checked: false });
    const ticks = (state: State) => {
      for (let count = 0; count < 64; count += 1) {
        const { nextSeq, timeUs } = state;
        apply(state, { seq: nextSeq, timeUs, request: silent.maker.tick() }, undefined);
      }
    };
    expect(() => ticks(silent.state)).not.toThrow();
    expect(() => ticks(venue.state)).toThrow(invariant);
  });
});

describe('the ledger refuses to go below zero', () => {
  const POSTINGS: Readonly<Record<string, (state: State, atoms: Atoms) => void>> = {
    lock: (state, atoms) => lock(state, 1, USDC, atoms),
    unlock: (state, atoms) => unlock(state, 1, USDC, atoms),
    pay: (state, atoms) => pay(state, 1, 2, USDC, atoms),
    payFromLocked: (state, atoms) => payFromLocked(state, 1, 2, USDC, atoms),
    payHouse: (state, atoms) => payHouse(state, 1, USDC, HOUSE.fees, atoms),
  };

  test.each(Object.entries(POSTINGS))('%s', (posting, post) => {
    const { state } = busyVenue();
    for (const atoms of [1_000_000_001, -1, Number.NaN]) {
      expect(() => post(state, atoms as Atoms)).toThrow('no balance below zero');
      expect(() => post(state, atoms as Atoms)).toThrow(
        expect.objectContaining({ details: expect.objectContaining({ posting }) }),
      );
    }
    expect(() => post(state, 1 as Atoms)).not.toThrow();
  });
});
