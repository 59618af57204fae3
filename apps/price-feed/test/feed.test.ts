// Rounds and reports, with an exchange that answers as it is told.
import { ExchangeError } from '@glasshouse/client';
import { afterEach, describe, expect, it } from 'vitest';
import { type Feed, roundOf, startFeed } from '../src/feed.js';
import type { Quote, Source } from '../src/quote.js';
import { until } from './fake-venue.js';

type Report = { readonly source: string; readonly prices: string };
type Answer = { source: string; count: number; timestamp: number };

const quote = (asset: string, price: number, money: Quote['money'] = 'USD'): Quote => ({
  asset,
  money,
  bid: price,
  ask: price,
  last: price,
  timeMs: 0,
});

function source(name: string, ...quotes: readonly Quote[]): Source {
  return { name, kind: 'synthetic', start: () => undefined, stop: () => undefined, quotes: () => quotes };
}

let feed: Feed | undefined;
afterEach(() => feed?.stop());

function run(sources: readonly Source[], answer: (report: Report) => Promise<void> = async () => undefined) {
  const reports: Report[] = [];
  const log: string[] = [];
  const reportPrices = async (report: Report): Promise<Answer> => {
    reports.push(report);
    await answer(report);
    return { source: report.source, count: 1, timestamp: 0 };
  };
  feed = startFeed({ sources, client: { reportPrices }, log: (line) => log.push(line), intervalMs: 5 });
  return { reports, log };
}

const unknown = (symbol: string) =>
  new ExchangeError('reportPrices', 'No such price source', {
    code: 'INVALID_SOURCE',
    status: 400,
    details: { symbol },
  });

describe('a round', () => {
  it("turns one source's stablecoin prices into dollars by another's", () => {
    const { sources } = roundOf([source('a', quote('BTC', 100_000, 'USDT')), source('b', quote('USDT', 0.999))], 0);
    expect(sources[0]?.quotes[0]?.dollars).toMatchObject({ asset: 'BTC', bid: 99_900 });
  });
});

describe('a feed', () => {
  it('reports each source by itself, again and again', async () => {
    const { reports } = run([source('a', quote('BTC', 1), quote('ETH', 2)), source('b', quote('BTC', 3))]);
    await until(() => reports.length >= 4);
    expect(reports.slice(0, 4)).toEqual([
      { source: 'a', prices: 'BTC:1:1:1,ETH:2:2:2' },
      { source: 'b', prices: 'BTC:3:3:3' },
      { source: 'a', prices: 'BTC:1:1:1,ETH:2:2:2' },
      { source: 'b', prices: 'BTC:3:3:3' },
    ]);
  });

  it('says nothing of a source without quotes, nor of a stablecoin price that is worth nobody knows what', async () => {
    const { reports } = run([
      source('silent'),
      source('lonely', quote('BTC', 1, 'USDT')),
      source('b', quote('BTC', 3)),
    ]);
    await until(() => reports.length >= 3);
    expect(new Set(reports.map((report) => report.source))).toEqual(new Set(['b']));
  });

  it('leaves out what the exchange does not listen to, and says so once', async () => {
    const { reports, log } = run([source('a', quote('DOGE', 1), quote('BTC', 2))], async ({ prices }) => {
      if (prices.includes('DOGE')) throw unknown('DOGE');
    });
    await until(() => reports.length >= 5);
    expect(reports.slice(0, 3).map(({ prices }) => prices)).toEqual(['DOGE:1:1:1,BTC:2:2:2', 'BTC:2:2:2', 'BTC:2:2:2']);
    expect(log).toEqual(['a: this exchange does not listen to it for DOGE; left out']);
  });

  it('goes on after trouble, and says the same trouble once', async () => {
    const { reports, log } = run([source('a', quote('BTC', 1))], async () => {
      throw new Error('no connection');
    });
    await until(() => reports.length >= 5);
    expect(log).toEqual(['a: no connection']);
  });

  it('never has two reports of a source on the way', async () => {
    let release = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { reports } = run([source('slow', quote('BTC', 1)), source('quick', quote('BTC', 1))], ({ source: name }) =>
      name === 'slow' ? answered : Promise.resolve(),
    );
    await until(() => reports.filter(({ source: name }) => name === 'quick').length >= 5);
    expect(reports.filter(({ source: name }) => name === 'slow')).toHaveLength(1);
    release();
  });

  it('has ended when it says so: the last report is answered', async () => {
    let open = 0;
    const { reports } = run([source('a', quote('BTC', 1))], async () => {
      open += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      open -= 1;
    });
    await until(() => reports.length > 0);
    await feed?.stop();
    expect(open).toBe(0);
  });
});
