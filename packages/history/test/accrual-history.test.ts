import type {
  BalanceView,
  BorrowLendChanged,
  Event,
  FundingPaid,
  InterestPosted,
  MarketView,
  PoolView,
  TriggerOrderView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price, Ticks, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Committed, DEFAULT_BOUNDS, MemoryHistory } from '../src/index.js';
import { committedOf, fillOf, orderOf, START_US } from './builders.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 80);
const ALL = { limit: 1000, offset: 0 } as const;
const ALICE = 7;
const USDC = 1;
const PERP = 2;
const HOUR_US = 3_600_000_000;

const perp = { marketId: PERP, kind: 1, quoteAssetId: USDC, createdUs: START_US } as unknown as MarketView;
const listed: Event = { kind: 'marketListed', market: perp };

function funding(fundingAtoms: number, accountId = ALICE, marketId = PERP): FundingPaid {
  return {
    kind: 'fundingPaid',
    accountId,
    marketId,
    sizeLots: -5 as Lots,
    markPrice: 100_000.125 as Price,
    rate: -0.0000125,
    fundingAtoms: fundingAtoms as Atoms,
  };
}

function moved(
  change: BorrowLendChanged['change'],
  quantity: number,
  source: BorrowLendChanged['source'] = 'manual',
): Event {
  return {
    kind: 'borrowLendChanged',
    accountId: ALICE,
    assetId: USDC,
    change,
    quantityAtoms: quantity as Atoms,
    source,
  };
}

function interest(atoms: number, rate: number, source: InterestPosted['source'] = 'borrow'): Event {
  return {
    kind: 'interestPosted',
    accountId: ALICE,
    assetId: USDC,
    interestAtoms: atoms as Atoms,
    principalAtoms: 100 as Atoms,
    rate,
    source,
  };
}

/** Positive is lent, negative owed. */
function balance(loan: number): Event {
  const view: BalanceView = {
    accountId: ALICE,
    assetId: USDC,
    availableAtoms: 0 as Atoms,
    lockedAtoms: 0 as Atoms,
    lentAtoms: Math.max(0, loan) as Atoms,
    borrowedAtoms: Math.max(0, -loan) as Atoms,
  };
  return { kind: 'balanceChanged', balance: view };
}

function pool(borrowed: number): Event {
  const view: PoolView = {
    assetId: USDC,
    lentAtoms: 1000 as Atoms,
    borrowedAtoms: borrowed as Atoms,
    virtualLentAtoms: 0 as Atoms,
    virtualBorrowedAtoms: 0 as Atoms,
    reserveAtoms: 0 as Atoms,
    utilization: borrowed / 1000,
    borrowRate: borrowed / 11_250,
    lendRate: borrowed / 50_000,
    throttleUtilization: 0.9,
    timeUs: START_US as TimeUs,
  };
  return { kind: 'poolChanged', pool: view };
}

function historyOf(...commands: readonly (readonly Event[])[]): MemoryHistory {
  const history = new MemoryHistory();
  commands.forEach((events, seq) => {
    history.apply(committedOf(events, seq, START_US + seq));
  });
  return history;
}

describe('funding', () => {
  it('is a payment of each account, newest first, found by market', () => {
    const history = historyOf([listed], [funding(5)], [funding(-3)], [funding(9, 8)], [funding(1, ALICE, 4)]);
    const { rows, total } = history.fundingPayments({ accountId: ALICE, marketId: PERP, ...ALL });
    expect(total).toBe(2);
    expect(rows.map(({ fundingAtoms }) => fundingAtoms)).toEqual([-3, 5]);
    expect(rows[0]).toMatchObject({ marketId: PERP, sizeLots: -5, markPrice: 100_000.125, rate: -0.0000125 });
    expect(history.fundingPayments({ accountId: ALICE, ...ALL }).total).toBe(3);
  });

  it('has its rates page by page, within the bound of the market', () => {
    const history = new MemoryHistory({ ...DEFAULT_BOUNDS, fundingRatesPerMarket: 3 });
    for (let hour = 0; hour < 5; hour += 1) {
      const intervalEndUs = (hour * HOUR_US) as TimeUs;
      const rate: Event = {
        kind: 'fundingRateSet',
        marketId: PERP,
        rate: hour / 1e6,
        averagePremium: 0,
        markPrice: 1 as Price,
        intervalEndUs,
      };
      history.apply(committedOf([rate], hour));
    }
    const page = history.fundingRates({ marketId: PERP, limit: 2, offset: 0 });
    expect(page.total).toBe(3);
    expect(page.rows.map(({ rate }) => rate)).toEqual([4e-6, 3e-6]);
    const oldest = history.fundingRates({ marketId: PERP, limit: 1, offset: 0, sort: 'ascending' });
    expect(oldest.rows[0]?.intervalEndUs).toBe(2 * HOUR_US);
    expect(history.fundingRates({ marketId: PERP, limit: 5, offset: 9 }).rows).toEqual([]);
    expect(history.fundingRates({ marketId: 99, ...ALL })).toEqual({ rows: [], total: 0 });
  });
});

