import type { TradeView } from '@glasshouse/protocol';
import { intervalStart, STORED_INTERVALS, type StoredInterval } from '../../intervals.js';
import type { CandleRow } from '../../queries.js';
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
