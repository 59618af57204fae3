import type { Event } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, type HistoryBounds, type LiquidationRow, MemoryHistory } from '../src/index.js';
import { committedOf, fillOf, orderOf, START_US } from './builders.js';
import {
  assigned,
  BTC,
  covered,
  deleveraged,
  ended,
  listed,
  PERP,
  recorded,
  SPOT,
  started,
  stepped,
  USDC,
} from './liquidation-events.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 80);
const ALL = { limit: 1000, offset: 0 } as const;
const [ALICE, BOB, CAROL] = [7, 8, 9];

function historyOf(commands: readonly (readonly Event[])[], bounds: HistoryBounds = DEFAULT_BOUNDS): MemoryHistory {
  const history = new MemoryHistory(bounds);
  [listed, ...commands].forEach((events, seq) => {
    history.apply(committedOf(events, seq, START_US + seq));
  });
  return history;
}

const reports = (history: MemoryHistory, filter: object = {}): readonly LiquidationRow[] =>
  history.liquidations({ ...ALL, ...filter }).rows;

describe('a liquidation report', () => {
  it('says why it began, which steps were taken, and what was left', () => {
    const history = historyOf([
      [started(ALICE), stepped(ALICE)],
      [assigned(ALICE, BOB)],
      [deleveraged(ALICE, CAROL), ended(ALICE)],
    ]);
    const [report] = reports(history);
    expect(report).toMatchObject({
      liquidationId: 1,
      accountId: ALICE,
      startedUs: START_US + 1,
      atStart: { netEquityUsd: 90, maintenanceMarginUsd: 100.5 },
      ending: { timeUs: START_US + 3, reason: 'recovered', totals: { steps: 2 }, left: { netEquityUsd: 70 } },
      stepsLeftOut: 0,
    });
    expect(report?.steps).toMatchObject([
      { kind: 'book', marketId: PERP, sizeLots: 10, markPrice: 100.25, fundFeeAtoms: 3, after: { netEquityUsd: 88 } },
      { kind: 'backstop', sizeLots: 20, providerFeeAtoms: 8, fundFeeAtoms: 4, before: undefined },
      { kind: 'deleverage', sizeLots: 30, takenAtoms: 7, policy: 'minimal' },
    ]);
  });

  it('has no ending while it lasts, and each account its own', () => {
    const history = historyOf([[started(ALICE), started(BOB, 2)], [stepped(BOB)], [ended(ALICE, 'closed')]]);
    expect(reports(history).map(({ liquidationId, accountId }) => [liquidationId, accountId])).toEqual([
      [2, BOB],
      [1, ALICE],
    ]);
    expect(reports(history).map(({ ending, steps }) => [ending?.reason, steps.length])).toEqual([
      [undefined, 1],
      ['closed', 0],
    ]);
    expect(reports(history, { accountId: ALICE })).toHaveLength(1);
    expect(reports(history, { sort: 'ascending', limit: 1 })[0]?.accountId).toBe(ALICE);
  });

  it('counts as one what the fund lends for a purchase and gets back in the same turn', () => {
    const history = historyOf([
      [started(ALICE), covered(ALICE, 1000), covered(ALICE, -900)],
      [covered(ALICE, 5), recorded(ALICE, 40), ended(ALICE, 'bankrupt')],
    ]);
    expect(reports(history)[0]?.steps).toMatchObject([
      { kind: 'fund', quantityAtoms: 100 },
      { kind: 'fund', quantityAtoms: 5 },
      { kind: 'record', assetId: USDC, quantityAtoms: 40 },
    ]);
  });

  it('does not change once it has been handed out', () => {
    const history = historyOf([[started(ALICE)]]);
    const [before] = reports(history);
    history.apply(committedOf([stepped(ALICE)], 2));
    expect([before?.steps.length, reports(history)[0]?.steps.length]).toEqual([0, 1]);
  });
});

