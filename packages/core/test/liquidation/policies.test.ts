import { DELEVERAGE_POLICIES } from '@glasshouse/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, type Deleveraged, type DeleverageNeed } from '../../src/liquidation/policies/allocate.js';
import type { Winner } from '../../src/liquidation/policies/winner.js';

const winner = (accountId: number, sizeLots: number, profitAtoms: number, rest: Partial<Winner> = {}): Winner => ({
  accountId,
  sizeLots,
  profitAtoms,
  equityUsd: 1000,
  entryNotionalUsd: 1000,
  leverage: 1,
  ...rest,
});

const lotsOf = (closed: readonly Deleveraged[]) => closed.map(({ accountId, lots }) => [accountId, lots]);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('whole lots', () => {
  const three = [winner(1, 100, 500), winner(2, 100, 300), winner(3, 100, 200)];

  test('queue: whole positions by profit fraction × leverage, ties by account', () => {
    const queue = [
      winner(4, 10, 100),
      winner(3, 10, 100),
      winner(2, 10, 50, { leverage: 10 }),
      winner(1, 10, 900, { entryNotionalUsd: 9000, leverage: 4 }),
    ];
    expect(lotsOf(allocate('queue', { needLots: 35, needAtoms: 0 }, queue))).toEqual([
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 5],
    ]);
    expect(lotsOf(allocate('queue', { needLots: 15, needAtoms: 0 }, queue))).toEqual([
      [1, 5],
      [2, 10],
    ]);
  });

  test.each([
    ['proRataByProfit', 10, [5, 3, 2]],
    ['proRataByProfit', 11, [6, 3, 2]],
    ['proRataByProfit', 13, [6, 4, 3]],
    ['proRataByEquity', 10, [4, 3, 3]],
    ['minimal', 10, [5, 3, 2]],
    ['minimal', 11, [6, 3, 2]],
    ['minimal', 12, [6, 4, 2]],
    ['minimal', 13, [7, 4, 2]],
  ] as const)('%s of %d lots over profits of 5 : 3 : 2', (policy, needLots, expected) => {
    expect(allocate(policy, { needLots, needAtoms: 0 }, three).map(({ lots }) => lots)).toEqual(expected);
  });

  test('what a small position cannot give goes to the others in proportion', () => {
    const winners = [winner(1, 10, 500), winner(2, 100, 300), winner(3, 100, 200)];
    for (const policy of ['proRataByProfit', 'minimal'] as const) {
      expect(allocate(policy, { needLots: 60, needAtoms: 0 }, winners).map(({ lots }) => lots)).toEqual([10, 30, 20]);
    }
  });

  test('opposing positions at a loss give way last, and pay nothing', () => {
    const winners = [winner(1, 10, -100), winner(2, 5, 50, { equityUsd: 0 })];
    for (const policy of DELEVERAGE_POLICIES) {
      const closed = allocate(policy, { needLots: 8, needAtoms: 20 }, winners);
      expect(closed, policy).toEqual([
        { accountId: 1, lots: 3, takenAtoms: 0 },
        { accountId: 2, lots: 5, takenAtoms: 20 },
      ]);
    }
  });
});

describe('the deficit', () => {
  test('is paid at one price where profits allow it, to the atom', () => {
    const winners = [winner(1, 4, 1000), winner(2, 4, 1000)];
    expect(allocate('queue', { needLots: 7, needAtoms: 100 }, winners)).toEqual([
      { accountId: 1, lots: 4, takenAtoms: 57 },
      { accountId: 2, lots: 3, takenAtoms: 43 },
    ]);
  });

  test('passes by whoever cannot afford it, as long as others can', () => {
    const winners = [winner(1, 10, 20, { leverage: 100 }), winner(2, 10, 500), winner(3, 10, 500)];
    for (const policy of DELEVERAGE_POLICIES) {
      const closed = allocate(policy, { needLots: 10, needAtoms: 100 }, winners);
      for (const { accountId, lots, takenAtoms } of closed)
        expect(takenAtoms, `${policy} ${accountId}`).toBe(lots * 10);
      expect(sum(closed.map(({ lots }) => lots))).toBe(10);
    }
  });

  test('beyond all profits is left to the caller', () => {
    const winners = [winner(1, 10, 20), winner(2, 10, 30)];
    for (const policy of DELEVERAGE_POLICIES) {
      const closed = allocate(policy, { needLots: 20, needAtoms: 1000 }, winners);
      expect(
        closed.map(({ takenAtoms }) => takenAtoms),
        policy,
      ).toEqual([20, 30]);
    }
  });
});

const winners = fc
  .uniqueArray(
    fc.record({
      accountId: fc.integer({ min: 1, max: 10_000 }),
      sizeLots: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1e9 })),
      profitAtoms: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -1e14, max: 1e14 })),
      equityUsd: fc.double({ min: -1e6, max: 1e8, noNaN: true }),
      entryNotionalUsd: fc.double({ min: 0, max: 1e9, noNaN: true }),
      leverage: fc.double({ min: 0, max: 200, noNaN: true }),
    }),
    { selector: ({ accountId }) => accountId, maxLength: 12 },
  )
  .map((all): Winner[] => all);
const need = fc.record({
  needLots: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 1e10 })),
  needAtoms: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 1e14 })),
});
const policy = fc.constantFrom(...DELEVERAGE_POLICIES);

const profitOf = ({ profitAtoms }: Winner) => Math.max(0, profitAtoms);
const ofAccount = (all: readonly Winner[], accountId: number) =>
  all.find((one) => one.accountId === accountId) as Winner;
