// What anyone may read of collateral and lending pools.
import type { AssetView, LendingTerms, PoolView } from '@glasshouse/protocol';
import { poolHistoryAnswer, poolMarketAnswer } from '../answers/lending-answer.js';
import { collateralParameters } from '../answers/margin-answer.js';
import { rateText } from '../answers/real-number.js';
import type { ExchangeView } from '../ports.js';
import { CHARTS } from './charts.js';
import type { PublicQueries } from './contract.js';
import { assetOf } from './listing-of.js';
import type { PublicQueryParts } from './query-parts.js';

type Pool = { readonly asset: AssetView; readonly lending: LendingTerms; readonly pool: PoolView };

export function poolQueries({ port, history, catalogue }: PublicQueryParts) {
  const poolsIn = (view: ExchangeView): Pool[] =>
    view.pools().flatMap((pool) => {
      const asset = catalogue.asset(pool.assetId);
      return asset?.lending === undefined ? [] : [{ asset, lending: asset.lending, pool }];
    });
  const markets = (view: ExchangeView) => {
    const prices = new Map(view.assetPrices().map(({ assetId, indexPrice }) => [assetId, indexPrice]));
    return poolsIn(view).map(({ asset, lending, pool }) =>
      poolMarketAnswer(asset, lending, pool, prices.get(asset.assetId) ?? 0),
    );
  };
  return {
    collateralParameters: () =>
      catalogue
        .assets()
        .map(collateralParameters)
        .filter((answer) => answer !== undefined),
    borrowLendMarkets: () => port.read(markets),
    borrowLendMarketHistory: async ({ interval, symbol }) => {
      const assets = symbol === undefined ? catalogue.assets() : [assetOf(catalogue, symbol)];
      const { spanUs, stepUs } = CHARTS[interval];
      const fromUs = port.nowUs() - spanUs;
      const charts = await Promise.all(
        assets.map(async (asset) => {
          const rows = await history.poolHistory({ assetId: asset.assetId, fromUs, stepUs });
          return rows.map((row) => poolHistoryAnswer(asset, row));
        }),
      );
      return charts.flat();
    },
    apy: async () => {
      const pools = await port.read(poolsIn);
      const borrowLend = pools.map(({ asset, pool }) => ({
        borrowRate: rateText(pool.borrowRate),
        lendRate: rateText(pool.lendRate),
        symbol: asset.symbol,
      }));
      return { borrowLend, staking: [] };
    },
  } satisfies Partial<PublicQueries>;
}