describe('liquidation reports', () => {
  const bounded = (bounds: Partial<HistoryBounds['liquidations']>) => ({
    ...DEFAULT_BOUNDS,
    liquidations: { ...DEFAULT_BOUNDS.liquidations, ...bounds },
  });

  it('keep to their bounds: the oldest go, and long ones say how many steps they leave out', () => {
    const commands = [1, 2, 3].map((account) => [
      started(account, account),
      stepped(account),
      stepped(account),
      ended(account),
    ]);
    const ids = (bounds: Partial<HistoryBounds['liquidations']>) =>
      reports(historyOf(commands, bounded(bounds))).map(({ liquidationId }) => liquidationId);
    expect(ids({ reports: 2 })).toEqual([3, 2]);
    expect(ids({ steps: 3 })).toEqual([3]);
    const [long] = reports(historyOf(commands, bounded({ stepsPerReport: 1 })));
    expect([long?.steps.length, long?.stepsLeftOut]).toEqual([1, 1]);
  });

  /** An account is liquidated once at a time, under the next number. */
  function plausible(commands: readonly (readonly Event[])[]): Event[][] {
    const running = new Set<number>();
    let begun = 0;
    const happening = (event: Event): Event[] => {
      if (event.kind === 'liquidationEnded') return running.delete(event.liquidation.accountId) ? [event] : [];
      if (event.kind !== 'liquidationStarted') return [event];
      if (running.has(event.accountId)) return [];
      running.add(event.accountId);
      begun += 1;
      return [{ ...event, liquidationId: begun }];
    };
    return commands.map((events) => events.flatMap(happening));
  }

  it('go on under any bounds as they would live, wherever they were saved', () => {
    const account = fc.integer({ min: 1, max: 4 });
    const event: fc.Arbitrary<Event> = fc.oneof(
      account.map((id) => started(id)),
      account.map((id) => stepped(id)),
      account.map((id) => stepped(id, { marketId: SPOT })),
      fc.tuple(account, account).map(([id, other]) => assigned(id, other)),
      fc.tuple(account, account).map(([id, other]) => deleveraged(id, other)),
      fc.tuple(account, fc.integer({ min: -9, max: 9 })).map(([id, atoms]) => covered(id, atoms)),
      account.map((id) => recorded(id, 3)),
      account.map((id) => ended(id)),
    );
    const commands = fc.array(fc.array(event, { maxLength: 4 }), { maxLength: 25 }).map(plausible);
    const bounds = fc
      .record({
        reports: fc.integer({ min: 1, max: 5 }),
        steps: fc.integer({ min: 1, max: 9 }),
        stepsPerReport: fc.integer({ min: 1, max: 4 }),
      })
      .map(bounded);
    fc.assert(
      fc.property(commands, fc.nat(), bounds, (all, cut, within) => {
        const at = all.length === 0 ? 0 : cut % all.length;
        const live = historyOf(all, within);
        const restored = MemoryHistory.load(historyOf(all.slice(0, at), within).save(), within);
        [listed, ...all].forEach((events, seq) => {
          restored.apply(committedOf(events, seq, START_US + seq));
        });
        expect(restored.save()).toEqual(live.save());
        expect(reports(restored)).toEqual(reports(live));
        expect(reports(live).length).toBeLessThanOrEqual(within.liquidations.reports);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('orders of a liquidated account', () => {
  const traded = {
    kind: 'traded',
    trade: { marketId: PERP, takerOrderId: 5, isLiquidation: true },
  } as unknown as Event;

  it('were cancelled for that reason, and the exchange’s own are told apart with their fills and fees', () => {
    const resting = orderOf({ orderId: 4, accountId: ALICE, marketId: PERP, status: 3 });
    const closing = orderOf({ orderId: 5, accountId: ALICE, marketId: PERP, status: 2 });
    const history = historyOf([
      [started(ALICE), { kind: 'orderCancelled', order: resting }],
      [
        { kind: 'orderAccepted', index: -1, order: { ...closing, status: 0 } },
        { ...traded, trade: { ...(traded as { trade: object }).trade } } as Event,
        { kind: 'orderFilled', order: closing, fill: { ...fillOf(1), feeAssetId: USDC } },
      ],
      [{ kind: 'orderCancelled', order: orderOf({ orderId: 6, accountId: BOB, marketId: PERP, status: 3 }) }],
    ]);
    const orders = history.orders({ accountId: ALICE, ...ALL }).rows;
    expect(orders.map(({ origin, expiryReason }) => [origin, expiryReason])).toEqual([
      ['liquidation', undefined],
      ['user', 'Liquidation'],
    ]);
    expect(history.orders({ accountId: BOB, ...ALL }).rows[0]?.expiryReason).toBeUndefined();
    expect(history.fills({ accountId: ALICE, origins: ['liquidation'], ...ALL }).total).toBe(1);
    expect(history.settlements({ accountId: ALICE, ...ALL }).rows.map(({ source }) => source)).toEqual(['systemFee']);
    const restored = MemoryHistory.load(history.save());
    expect(restored.orders({ accountId: ALICE, ...ALL }).rows).toEqual(orders);
  });
});

describe('what was passed on', () => {
  const history = historyOf([[started(ALICE), assigned(ALICE, BOB), deleveraged(ALICE, CAROL)]]);
  const fillsOf = (accountId: number, origins?: readonly ('backstop' | 'deleverage')[]) =>
    history.fills({ accountId, ...(origins === undefined ? {} : { origins }), ...ALL, sort: 'ascending' }).rows;

  it('is a fill of both sides, without an order or a trade', () => {
    const none = { tradeId: 0, orderId: 0, clientId: -1, isMaker: false, feeAssetId: USDC };
    expect(fillsOf(ALICE)).toMatchObject([
      { ...none, origin: 'backstop', side: 1, sizeLots: 20, quoteAtoms: 2005, feeAtoms: 12 },
      { ...none, origin: 'deleverage', side: 0, sizeLots: 30, quoteAtoms: 3000, feeAtoms: 2 },
    ]);
    expect(fillsOf(BOB)).toMatchObject([{ ...none, origin: 'backstop', side: 0, feeAtoms: -8 }]);
    expect(fillsOf(CAROL)).toMatchObject([{ ...none, origin: 'deleverage', side: 1, feeAtoms: 0 }]);
    expect(fillsOf(ALICE, ['deleverage'])).toHaveLength(1);
  });

  it('moves money that settlements tell of, and what one account pays another gets', () => {
    const rowsOf = (accountId: number) =>
      history
        .settlements({ accountId, ...ALL, sort: 'ascending' })
        .rows.map(({ source, quantityAtoms }) => [source, quantityAtoms]);
    expect(rowsOf(ALICE)).toEqual([
      ['backstopProvider', -8],
      ['backstopFund', -4],
      ['deleverage', 7],
      ['backstopFund', -2],
    ]);
    expect(rowsOf(BOB)).toEqual([['backstopProvider', 8]]);
    expect(rowsOf(CAROL)).toEqual([['deleverage', -7]]);
  });
});

describe('what nobody could pay', () => {
  it('is a settlement by the fund, one a request, and by whom it went on record', () => {
    const history = historyOf([
      [started(ALICE), covered(ALICE, 1000), covered(ALICE, -900), recorded(ALICE, 40)],
      [
        {
          kind: 'negativeBalanceAccepted',
          negative: { ...recorded(ALICE, 40).negative, quantityAtoms: 25 as Atoms },
          paidAtoms: 15 as Atoms,
        },
      ],
    ]);
    const { rows } = history.settlements({ accountId: ALICE, ...ALL, sort: 'ascending' });
    expect(rows.map(({ source, quantityAtoms }) => [source, quantityAtoms])).toEqual([
      ['liability', 40],
      ['backstopFund', 100],
      ['liability', -15],
    ]);
  });

  it('of a loan is a repayment by the house, in the asset of the loan', () => {
    const history = historyOf([[started(ALICE), recorded(ALICE, 40, 'loan', BTC)]]);
    expect(history.loanMovements({ accountId: ALICE, ...ALL }).rows).toMatchObject([
      { assetId: BTC, change: 'repay', quantityAtoms: 40, source: 'takenOver' },
    ]);
    expect(history.settlements({ accountId: ALICE, ...ALL }).total).toBe(0);
  });
});

describe('a lender that is matched with a borrower', () => {
  const borrowed = (accountId: number, quantity: number): Event[] => [
    {
      kind: 'borrowLendChanged',
      accountId,
      assetId: USDC,
      change: 'borrow',
      quantityAtoms: quantity as Atoms,
      source: 'manual',
    },
  ];
  const matched = (settlementAtoms: number): Event => ({
    kind: 'loanDeleveraged',
    accountId: ALICE,
    counterpartyAccountId: BOB,
    assetId: BTC,
    quantityAtoms: 5 as Atoms,
    settlementAssetId: USDC,
    settlementAtoms: settlementAtoms as Atoms,
  });
  const movesOf = (history: MemoryHistory, accountId: number) =>
    history
      .loanMovements({ accountId, ...ALL, sort: 'ascending' })
      .rows.map(({ assetId, change, quantityAtoms, source }) => [assetId, change, quantityAtoms, source]);

  it('has the settlement asset for what it lent, and the borrower owes that instead', () => {
    const history = historyOf([[matched(300)]]);
    expect(movesOf(history, ALICE)).toEqual([
      [BTC, 'redeem', 5, 'lenderDeleveraged'],
      [USDC, 'lend', 300, 'lenderDeleveraged'],
    ]);
    expect(movesOf(history, BOB)).toEqual([
      [BTC, 'repay', 5, 'borrowerDeleveraged'],
      [USDC, 'borrow', 300, 'borrowerDeleveraged'],
    ]);
  });

  it('repays what it owes of the settlement asset first', () => {
    const history = historyOf([borrowed(ALICE, 350), [matched(300), matched(100)]]);
    expect(movesOf(history, ALICE).filter(([assetId]) => assetId === USDC)).toEqual([
      [USDC, 'borrow', 350, 'manual'],
      [USDC, 'repay', 300, 'lenderDeleveraged'],
      [USDC, 'repay', 50, 'lenderDeleveraged'],
      [USDC, 'lend', 50, 'lenderDeleveraged'],
    ]);
  });
});
