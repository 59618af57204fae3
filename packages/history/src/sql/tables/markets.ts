// What ids in the other tables mean, for whoever reads them with SQL alone; and which markets settle in what.
import { type AssetView, MARKET_KIND, type MarketView } from '@glasshouse/protocol';
import type { Database } from '../database.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

type AssetRecord = Pick<AssetView, 'assetId' | 'symbol' | 'decimals'>;

export const ASSETS = table<AssetRecord>(
  'assets',
  { assetId: 'integer', symbol: 'text', decimals: 'integer' },
  ['assetId'],
  replaced<AssetRecord>('symbol', 'decimals'),
);

type MarketRecord = Pick<
  MarketView,
  | 'marketId'
  | 'symbol'
  | 'baseAssetId'
  | 'quoteAssetId'
  | 'tickDigits'
  | 'tickScale'
  | 'stepDigits'
  | 'stepScale'
  | 'createdUs'
> & { readonly isPerp: boolean };

export const MARKETS = table<MarketRecord>(
  'markets',
  {
    marketId: 'integer',
    symbol: 'text',
    isPerp: 'boolean',
    baseAssetId: 'integer',
    quoteAssetId: 'integer',
    tickDigits: 'bigint',
    tickScale: 'integer',
    stepDigits: 'bigint',
    stepScale: 'integer',
    createdUs: 'bigint',
  },
  ['marketId'],
  replaced<MarketRecord>('symbol', 'tickDigits', 'tickScale', 'stepDigits', 'stepScale'),
);

export class MarketRecords {
  readonly assets = new ChangedRows(ASSETS);
  readonly markets = new ChangedRows(MARKETS);
  /** Settlement asset by perpetual, in the order of listing. */
  readonly perps = new Map<number, number>();

  recordAsset({ assetId, symbol, decimals }: AssetView): void {
    this.assets.put({ assetId, symbol, decimals });
  }

  recordMarket(market: MarketView): void {
    this.markets.put({ ...market, isPerp: market.kind === MARKET_KIND.perp });
  }

  /** The markets that are listed where the database stands. */
  async load(database: Database): Promise<void> {
    const perps = await database.query<{ readonly marketId: number; readonly quoteAssetId: number }>({
      text: 'SELECT market_id AS "marketId", quote_asset_id AS "quoteAssetId" FROM markets WHERE is_perp ORDER BY created_us, market_id',
      values: [],
    });
    for (const { marketId, quoteAssetId } of perps) this.perps.set(marketId, quoteAssetId);
  }
}
