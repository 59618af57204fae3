// Every question that the history answers, with filters and pages at random, around what a past holds.
import { CANDLE_INTERVALS, type Committed, type HistoryQueries } from '@glasshouse/history';
import fc from 'fast-check';

export type Question = { readonly list: keyof HistoryQueries; readonly query: object };

export const LISTS: readonly (keyof HistoryQueries)[] = [
  'deposits',
  'dustConversions',
  'fills',
  'fundingPayments',
  'fundingRates',
  'interest',
  'liquidations',
  'loanMovements',
  'loans',
  'orders',
  'pastCandles',
  'poolHistory',
  'positions',
  'priceCandles',
  'quoteFills',
  'quotes',
  'rfqFills',
  'rfqs',
  'settlements',
  'strategies',
  'trades',
  'transfers',
  'vaultHistory',
  'withdrawals',
];

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 1 });
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const some = <Value>(values: readonly Value[]) => maybe(fc.subarray([...values]));

const PAGE = {
  limit: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(1000)),
  offset: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 40 }), fc.constant(100_000)),
  sort: maybe(fc.constantFrom('ascending', 'descending')),
};
const ACCOUNT = { accountId: fc.integer({ min: 0, max: 14 }) };
const MARKET = fc.integer({ min: 1, max: 7 });
const SIDES = fc.constantFrom(0, 1);
const STATUS = fc.integer({ min: 0, max: 4 });
const ASSET = fc.integer({ min: 1, max: 5 });
const LOAN_SOURCES = ['manual', 'autoLend', 'autoRepay', 'order', 'settlement', 'liquidation', 'takenOver'] as const;
const SETTLEMENT_SOURCES = ['pnl', 'funding', 'fee', 'systemFee', 'backstopFund', 'deleverage', 'poolUtilization'];

function idsIn(past: readonly Committed[]) {
  const orders = new Set<number>([0]);
  const strategies = new Set<number>([1]);
  const quoting = new Set<number>([1]);
  const times = new Set<number>();
  for (const { events, timeUs } of past) {
    times.add(timeUs);
    for (const event of events) {
      if (event.kind === 'orderFilled') orders.add(event.order.orderId);
      if (event.kind === 'strategyCreated') strategies.add(event.strategy.strategyId);
      if (event.kind === 'quoteOpened') quoting.add(event.quote.quoteId).add(event.quote.rfqId);
    }
  }
  const [order, time] = [fc.constantFrom(...orders), fc.constantFrom(...times)];
  return { order, time, strategy: fc.constantFrom(...strategies), quoting: fc.constantFrom(...quoting) };
}

