// What anyone may read.

import { type MarketType, REQUEST_LIMITS } from '@glasshouse/api';
import { DEFAULT_STRATEGY_LIMITS, DEFAULT_WITHDRAWAL_GUARDS } from '@glasshouse/protocol';
import {
  assetAnswer,
  depthAnswer,
  klineAnswer,
  marketAnswer,
  marketTypeOf,
  priceKlineAnswer,
  tickerAnswer,
  tradeAnswer,
} from '../answers/market-answer.js';
import { milliseconds } from '../answers/times.js';
import type { Listing } from '../exchange/listing.js';
import { Problem } from '../problem.js';
import type { PublicQueries } from './contract.js';
import { liquidationQueries } from './liquidation-queries.js';
import { listingOf } from './listing-of.js';
import { perpQueries } from './perp-queries.js';
import { poolQueries } from './pool-queries.js';
import { openProposals } from './proposals.js';
import type { PublicQueryParts } from './query-parts.js';
import { UNOFFERED_QUERIES } from './unoffered-queries.js';
import { publicVaultQueries } from './vault-queries.js';

const DEFAULT_ROWS = 100;
const DEFAULT_LEVELS = 1000;
const US_PER_SECOND = 1_000_000;
/** Clients take every market of a pair that they are shown for a book: those without one are listed for who asks. */
const WITH_BOOKS: readonly MarketType[] = ['SPOT', 'PERP'];

function systemQueries({ port }: PublicQueryParts) {
  return {
    status: () => ({ message: null, status: 'Ok' }),
    ping: () => 'pong',
    time: () => String(milliseconds(port.nowUs())),
    wallets: () => [],
  } satisfies Partial<PublicQueries>;
}

function marketQueries({ port, catalogue }: PublicQueryParts) {
  return {
    assets: () => catalogue.assets().map(assetAnswer),
    markets: ({ marketType }) =>
      catalogue
        .listings()
        .filter((listing) => (marketType ?? WITH_BOOKS).includes(marketTypeOf(listing)))
        .map((listing) => marketAnswer(listing, catalogue.rules.risk)),
    market: ({ symbol }) => marketAnswer(listingOf(catalogue, symbol), catalogue.rules.risk),
    depth: async ({ symbol, limit }) => {
      const listing = listingOf(catalogue, symbol);
      const levels = limit === undefined ? DEFAULT_LEVELS : Number(limit);
      return depthAnswer(listing, await port.read((view) => view.depth(listing.market.marketId, levels)));
    },
  } satisfies Partial<PublicQueries>;
}

function tradeQueries({ history, catalogue }: PublicQueryParts) {
  const page = async (symbol: string, limit: number | undefined, offset: number) => {
    const listing = listingOf(catalogue, symbol);
    const { marketId } = listing.market;
    const { rows } = await history.trades({ marketId, limit: limit ?? DEFAULT_ROWS, offset });
    return rows.map((row) => tradeAnswer(listing, row));
  };
  return {
    trades: ({ symbol, limit }) => page(symbol, limit, 0),
    tradesHistory: ({ symbol, limit, offset }) => page(symbol, limit, offset ?? 0),
  } satisfies Partial<PublicQueries>;
}

function statisticsQueries({ port, history, catalogue }: PublicQueryParts) {
  const ticker = (listing: Listing, window: '1d' | '1w') => {
    const row = history.ticker({ marketId: listing.market.marketId, window, nowUs: port.nowUs() });
    return row === undefined ? undefined : tickerAnswer(listing, row);
  };
  return {
    ticker: ({ symbol, interval }) => ticker(listingOf(catalogue, symbol), interval ?? '1d'),
    tickers: ({ interval }) =>
      catalogue
        .listings()
        .map((listing) => ticker(listing, interval ?? '1d'))
        .filter((answer) => answer !== undefined),
    klines: async ({ symbol, interval, startTime, endTime, priceType }) => {
      const listing = listingOf(catalogue, symbol);
      const isSampled = priceType === 'Mark' || priceType === 'Index';
      if (isSampled && listing.perp === undefined) {
        throw new Problem('parameterInvalid', {
          message: 'parameter `priceType` must be Last: only perpetuals have a mark and an index of their own',
        });
      }
      if (endTime !== undefined && endTime < startTime)
        throw new Problem('rangeInvalid', { details: { startTime, endTime } });
      const nowUs = port.nowUs();
      const toUs = endTime === undefined ? nowUs : Math.min(nowUs, endTime * US_PER_SECOND);
      const { marketId } = listing.market;
      const fromUs = startTime * US_PER_SECOND;
      const query = { marketId, interval, fromUs, toUs, limit: REQUEST_LIMITS.maxKlines };
      if (!isSampled) return (await history.pastCandles(query)).map((candle) => klineAnswer(listing, candle));
      const prices = await history.priceCandles({ ...query, price: priceType === 'Mark' ? 'mark' : 'index' });
      return prices.map((candle) => priceKlineAnswer(listing, candle));
    },
  } satisfies Partial<PublicQueries>;
}

function transparencyQueries({ port, catalogue, limits, logProof }: PublicQueryParts) {
  return {
    parameters: () => ({
      name: catalogue.rules.name,
      settings: {
        strategies: DEFAULT_STRATEGY_LIMITS,
        withdrawals: DEFAULT_WITHDRAWAL_GUARDS,
        ...catalogue.rules.settings,
      },
      spotFeeTiers: [...catalogue.rules.spotFeeTiers],
      risk: catalogue.rules.risk,
      ...limits,
    }),
    state: async () => {
      const { nextSeq, timeUs } = await port.read((view) => ({ nextSeq: view.nextSeq, timeUs: view.timeUs }));
      const { logHash, checkpoint } = logProof();
      return { nextSeq, timestamp: timeUs, logHash, checkpoint };
    },
    proposals: () => port.read(openProposals),
  } satisfies Partial<PublicQueries>;
}

export function publicQueries(parts: PublicQueryParts): PublicQueries {
  return {
    ...systemQueries(parts),
    ...marketQueries(parts),
    ...tradeQueries(parts),
    ...statisticsQueries(parts),
    ...perpQueries(parts),
    ...poolQueries(parts),
    ...liquidationQueries(parts),
    ...transparencyQueries(parts),
    ...UNOFFERED_QUERIES,
    ...publicVaultQueries(parts),
  };
}
