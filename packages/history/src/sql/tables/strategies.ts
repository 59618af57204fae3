import type { StrategyView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Page, StrategyQuery, StrategyRow } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

type StrategyRecord = StrategyView & { readonly seq: number; readonly updatedUs: TimeUs };

export const STRATEGIES = table<StrategyRecord>(
  'strategies',
  {
    strategyId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    marketId: 'integer',
    clientStrategyId: 'bigint',
    side: 'smallint',
    orderType: 'smallint',
    timeInForce: 'smallint',
    selfTradePrevention: 'smallint',
    postOnly: 'boolean',
    reduceOnly: 'boolean',
    priceTicks: 'bigint',
    toleranceTicks: 'bigint',
    toleranceMillionths: 'bigint',
    sizeLots: 'bigint',
    filledLots: 'bigint',
    filledQuoteAtoms: 'bigint',
    durationMs: 'bigint',
    intervalMs: 'bigint',
    randomized: 'boolean',
    slices: 'bigint',
    slicesDone: 'bigint',
    status: 'text',
    endReason: 'text',
    createdUs: 'bigint',
    updatedUs: 'bigint',
  },
  ['strategyId'],
  replaced<StrategyRecord>('filledLots', 'filledQuoteAtoms', 'slicesDone', 'status', 'endReason', 'updatedUs'),
);

export class StrategyRecords {
  readonly rows = new ChangedRows(STRATEGIES, ({ seq }, later) => ({ ...later, seq }));

  constructor(private readonly moment: CurrentMoment) {}

  record(strategy: StrategyView, updatedUs: TimeUs): void {
    this.rows.put({ ...strategy, seq: this.moment.now.seq, updatedUs });
  }
}

export async function strategyPage(database: Database, query: StrategyQuery): Promise<Page<StrategyRow>> {
  const { rows, total } = await readPage<StrategyRecord>(
    database,
    {
      table: STRATEGIES,
      order: ['strategyId'],
      conditions: [
        ...where(STRATEGIES, 'accountId', '=', query.accountId),
        ...where(STRATEGIES, 'marketId', '=', query.marketId),
        ...where(STRATEGIES, 'marketId', 'oneOf', query.marketIds),
        ...where(STRATEGIES, 'strategyId', '=', query.strategyId),
      ],
      select: STRATEGIES.columns.map(({ property }) => property),
    },
    query,
  );
  return { rows: rows.map(strategyRow), total };
}

function strategyRow({ seq: _seq, updatedUs, endReason, ...strategy }: StrategyRecord): StrategyRow {
  return { strategy: { ...strategy, endReason: endReason ?? undefined }, updatedUs };
}
