import type { PerpPriceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { intervalStart, STORED_INTERVALS, type StoredInterval, storedIntervalOf } from '../../intervals.js';
import { addPriceCandle, emptyPriceFold, type PriceFold } from '../../price-series.js';
import type { PriceCandleQuery, PriceCandleRow, PriceKind } from '../../queries.js';
import type { Database } from '../database.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';
import { boundsOf, folded, startsOf } from './candles.js';

type PriceCandleRecord = Omit<PriceCandleRow, 'endUs'> & {
  readonly marketId: number;
  readonly price: PriceKind;
  readonly span: StoredInterval;
};

export const PRICE_CANDLES = table<PriceCandleRecord>(
  'price_candles',
  {
    marketId: 'integer',
    price: 'text',
    span: 'text',
    startUs: 'bigint',
    openPrice: 'real',
    highPrice: 'real',
    lowPrice: 'real',
    closePrice: 'real',
    samples: 'bigint',
  },
  ['marketId', 'price', 'span', 'startUs'],
  {
    ...replaced<PriceCandleRecord>('closePrice'),
    highPrice: 'greatest(price_candles.high_price, excluded.high_price)',
    lowPrice: 'least(price_candles.low_price, excluded.low_price)',
    samples: 'price_candles.samples + excluded.samples',
  },
);

function together(earlier: PriceCandleRecord, later: PriceCandleRecord): PriceCandleRecord {
  const fold: PriceFold = { ...earlier };
  addPriceCandle(fold, later);
  return { ...earlier, ...fold };
}

export class PriceCandleRecords {
  readonly rows = new ChangedRows(PRICE_CANDLES, together);

  record({ marketId, markPrice, indexPrice, timeUs }: PerpPriceView): void {
    if (markPrice > 0) this.add(marketId, 'mark', markPrice, timeUs);
    if (indexPrice > 0) this.add(marketId, 'index', indexPrice, timeUs);
  }

  private add(marketId: number, price: PriceKind, value: number, timeUs: TimeUs): void {
    const prices = { openPrice: value, highPrice: value, lowPrice: value, closePrice: value };
    for (const span of STORED_INTERVALS) {
      this.rows.put({ marketId, price, span, startUs: intervalStart(span, timeUs), ...prices, samples: 1 });
    }
  }
}

type Stored = PriceFold & { readonly startUs: TimeUs };

/** Ascending, one row per interval, also for those without a sample. */
export async function priceCandleRows(database: Database, query: PriceCandleQuery): Promise<readonly PriceCandleRow[]> {
  const bounds = await boundsOf(database, query.marketId);
  if (bounds === undefined) return [];
  const starts = startsOf(query, bounds);
  const stored = await database.query<Stored>({
    text: `SELECT start_us AS "startUs", open_price AS "openPrice", high_price AS "highPrice", low_price AS "lowPrice",
        close_price AS "closePrice", samples
      FROM price_candles WHERE market_id = $1::integer AND price = $2 AND span = $3 AND start_us >= $4::bigint
        AND start_us < $5::bigint
      ORDER BY start_us`,
    values: [query.marketId, query.price, storedIntervalOf(query.interval), starts[0], starts.at(-1)],
  });
  return folded<PriceFold>(starts, stored, { empty: emptyPriceFold, add: addPriceCandle });
}