export function questionsAbout(past: readonly Committed[]): fc.Arbitrary<Question> {
  const { order, time, strategy, quoting } = idsIn(past);
  const range = { fromUs: maybe(time), toUs: maybe(time) };
  const markets = { marketId: maybe(MARKET), marketIds: some([1, 2, 3, 4, 5, 6]) };
  const orders = { ...markets, orderId: rarely(order), strategyId: rarely(strategy) };
  const quoted = { marketId: maybe(MARKET), side: rarely(SIDES), quoteId: rarely(quoting) };
  const steps = fc.constantFrom(3_600_000_000, 86_400_000_000);
  const origins = some(['user', 'conversion', 'liquidation', 'backstop', 'deleverage']);
  const of = (list: keyof HistoryQueries, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc.record(fields).map((query): Question => ({ list, query }));
  return fc.oneof(
    of('trades', { marketId: MARKET, ...PAGE }),
    of('pastCandles', {
      ...{ marketId: MARKET, interval: fc.constantFrom(...CANDLE_INTERVALS), fromUs: time, toUs: time },
      limit: fc.integer({ min: 0, max: 100 }),
    }),
    of('priceCandles', {
      ...{ marketId: MARKET, interval: fc.constantFrom(...CANDLE_INTERVALS), fromUs: time, toUs: time },
      ...{ limit: fc.integer({ min: 0, max: 100 }), price: fc.constantFrom('mark', 'index') },
    }),
    of('orders', { ...ACCOUNT, ...orders, ...PAGE }),
    of('fills', { ...ACCOUNT, ...orders, origins, ...range, ...PAGE }),
    of('deposits', { ...ACCOUNT, ...range, ...PAGE }),
    of('withdrawals', {
      ...ACCOUNT,
      withdrawalId: maybe(fc.integer({ min: 1, max: 20 })),
      clientId: maybe(fc.constantFrom('', 'w1')),
      ...range,
      ...PAGE,
    }),
    of('transfers', { ...ACCOUNT, ...range, ...PAGE }),
    of('fundingPayments', { ...ACCOUNT, marketId: maybe(MARKET), ...PAGE }),
    of('fundingRates', { marketId: MARKET, ...PAGE }),
    of('interest', { ...ACCOUNT, assetId: maybe(ASSET), sources: some(['lend', 'borrow', 'unsettledPnl']), ...PAGE }),
    of('settlements', { ...ACCOUNT, sources: some(SETTLEMENT_SOURCES), ...PAGE }),
    of('loanMovements', {
      ...ACCOUNT,
      assetId: maybe(ASSET),
      change: maybe(fc.constantFrom('lend', 'redeem', 'borrow', 'repay')),
      sources: some(LOAN_SOURCES),
      ...PAGE,
    }),
    of('loans', {
      ...ACCOUNT,
      assetId: maybe(ASSET),
      side: maybe(fc.constantFrom('lend', 'borrow')),
      open: maybe(fc.boolean()),
      ...PAGE,
    }),
    of('liquidations', { accountId: maybe(fc.integer({ min: 0, max: 14 })), ...PAGE }),
    of('poolHistory', { assetId: ASSET, fromUs: time, stepUs: steps }),
    of('vaultHistory', { vaultId: fc.integer({ min: 1, max: 3 }), fromUs: time, stepUs: steps }),
    of('strategies', { ...ACCOUNT, ...markets, strategyId: rarely(strategy), ...PAGE }),
    of('positions', { ...ACCOUNT, ...markets, open: maybe(fc.boolean()), ...PAGE }),
    of('rfqs', {
      ...ACCOUNT,
      marketId: maybe(MARKET),
      rfqId: rarely(quoting),
      side: rarely(SIDES),
      status: rarely(STATUS),
      ...PAGE,
    }),
    of('quotes', { ...ACCOUNT, marketId: maybe(MARKET), quoteId: rarely(quoting), status: rarely(STATUS), ...PAGE }),
    of('rfqFills', { ...ACCOUNT, ...quoted, ...PAGE }),
    of('quoteFills', { ...ACCOUNT, ...quoted, ...PAGE }),
    of('dustConversions', {
      ...ACCOUNT,
      assetId: rarely(ASSET),
      dustId: rarely(fc.integer({ min: 1, max: 9 })),
      ...PAGE,
    }),
  );
}

/** Every list without filters, whoever's it is. */
export function plainQuestions(past: readonly Committed[]): readonly Question[] {
  const [fromUs, toUs] = [past[0]?.timeUs ?? 0, past.at(-1)?.timeUs ?? 0];
  const owners = Array.from({ length: 14 }, (_, index) => index + 1);
  return LISTS.flatMap((list) =>
    owners.map((id): Question => {
      const owner = { accountId: id, marketId: PUBLIC_LISTS.includes(list) ? id : undefined, assetId: undefined };
      const series = { interval: '1h', stepUs: 3_600_000_000, fromUs, toUs: undefined };
      if (list === 'poolHistory') return { list, query: { ...series, assetId: id } };
      if (list === 'vaultHistory') return { list, query: { ...series, vaultId: id } };
      if (list === 'priceCandles') return { list, query: { ...series, marketId: id, price: 'mark', toUs, limit: 100 } };
      if (list === 'pastCandles') return { list, query: { ...series, marketId: id, toUs, limit: 100 } };
      return { list, query: { ...owner, limit: 1000, offset: 0 } };
    }),
  );
}

/** Of a market, not of an account. */
const PUBLIC_LISTS: readonly (keyof HistoryQueries)[] = ['trades', 'fundingRates'];
