import type { TradeView } from '@glasshouse/protocol';
import type { Page, TradeQuery, TradeRow } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { AddedRows } from '../row-batch.js';
import { table } from '../table.js';

type TradeRecord = TradeRow & { readonly marketId: number; readonly seq: number; readonly isLiquidation: boolean };

export const TRADES = table<TradeRecord>(
  'trades',
  {
    marketId: 'integer',
    tradeId: 'bigint',
    timeUs: 'bigint',
    seq: 'bigint',
    priceTicks: 'bigint',
    sizeLots: 'bigint',
    quoteAtoms: 'bigint',
    takerSide: 'smallint',
    makerOrderId: 'bigint',
    takerOrderId: 'bigint',
    isLiquidation: 'boolean',
  },
  ['marketId', 'tradeId'],
);

export class TradeRecords {
  readonly rows = new AddedRows(TRADES);

  constructor(private readonly moment: CurrentMoment) {}

  record(trade: TradeView): void {
    this.rows.add({ ...trade, ...this.moment.now });
  }
}

const COLUMNS = `trade_id AS "tradeId", price_ticks AS "priceTicks", size_lots AS "sizeLots", quote_atoms AS "quoteAtoms",
  taker_side AS "takerSide", maker_order_id AS "makerOrderId", taker_order_id AS "takerOrderId", time_us AS "timeUs"`;

/** Trade ids are consecutive in a market, so any offset is found at once, and the first and the last say how many there are. */
export async function tradePage(database: Database, query: TradeQuery): Promise<Page<TradeRow>> {
  const { marketId, limit, offset, sort } = query;
  const [ends] = await database.query<{ readonly first: number | null; readonly last: number | null }>({
    text: 'SELECT min(trade_id) AS "first", max(trade_id) AS "last" FROM trades WHERE market_id = $1::integer',
    values: [marketId],
  });
  if (ends === undefined || ends.first === null || ends.last === null) return { rows: [], total: 0 };
  const { first, last } = ends;
  const [from, comparison, direction] =
    sort === 'ascending' ? [first + offset, '>=', 'ASC'] : [last - offset, '<=', 'DESC'];
  const rows = await database.query<TradeRow>({
    text: `SELECT ${COLUMNS} FROM trades WHERE market_id = $1::integer AND trade_id ${comparison} $2::bigint
      ORDER BY trade_id ${direction} LIMIT $3::bigint`,
    values: [marketId, from, limit],
  });
  return { rows, total: last - first + 1 };
}
