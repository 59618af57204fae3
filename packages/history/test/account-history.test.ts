import type { DepositCredited, Event, OrderView, Transferred, WithdrawalView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, MemoryHistory } from '../src/index.js';
import { committedOf, fillOf, orderOf, START_US } from './builders.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);
const ACCOUNTS = [1, 2, 3];
const ALL = { limit: 1000, offset: 0 } as const;

type Step = { readonly account: number; readonly order: number; readonly status: number };
const steps = fc.array(
  fc.record({
    account: fc.constantFrom(...ACCOUNTS),
    order: fc.integer({ min: 1, max: 12 }),
    status: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 80 },
);

/** Orders as an exchange could report them: an order belongs to one account and changes only while it is open. */
function ordersOf(all: readonly Step[]): OrderView[] {
  const last = new Map<number, OrderView>();
  let fresh = 1000;
  return all.map(({ account, order, status }) => {
    const key = account * 100 + order;
    const known = last.get(key);
    const open = known !== undefined && known.status < 2;
    fresh += open ? 0 : 1;
    const next = orderOf({
      accountId: account,
      orderId: open ? known.orderId : fresh,
      status,
      marketId: (order % 2) + 1,
    });
    last.set(key, next);
    return next;
  });
}

function eventOf(order: OrderView): Event {
  if (order.status === 4) return { kind: 'orderExpired', order, reason: 'ImmediateOrCancel' };
  if (order.status === 3) return { kind: 'orderCancelled', order };
  return order.status === 0
    ? { kind: 'orderAccepted', index: 0, order }
    : { kind: 'orderFilled', order, fill: fillOf(1) };
}

describe('order history', () => {
  it('holds the last state of every order, newest first, with filters, pages and totals', () => {
    fc.assert(
      fc.property(
        steps,
        fc.constantFrom(...ACCOUNTS),
        fc.option(fc.constantFrom(1, 2), { nil: undefined }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom('ascending', 'descending'),
        (all, accountId, marketId, offset, limit, sort) => {
          const history = new MemoryHistory();
          const orders = ordersOf(all);
          orders.forEach((order, seq) => {
            history.apply(committedOf([eventOf(order)], seq));
          });
          const lastState = new Map(orders.map((order) => [order.orderId, order]));
          const expected = [...lastState.values()].filter(
            (order) => order.accountId === accountId && (marketId === undefined || order.marketId === marketId),
          );
          if (sort === 'descending') expected.reverse();
          const page = history.orders({ accountId, marketId, offset, limit, sort });
          expect(page.total).toBe(expected.length);
          expect(page.rows.map((row) => row.order)).toEqual(expected.slice(offset, offset + limit));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('keeps the reason of an expiry', () => {
    const history = new MemoryHistory();
    const order = orderOf({ status: 4 });
    history.apply(committedOf([{ kind: 'orderExpired', order, reason: 'PriceImpact' }], 0));
    expect(history.orders({ accountId: 7, ...ALL }).rows[0]?.expiryReason).toBe('PriceImpact');
  });

  it('of a busy account pushes out only its own past', () => {
    const history = new MemoryHistory({ ...DEFAULT_BOUNDS, orders: { perAccount: 5, total: 100 } });
    const events: Event[] = [{ kind: 'orderCancelled', order: orderOf({ accountId: 1, orderId: 1, status: 3 }) }];
    for (let orderId = 2; orderId < 50; orderId += 1) {
      events.push({ kind: 'orderCancelled', order: orderOf({ accountId: 2, orderId, status: 3 }) });
    }
    history.apply(committedOf(events, 0));
    expect(history.orders({ accountId: 1, ...ALL }).rows.map((row) => row.order.orderId)).toEqual([1]);
    expect(history.orders({ accountId: 2, ...ALL }).rows.map((row) => row.order.orderId)).toEqual([49, 48, 47, 46, 45]);
  });

  it('stays within its total over any number of accounts', () => {
    const history = new MemoryHistory({ ...DEFAULT_BOUNDS, orders: { perAccount: 5, total: 10 } });
    for (let orderId = 1; orderId <= 40; orderId += 1) {
      const order = orderOf({ accountId: orderId % 20, orderId, status: 3 });
      history.apply(committedOf([{ kind: 'orderCancelled', order }], orderId));
    }
    const kept = Array.from({ length: 20 }, (_, accountId) => history.orders({ accountId, ...ALL }).total);
    expect(kept.reduce((sum, count) => sum + count, 0)).toBe(10);
    expect(history.orders({ accountId: 0, ...ALL }).rows.map((row) => row.order.orderId)).toEqual([40]);
  });

  it('shows an open order again when something happens to it after the bound pushed it out', () => {
    const history = new MemoryHistory({ ...DEFAULT_BOUNDS, orders: { perAccount: 2, total: 100 } });
    const event = (orderId: number, status: number) => eventOf(orderOf({ orderId, status }));
    history.apply(committedOf([event(1, 0), event(2, 0), event(3, 0), event(1, 3)], 0));
    expect(history.orders({ accountId: 7, ...ALL }).rows.map((row) => [row.order.orderId, row.order.status])).toEqual([
      [1, 3],
      [3, 0],
    ]);
  });
});

describe('fill history', () => {
  it('filters by market, order and time', () => {
    const history = new MemoryHistory();
    for (let tradeId = 1; tradeId <= 6; tradeId += 1) {
      const order = orderOf({ orderId: tradeId % 2, marketId: tradeId <= 3 ? 1 : 2, status: 1 });
      history.apply(committedOf([{ kind: 'orderFilled', order, fill: fillOf(tradeId) }], tradeId, START_US + tradeId));
    }
    const ids = (filter: object) =>
      history.fills({ accountId: 7, ...ALL, ...filter }).rows.map(({ tradeId }) => tradeId);
    expect(ids({})).toEqual([6, 5, 4, 3, 2, 1]);
    expect(ids({ sort: 'ascending', offset: 1, limit: 2 })).toEqual([2, 3]);
    expect(ids({ marketId: 2 })).toEqual([6, 5, 4]);
    expect(ids({ orderId: 0 })).toEqual([6, 4, 2]);
    expect(ids({ fromUs: START_US + 2, toUs: START_US + 3 })).toEqual([3, 2]);
    expect(ids({ accountId: 8 })).toEqual([]);
  });

  it('keeps a rebate negative', () => {
    const history = new MemoryHistory();
    history.apply(committedOf([{ kind: 'orderFilled', order: orderOf({ status: 1 }), fill: fillOf(3) }], 0));
    expect(history.fills({ accountId: 7, ...ALL }).rows[0]?.feeAtoms).toBe(-1);
  });
});

function deposit(depositId: number): DepositCredited {
  return {
    kind: 'depositCredited',
    depositId,
    accountId: 7,
    assetId: 1,
    quantityAtoms: (depositId * 5) as Atoms,
    blockchain: 'Solana',
    reference: `tx-${depositId}`,
  };
}

function withdrawal(withdrawalId: number, status: WithdrawalView['status']): WithdrawalView {
  return {
    withdrawalId,
    accountId: 7,
    assetId: 1,
    quantityAtoms: 100 as Atoms,
    feeAtoms: 1 as Atoms,
    blockchain: 'Solana',
    address: 'zoë',
    clientId: `mine-${withdrawalId}`,
    status,
    transactionHash: status === 'confirmed' ? '0xabc' : '',
    createdUs: START_US as TimeUs,
  };
}

const transfer: Transferred = {
  kind: 'transferred',
  fromAccountId: 7,
  toAccountId: 9,
  assetId: 1,
  quantityAtoms: 4 as Atoms,
};

function movementHistory(): MemoryHistory {
  const history = new MemoryHistory();
  history.apply(committedOf([deposit(1), deposit(2), transfer], 0));
  history.apply(committedOf([{ kind: 'withdrawalRequested', withdrawal: withdrawal(1, 'pending') }], 1));
  history.apply(committedOf([{ kind: 'withdrawalRequested', withdrawal: withdrawal(2, 'pending') }], 2));
  history.apply(committedOf([{ kind: 'withdrawalConfirmed', withdrawal: withdrawal(1, 'confirmed') }], 3));
  return history;
}

describe('movements', () => {
  it('list deposits newest first', () => {
    const { rows, total } = movementHistory().deposits({ accountId: 7, limit: 1, offset: 0 });
    expect(total).toBe(2);
    expect(rows).toEqual([
      {
        depositId: 2,
        accountId: 7,
        assetId: 1,
        quantityAtoms: 10,
        blockchain: 'Solana',
        reference: 'tx-2',
        timeUs: START_US,
      },
    ]);
  });

  it('show one that had to wait until it left or was taken back, also in a saved history', () => {
    const waiting = (withdrawalId: number) => ({
      ...withdrawal(withdrawalId, 'waiting'),
      triggerUs: START_US as TimeUs,
    });
    const history = new MemoryHistory();
    history.apply(committedOf([{ kind: 'withdrawalRequested', withdrawal: waiting(1) }], 0));
    history.apply(committedOf([{ kind: 'withdrawalRequested', withdrawal: waiting(2) }], 1));
    const restored = MemoryHistory.load(history.save());
    for (const one of [history, restored]) {
      one.apply(committedOf([{ kind: 'withdrawalReleased', withdrawal: { ...waiting(1), status: 'pending' } }], 2));
      one.apply(committedOf([{ kind: 'withdrawalCancelled', withdrawal: { ...waiting(2), status: 'cancelled' } }], 3));
      const { rows } = one.withdrawals({ accountId: 7, ...ALL });
      expect(rows.map(({ withdrawalId, status, triggerUs }) => [withdrawalId, status, triggerUs])).toEqual([
        [2, 'cancelled', START_US],
        [1, 'pending', START_US],
      ]);
    }
  });

  it('show a withdrawal once, with its newest status', () => {
    const history = movementHistory();
    expect(
      history.withdrawals({ accountId: 7, ...ALL }).rows.map(({ withdrawalId, status }) => [withdrawalId, status]),
    ).toEqual([
      [2, 'pending'],
      [1, 'confirmed'],
    ]);
    expect(history.withdrawals({ accountId: 7, clientId: 'mine-1', ...ALL }).rows).toEqual([
      withdrawal(1, 'confirmed'),
    ]);
    expect(history.withdrawals({ accountId: 7, withdrawalId: 2, ...ALL }).total).toBe(1);
  });

  it('show a transfer to both accounts', () => {
    const history = movementHistory();
    expect(history.transfers({ accountId: 7, ...ALL }).total).toBe(1);
    expect(history.transfers({ accountId: 9, ...ALL }).rows[0]?.fromAccountId).toBe(7);
  });
});
