import type { TradeView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { addCandle, emptyFold, type Fold } from '../../candle-series.js';
import {
  intervalStart,
  nextIntervalStart,
  STORED_INTERVALS,
  type StoredInterval,
  storedIntervalOf,
} from '../../intervals.js';
import { firstCandleStart } from '../../market-history.js';
import type { CandleQuery, CandleRow } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

type CandleRecord = Omit<CandleRow, 'endUs'> & { readonly marketId: number; readonly span: StoredInterval };

export const CANDLES = table<CandleRecord>(
  'candles',
  {
    marketId: 'integer',
    span: 'text',
    startUs: 'bigint',
    openTicks: 'bigint',
    highTicks: 'bigint',
    lowTicks: 'bigint',
    closeTicks: 'bigint',
    volumeLots: 'numeric',
    quoteAtoms: 'numeric',
    trades: 'bigint',
  },
  ['marketId', 'span', 'startUs'],
  {
    ...replaced<CandleRecord>('closeTicks'),
    highTicks: 'greatest(candles.high_ticks, excluded.high_ticks)',
    lowTicks: 'least(candles.low_ticks, excluded.low_ticks)',
    volumeLots: 'candles.volume_lots + excluded.volume_lots',
    quoteAtoms: 'candles.quote_atoms + excluded.quote_atoms',
    trades: 'candles.trades + excluded.trades',
  },
);

/** Long ones are few. */
const isKeptForEver = (span: StoredInterval): boolean => span === '1h' || span === '1d';

function together(earlier: CandleRecord, later: CandleRecord): CandleRecord {
  return {
    ...earlier,
    highTicks: later.highTicks > earlier.highTicks ? later.highTicks : earlier.highTicks,
    lowTicks: later.lowTicks < earlier.lowTicks ? later.lowTicks : earlier.lowTicks,
    closeTicks: later.closeTicks,
    volumeLots: earlier.volumeLots + later.volumeLots,
    quoteAtoms: earlier.quoteAtoms + later.quoteAtoms,
    trades: earlier.trades + later.trades,
  };
}

export class CandleRecords {
  readonly rows = new ChangedRows(CANDLES, together);

  constructor(private readonly moment: CurrentMoment) {}

  /** What the exchange trades for an account that it liquidates is no price that anyone asked for. */
  record({ isLiquidation, marketId, priceTicks, sizeLots, quoteAtoms }: TradeView): void {
    if (isLiquidation) return;
    const prices = { openTicks: priceTicks, highTicks: priceTicks, lowTicks: priceTicks, closeTicks: priceTicks };
    for (const span of STORED_INTERVALS) {
      const startUs = intervalStart(span, this.moment.now.timeUs);
      this.rows.put({ marketId, span, startUs, ...prices, volumeLots: sizeLots, quoteAtoms, trades: 1 });
    }
  }
}

type Bounds = { readonly listedUs: number; readonly keptFromUs: number };

export async function boundsOf(database: Database, marketId: number): Promise<Bounds | undefined> {
  const [bounds] = await database.query<Bounds>({
    text: `SELECT created_us AS "listedUs", kept_from_us AS "keptFromUs" FROM markets, progress WHERE market_id = $1::integer`,
    values: [marketId],
  });
  return bounds;
}

type Stored = Fold & { readonly startUs: TimeUs };

/** Starts of the candles that are asked for, and the end of the last. */
export function startsOf({ interval, fromUs, toUs, limit }: CandleQuery, { listedUs, keptFromUs }: Bounds): TimeUs[] {
  const completeFromUs = isKeptForEver(storedIntervalOf(interval)) ? 0 : keptFromUs;
  const starts = [firstCandleStart(interval, Math.max(fromUs, listedUs), completeFromUs)];
  for (let startUs = starts[0] as TimeUs; startUs <= toUs && starts.length <= limit; ) {
    startUs = nextIntervalStart(interval, startUs);
    starts.push(startUs);
  }
  return starts;
}

/** Ascending, one row per interval, also for those in which nothing traded. */
export async function candleRows(database: Database, query: CandleQuery): Promise<readonly CandleRow[]> {
  const bounds = await boundsOf(database, query.marketId);
  if (bounds === undefined) return [];
  const starts = startsOf(query, bounds);
  const stored = await database.query<Stored>({
    text: `SELECT start_us AS "startUs", open_ticks AS "openTicks", high_ticks AS "highTicks", low_ticks AS "lowTicks",
        close_ticks AS "closeTicks", volume_lots AS "volumeLots", quote_atoms AS "quoteAtoms", trades
      FROM candles WHERE market_id = $1::integer AND span = $2 AND start_us >= $3::bigint AND start_us < $4::bigint
      ORDER BY start_us`,
    values: [query.marketId, storedIntervalOf(query.interval), starts[0], starts.at(-1)],
  });
  return folded<Fold>(starts, stored, { empty: emptyFold, add: addCandle });
}

/** Which fold stored candles go into, and how. */
export type Folding<Fold> = { readonly empty: () => Fold; readonly add: (fold: Fold, candle: Fold) => void };

/** One row from each start to the next, of the stored candles that begin in between. */
export function folded<Fold>(
  starts: readonly TimeUs[],
  stored: readonly (Fold & { readonly startUs: TimeUs })[],
  { empty, add }: Folding<Fold>,
): (Fold & { readonly startUs: TimeUs; readonly endUs: TimeUs })[] {
  let next = 0;
  return starts.slice(0, -1).map((startUs, index) => {
    const endUs = starts[index + 1] as TimeUs;
    const fold = empty();
    for (let candle = stored[next]; candle !== undefined && candle.startUs < endUs; candle = stored[next]) {
      add(fold, candle);
      next += 1;
    }
    return { startUs, endUs, ...fold };
  });
}