const lotsOfAccount = (closed: readonly Deleveraged[], accountId: number) =>
  closed.find((one) => one.accountId === accountId)?.lots ?? 0;

describe('whatever the winners', () => {
  test('every lot that is needed is found as far as there are lots, and none is invented', () => {
    fc.assert(
      fc.property(policy, need, winners, (name, { needLots, needAtoms }, all) => {
        const closed = allocate(name, { needLots, needAtoms }, all);
        expect(sum(closed.map(({ lots }) => lots))).toBe(Math.min(needLots, sum(all.map(({ sizeLots }) => sizeLots))));
        for (const { accountId, lots } of closed) {
          expect(Number.isSafeInteger(lots) && lots > 0).toBe(true);
          expect(lots).toBeLessThanOrEqual(ofAccount(all, accountId).sizeLots);
        }
      }),
    );
  });

  test('nobody pays more than its profit, and together they pay the deficit as far as the profits of those closed go', () => {
    fc.assert(
      fc.property(policy, need, winners, (name, asked, all) => {
        const closed = allocate(name, asked, all);
        for (const { accountId, takenAtoms } of closed) {
          expect(takenAtoms).toBeGreaterThanOrEqual(0);
          expect(takenAtoms).toBeLessThanOrEqual(profitOf(ofAccount(all, accountId)));
        }
        const profits = sum(closed.map(({ accountId }) => profitOf(ofAccount(all, accountId))));
        expect(sum(closed.map(({ takenAtoms }) => takenAtoms))).toBe(Math.min(asked.needAtoms, profits));
      }),
    );
  });

  test('the order in which they come does not matter', () => {
    const shuffled = winners.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    fc.assert(
      fc.property(policy, need, shuffled, (name, asked, [all, other]) => {
        expect(allocate(name, asked, other)).toEqual(allocate(name, asked, all));
      }),
    );
  });

  test('queue: nobody is closed while a better score still has lots that it can afford', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), winners, (needLots, all) => {
        const closed = allocate('queue', { needLots, needAtoms: 0 }, all);
        const score = (one: Winner) =>
          one.entryNotionalUsd > 0 ? (one.profitAtoms * one.leverage) / one.entryNotionalUsd : 0;
        for (const { accountId } of closed) {
          const better = all.filter((one) => score(one) > score(ofAccount(all, accountId)));
          for (const one of better) expect(lotsOfAccount(closed, one.accountId)).toBe(one.sizeLots);
        }
      }),
    );
  });

  test('minimal: no single lot can move to another without raising the largest share of profit that anyone loses', () => {
    const profitable = winners.map((all) =>
      all
        .filter(({ profitAtoms }) => profitAtoms > 0)
        .map((one) => ({ ...one, profitAtoms: 1 + (one.profitAtoms % 1000) })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), profitable, (needLots, all) => {
        const closed = allocate('minimal', { needLots, needAtoms: 0 }, all);
        const share = (one: Winner, more: number) => (lotsOfAccount(closed, one.accountId) + more) / one.profitAtoms;
        const worst = Math.max(0, ...all.map((one) => share(one, 0)));
        const open = all.filter((one) => lotsOfAccount(closed, one.accountId) < one.sizeLots);
        for (const one of open) expect(share(one, 1)).toBeGreaterThanOrEqual(worst * (1 - 1e-12));
      }),
    );
  });

  test('minimal and queue: a larger need never gives anyone fewer lots', () => {
    const steady = fc.constantFrom('minimal' as const, 'queue' as const);
    fc.assert(
      fc.property(
        steady,
        fc.integer({ min: 0, max: 1000 }),
        fc.nat({ max: 50 }),
        winners,
        (name, needLots, more, all) => {
          const before = allocate(name, { needLots, needAtoms: 0 }, all);
          const after = allocate(name, { needLots: needLots + more, needAtoms: 0 }, all);
          for (const { accountId, lots } of before) {
            expect(lotsOfAccount(after, accountId)).toBeGreaterThanOrEqual(lots);
          }
        },
      ),
    );
  });

  test('in proportion: a larger claim never gives fewer lots than a smaller one, but for a cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), winners, (needLots, all) => {
        const closed = allocate('proRataByProfit', { needLots, needAtoms: 0 }, all);
        for (const one of all) {
          for (const other of all) {
            if (profitOf(one) <= profitOf(other) || lotsOfAccount(closed, one.accountId) === one.sizeLots) continue;
            expect(lotsOfAccount(closed, one.accountId)).toBeGreaterThanOrEqual(lotsOfAccount(closed, other.accountId));
          }
        }
      }),
    );
  });

  test('minimal: the largest share of profit that anyone loses is the smallest of all policies, where all can afford it', () => {
    const rich = fc.uniqueArray(
      fc.record({ accountId: fc.integer({ min: 1, max: 1000 }), profitAtoms: fc.integer({ min: 10_000, max: 1e9 }) }),
      { selector: ({ accountId }) => accountId, minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(rich, fc.integer({ min: 1, max: 100 }), (all, needLots) => {
        const positions = all.map(({ accountId, profitAtoms }) => winner(accountId, 100, profitAtoms));
        const asked: DeleverageNeed = { needLots, needAtoms: needLots * 100 };
        const worst = (name: (typeof DELEVERAGE_POLICIES)[number]) =>
          Math.max(
            ...allocate(name, asked, positions).map(
              ({ accountId, takenAtoms }) => takenAtoms / profitOf(ofAccount(positions, accountId)),
            ),
          );
        for (const name of DELEVERAGE_POLICIES) expect(worst('minimal')).toBeLessThanOrEqual(worst(name));
      }),
    );
  });
});
