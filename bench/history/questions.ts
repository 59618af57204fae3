// Every question that the history answers, as bots and people ask it: of anyone, of the busiest accounts, filtered, deep in the past.
import type { HistoryQueries } from '@glasshouse/history';
import { ASSETS, accountsFor, BUSY_ACCOUNTS, FIRST_US, MARKETS } from './rows.js';

export type Asked = {
  readonly name: string;
  readonly ask: (history: HistoryQueries, random: () => number) => unknown;
};

const PAGE = { limit: 100, offset: 0 } as const;
const LARGE = { limit: 1000, offset: 0 } as const;
const DEEP = { limit: 100, offset: 10_000 } as const;
const DAY_US = 86_400_000_000;

const between = (random: () => number, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

export function questionsFor(rows: number): readonly Asked[] {
  const anyone = (random: () => number) => ({ accountId: between(random, BUSY_ACCOUNTS + 1, accountsFor(rows)) });
  const busy = (random: () => number) => ({ accountId: between(random, 1, BUSY_ACCOUNTS) });
  const market = (random: () => number) => ({ marketId: between(random, 1, MARKETS) });
  const markets = (random: () => number) => ({ marketIds: Array.from({ length: 10 }, () => market(random).marketId) });
  const asset = (random: () => number) => ({ assetId: between(random, 1, ASSETS) });
  const day = (random: () => number) => {
    const fromUs = FIRST_US + between(random, 0, 88) * DAY_US;
    return { fromUs, toUs: fromUs + DAY_US };
  };
  const order = (random: () => number) => ({ orderId: between(random, 1, Math.round(rows / 2)) });
  type Part = (random: () => number) => object;
  const of =
    <List extends keyof HistoryQueries>(list: List, page: object, ...parts: readonly Part[]): Asked['ask'] =>
    (history, random) => {
      const query = Object.assign({ ...page }, ...parts.map((part) => part(random)));
      return (history[list] as (query: object) => unknown).call(history, query);
    };
  const ask = (name: string, asked: Asked['ask']): Asked => ({ name, ask: asked });
  return [
    ask('trades, newest', of('trades', PAGE, market)),
    ask('trades, far back', of('trades', { limit: 100, offset: Math.round(rows / 100) }, market)),
    ask('orders of anyone', of('orders', PAGE, anyone)),
    ask('orders, busy', of('orders', PAGE, busy)),
    ask('orders, busy, 1000', of('orders', LARGE, busy)),
    ask('orders, busy, from 10,000', of('orders', DEEP, busy)),
    ask('orders, busy, a market', of('orders', PAGE, busy, market)),
    ask('orders, busy, ten markets', of('orders', PAGE, busy, markets)),
    ask('an order', of('orders', PAGE, busy, order)),
    ask('fills of anyone', of('fills', PAGE, anyone)),
    ask('fills, busy', of('fills', PAGE, busy)),
    ask('fills, busy, 1000', of('fills', LARGE, busy)),
    ask('fills, busy, from 10,000', of('fills', DEEP, busy)),
    ask('fills, busy, oldest', of('fills', { ...PAGE, sort: 'ascending' }, busy)),
    ask('fills, busy, a day', of('fills', PAGE, busy, day)),
    ask('fills, busy, a market, a day', of('fills', PAGE, busy, market, day)),
    ask('fills, busy, ten markets', of('fills', PAGE, busy, markets)),
    ask('fills, busy, of users', of('fills', { ...PAGE, origins: ['user'] }, busy)),
    ask('fills, busy, of liquidations', of('fills', { ...PAGE, origins: ['liquidation', 'backstop'] }, busy)),
    ask('fills of an order', of('fills', PAGE, busy, order)),
    ask('settlements, busy', of('settlements', PAGE, busy)),
    ask('settlements, busy, rare source', of('settlements', { ...PAGE, sources: ['systemFee', 'liability'] }, busy)),
    ask('interest, busy', of('interest', PAGE, busy)),
    ask('interest, busy, an asset', of('interest', PAGE, busy, asset)),
    ask('interest, busy, of loans', of('interest', { ...PAGE, sources: ['lend', 'borrow'] }, busy)),
    ask('interest, busy, asset and source', of('interest', { ...PAGE, sources: ['lend', 'borrow'] }, busy, asset)),
    ask('funding, busy', of('fundingPayments', PAGE, busy)),
    ask('funding, busy, a market', of('fundingPayments', PAGE, busy, market)),
    ask('funding rates', of('fundingRates', PAGE, market)),
    ask('loan movements, busy', of('loanMovements', PAGE, busy)),
    ask('loan movements, busy, asset', of('loanMovements', PAGE, busy, asset)),
    ask('loan movements, busy, change', of('loanMovements', { ...PAGE, change: 'borrow' }, busy)),
    ask(
      'loan movements, all filters',
      of('loanMovements', { ...PAGE, change: 'lend', sources: ['manual'] }, busy, asset),
    ),
    ask('loans, busy', of('loans', PAGE, busy)),
    ask('loans, busy, open', of('loans', { ...PAGE, open: true }, busy)),
    ask('loans, busy, asset, side', of('loans', { ...PAGE, side: 'lend' }, busy, asset)),
    ask('deposits, busy', of('deposits', PAGE, busy)),
    ask('deposits, busy, a day', of('deposits', PAGE, busy, day)),
    ask('withdrawals, busy', of('withdrawals', PAGE, busy)),
    ask('withdrawals, busy, a day', of('withdrawals', PAGE, busy, day)),
    ask('transfers, busy', of('transfers', PAGE, busy)),
    ask('liquidations', of('liquidations', PAGE)),
    ask('liquidations, busy', of('liquidations', PAGE, busy)),
    ask('pool, 90 days by hour', of('poolHistory', { fromUs: FIRST_US, stepUs: DAY_US / 24 }, asset)),
    ask('pool, 90 days by day', of('poolHistory', { fromUs: FIRST_US, stepUs: DAY_US }, asset)),
  ];
}