describe('settlements', () => {
  it('are profit, funding and futures fees; cash only where virtual profit was forced into it', () => {
    const cash = { kind: 'cashSettled', accountId: ALICE, assetId: USDC, unsettledAtoms: 0 as Atoms } as const;
    const history = historyOf(
      [listed],
      [{ kind: 'pnlSettled', accountId: ALICE, marketId: PERP, markPrice: 1 as Price, pnlAtoms: 40 as Atoms }],
      [funding(-3)],
      [{ kind: 'orderFilled', order: orderOf({ marketId: PERP }), fill: { ...fillOf(1), feeAssetId: USDC } }],
      [{ kind: 'orderFilled', order: orderOf({ marketId: 1 }), fill: fillOf(2) }],
      [{ ...cash, cashAtoms: 40 as Atoms, reason: 'autoRealizePnl' }],
      [{ ...cash, cashAtoms: 11 as Atoms, reason: 'poolUtilization' }],
    );
    const rows = history.settlements({ accountId: ALICE, ...ALL, sort: 'ascending' }).rows;
    expect(rows.map(({ source, quantityAtoms, assetId }) => [source, quantityAtoms, assetId])).toEqual([
      ['pnl', 40, USDC],
      ['funding', -3, USDC],
      ['fee', -1, USDC],
      ['poolUtilization', 11, USDC],
    ]);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 6]);
    expect(history.settlements({ accountId: ALICE, sources: ['fee', 'funding'], ...ALL }).total).toBe(2);
  });
});

describe('orders by which the exchange sold collateral', () => {
  it('are told from those of their owner, and so are their fills', () => {
    const own = orderOf({ orderId: 1, status: 2 });
    const sale = orderOf({ orderId: 2, status: 2 });
    const history = historyOf(
      [{ kind: 'orderFilled', order: own, fill: fillOf(1) }],
      [
        { kind: 'orderAccepted', index: -1, order: orderOf({ orderId: 2 }) },
        { kind: 'orderFilled', order: sale, fill: fillOf(2) },
        { kind: 'collateralConverted', accountId: ALICE, marketId: 1, orderId: 2 },
      ],
    );
    const fills = (filter: object) => history.fills({ accountId: ALICE, ...ALL, ...filter }).rows;
    expect(fills({}).map(({ orderId, origin }) => [orderId, origin])).toEqual([
      [2, 'conversion'],
      [1, 'user'],
    ]);
    expect(fills({ origins: ['conversion'] }).map(({ orderId }) => orderId)).toEqual([2]);
    expect(fills({ origins: ['user'] }).map(({ orderId }) => orderId)).toEqual([1]);
    const restored = MemoryHistory.load(history.save());
    expect(restored.orders({ accountId: ALICE, ...ALL }).rows.map(({ origin }) => origin)).toEqual([
      'conversion',
      'user',
    ]);
  });
});

describe('loans', () => {
  it('begin with a movement, grow with interest and end with the balance', () => {
    const history = historyOf(
      [moved('borrow', 100, 'order'), balance(-100)],
      [interest(-1, 0.05), balance(-101)],
      [interest(-2, 0.07), balance(-103)],
    );
    const [open] = history.loans({ accountId: ALICE, ...ALL }).rows;
    expect(open).toMatchObject({ side: 'borrow', quantityAtoms: 103, interestAtoms: -3, source: 'order', open: true });
    expect(open?.averageRate).toBeCloseTo(0.06, 12);
    history.apply(committedOf([moved('repay', 103), balance(0)], 3));
    expect(history.loans({ accountId: ALICE, open: true, ...ALL }).total).toBe(0);
    expect(history.loans({ accountId: ALICE, open: false, side: 'borrow', ...ALL }).rows[0]).toMatchObject({
      quantityAtoms: 0,
      openedUs: START_US,
    });
  });

  it('turn from a debt into a lend within one command', () => {
    const history = historyOf(
      [moved('borrow', 10), balance(-10)],
      [moved('repay', 10), moved('lend', 5, 'autoLend'), balance(5)],
    );
    const rows = history.loans({ accountId: ALICE, ...ALL, sort: 'ascending' }).rows;
    expect(rows.map(({ side, open, quantityAtoms, source }) => [side, open, quantityAtoms, source])).toEqual([
      ['borrow', false, 0, 'manual'],
      ['lend', true, 5, 'autoLend'],
    ]);
  });

  it('have movements by kind and source, and interest by what it was on', () => {
    const history = historyOf(
      [moved('lend', 10, 'autoLend'), balance(10)],
      [moved('redeem', 4, 'withdrawal'), balance(6)],
      [interest(3, 0.02, 'lend'), interest(-2, 0.05, 'unsettledPnl')],
    );
    const movements = (filter: object) => history.loanMovements({ accountId: ALICE, ...ALL, ...filter }).rows;
    expect(movements({}).map(({ change }) => change)).toEqual(['redeem', 'lend']);
    expect(movements({ sources: ['autoLend'] }).map(({ quantityAtoms }) => quantityAtoms)).toEqual([10]);
    expect(movements({ change: 'borrow' })).toEqual([]);
    expect(movements({ assetId: 9 })).toEqual([]);
    const posted = (filter: object) => history.interest({ accountId: ALICE, ...ALL, ...filter }).rows;
    expect(posted({}).map(({ interestAtoms }) => interestAtoms)).toEqual([-2, 3]);
    expect(posted({ sources: ['unsettledPnl'] })).toMatchObject([{ rate: 0.05, source: 'unsettledPnl' }]);
  });

  it('follow any walk of the balance: at most one is open, and it is the balance', () => {
    const walk = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(walk, (loans) => {
        const history = historyOf(
          ...loans.map((loan) => [moved(loan > 0 ? 'lend' : 'borrow', Math.abs(loan)), balance(loan)]),
        );
        const last = loans.at(-1) as number;
        const open = history.loans({ accountId: ALICE, open: true, ...ALL }).rows;
        const expected = last === 0 ? [] : [[last > 0 ? 'lend' : 'borrow', Math.abs(last)]];
        expect(open.map(({ side, quantityAtoms }) => [side, quantityAtoms])).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('pools', () => {
  it('keep the last state of each hour, and give one point a step', () => {
    const history = new MemoryHistory();
    const at = [0, 10, HOUR_US, HOUR_US + 1, 5 * HOUR_US];
    at.forEach((offsetUs, seq) => {
      history.apply(committedOf([pool(seq * 100)], seq, START_US + offsetUs));
    });
    const points = (stepUs: number, fromUs = 0) =>
      history.poolHistory({ assetId: USDC, fromUs, stepUs }).map(({ borrowedAtoms }) => borrowedAtoms);
    expect(points(HOUR_US)).toEqual([100, 300, 400]);
    expect(points(24 * HOUR_US)).toEqual([300, 400]);
    expect(points(HOUR_US, START_US + 2 * HOUR_US)).toEqual([400]);
    expect(history.poolHistory({ assetId: 9, fromUs: 0, stepUs: 1 })).toEqual([]);
  });
});

function trigger(status: TriggerOrderView['status'], orderId = 5): TriggerOrderView {
  const { quoteSizeAtoms: _q, filledLots: _f, filledQuoteAtoms: _z, ...order } = orderOf({ orderId, marketId: PERP });
  return {
    ...order,
    triggerTicks: 900 as Ticks,
    triggerBy: 1,
    whenRising: false,
    positionShare: 5000,
    parentOrderId: 3,
    takeProfit: undefined,
    stopLoss: undefined,
    status,
  };
}

describe('trigger orders', () => {
  const accepted: Event = { kind: 'triggerOrderAccepted', index: 0, order: trigger('waiting') };
  const changed = (status: TriggerOrderView['status'], reason?: 'insufficientMargin'): Event => ({
    kind: 'triggerOrderChanged',
    order: trigger(status),
    reason,
    details: {},
  });
  const orderRow = (history: MemoryHistory) => history.orders({ accountId: ALICE, ...ALL }).rows;

  it('are one row from waiting to the fills of the order that they become', () => {
    const history = historyOf([accepted]);
    expect(orderRow(history)).toMatchObject([{ order: { orderId: 5, status: 0 }, trigger: { status: 'waiting' } }]);
    const fired = orderOf({ orderId: 5, marketId: PERP });
    history.apply(committedOf([changed('triggered'), { kind: 'orderAccepted', index: -1, order: fired }], 1));
    const filled = orderOf({ orderId: 5, marketId: PERP, status: 2, filledLots: 5 });
    history.apply(committedOf([{ kind: 'orderFilled', order: filled, fill: fillOf(1) }], 2));
    expect(orderRow(history)).toMatchObject([
      {
        order: { status: 2, filledLots: 5 },
        trigger: { status: 'triggered', triggerTicks: 900, triggerBy: 1, positionShare: 5000, parentOrderId: 3 },
      },
    ]);
  });

  it('that are refused when they fire keep the reason', () => {
    const history = historyOf([accepted], [changed('triggered'), changed('expired', 'insufficientMargin')]);
    expect(orderRow(history)).toMatchObject([
      { order: { status: 4 }, trigger: { status: 'expired' }, expiryReason: 'insufficientMargin' },
    ]);
    expect(orderRow(MemoryHistory.load(history.save()))).toEqual(orderRow(history));
  });

  it('leave no trace in a slot that another order takes over', () => {
    const history = new MemoryHistory({ ...DEFAULT_BOUNDS, orders: { perAccount: 1, total: 1 } });
    history.apply(committedOf([accepted, changed('cancelled')], 0));
    history.apply(committedOf([{ kind: 'orderAccepted', index: 0, order: orderOf({ orderId: 6 }) }], 1));
    expect(orderRow(history)).toMatchObject([{ order: { orderId: 6 }, trigger: undefined }]);
  });
});

describe('all of it, saved', () => {
  const anything: fc.Arbitrary<Event> = fc.oneof(
    fc.integer({ min: -9, max: 9 }).map((atoms) => funding(atoms)),
    fc.integer({ min: -9, max: 9 }).map((loan) => balance(loan)),
    fc.constantFrom('lend', 'redeem', 'borrow', 'repay').map((change) => moved(change, 3)),
    fc.double({ min: 0, max: 1, noNaN: true }).map((rate) => interest(1, rate)),
    fc.integer({ min: 0, max: 900 }).map((borrowed) => pool(borrowed)),
    fc
      .constantFrom('waiting', 'triggered', 'cancelled', 'expired')
      .map(
        (status): Event => ({ kind: 'triggerOrderChanged', order: trigger(status), reason: undefined, details: {} }),
      ),
    fc.constant(listed),
  );
  const logs = fc.array(fc.array(anything, { maxLength: 3 }), { maxLength: 40 });
  const bounds = { ...DEFAULT_BOUNDS, accruals: { perAccount: 5, total: 9 }, poolHoursPerAsset: 3 };

  it('continues exactly where the live one would', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (commands, cut) => {
        const log: Committed[] = commands.map((events, seq) => committedOf(events, seq, START_US + seq * HOUR_US));
        const fold = (part: readonly Committed[], history = new MemoryHistory(bounds)) => {
          for (const committed of part) history.apply(committed);
          return history;
        };
        const at = log.length === 0 ? 0 : cut % log.length;
        const restored = MemoryHistory.load(fold(log.slice(0, at)).save(), bounds);
        expect(fold(log, restored).save()).toEqual(fold(log).save());
      }),
      { numRuns: RUNS },
    );
  });
});
