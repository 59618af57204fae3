import type { OrderView, TriggerOrderView } from '@glasshouse/protocol';
import { orderOfTrigger } from '../../order-columns.js';
import type { OrderNews } from '../../order-history.js';
import type { OrderQuery, OrderRow, Page, TriggerTerms } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { type PageOf, readPage, where } from '../page-query.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, table } from '../table.js';

type Maybe<Values> = { readonly [Name in keyof Values]: Values[Name] | undefined };
/** Of an order that waits or waited for a price. */
type TriggerColumns = Maybe<Omit<TriggerTerms, 'status'> & { readonly triggerStatus: TriggerTerms['status'] }>;
/** With the request that was the first to tell of it. Its id says which came first: ids are given out as orders come. */
type OrderRecord = { readonly seq: number; readonly strategyId: number | undefined } & Omit<OrderView, 'strategyId'> &
  Omit<OrderRow, 'order' | 'trigger'> &
  TriggerColumns;

const kept = (column: string): string => `coalesce(excluded.${column}, orders.${column})`;

export const ORDERS = table<OrderRecord>(
  'orders',
  {
    orderId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    marketId: 'integer',
    clientId: 'bigint',
    side: 'smallint',
    orderType: 'smallint',
    timeInForce: 'smallint',
    selfTradePrevention: 'smallint',
    postOnly: 'boolean',
    reduceOnly: 'boolean',
    priceTicks: 'bigint',
    sizeLots: 'bigint',
    quoteSizeAtoms: 'bigint',
    filledLots: 'bigint',
    filledQuoteAtoms: 'bigint',
    status: 'smallint',
    createdUs: 'bigint',
    strategyId: 'bigint',
    updatedUs: 'bigint',
    expiryReason: 'text',
    origin: 'text',
    triggerStatus: 'text',
    triggerTicks: 'bigint',
    triggerBy: 'smallint',
    whenRising: 'boolean',
    positionShare: 'bigint',
    parentOrderId: 'bigint',
  },
  ['orderId'],
  {
    ...replaced<OrderRecord>('clientId', 'side', 'orderType', 'timeInForce', 'selfTradePrevention', 'postOnly'),
    ...replaced<OrderRecord>('reduceOnly', 'priceTicks', 'sizeLots', 'quoteSizeAtoms', 'filledLots'),
    ...replaced<OrderRecord>('filledQuoteAtoms', 'status', 'createdUs', 'updatedUs', 'expiryReason', 'origin'),
    // News of an order without what it waited for is news of one that has fired, if it ever waited.
    triggerStatus:
      "coalesce(excluded.trigger_status, CASE WHEN orders.trigger_status IS NOT NULL THEN 'triggered' END)",
    strategyId: kept('strategy_id'),
    triggerTicks: kept('trigger_ticks'),
    triggerBy: kept('trigger_by'),
    whenRising: kept('when_rising'),
    positionShare: kept('position_share'),
    parentOrderId: kept('parent_order_id'),
  },
);

const NEVER_WAITED: TriggerColumns = {
  triggerStatus: undefined,
  triggerTicks: undefined,
  triggerBy: undefined,
  whenRising: undefined,
  positionShare: undefined,
  parentOrderId: undefined,
};

function triggerColumns(terms: TriggerColumns): TriggerColumns {
  const { triggerStatus, triggerTicks, triggerBy, whenRising, positionShare, parentOrderId } = terms;
  return { triggerStatus, triggerTicks, triggerBy, whenRising, positionShare, parentOrderId };
}

/** As the table merges them. */
function together(earlier: OrderRecord, later: OrderRecord): OrderRecord {
  const { seq } = earlier;
  const strategyId = later.strategyId ?? earlier.strategyId;
  if (later.triggerStatus !== undefined || earlier.triggerStatus === undefined) return { ...later, strategyId, seq };
  return { ...later, ...triggerColumns(earlier), triggerStatus: 'triggered', strategyId, seq };
}

export class OrderRecords {
  readonly rows = new ChangedRows(ORDERS, together);

  constructor(private readonly moment: CurrentMoment) {}

  record(order: OrderView, news: OrderNews): void {
    this.put(order, news, NEVER_WAITED);
  }

  recordTrigger(waiting: TriggerOrderView, news: OrderNews): void {
    this.put(orderOfTrigger(waiting), news, triggerColumns({ ...waiting, triggerStatus: waiting.status }));
  }

  private put(order: OrderView, { reason, origin, timeUs }: OrderNews, trigger: TriggerColumns): void {
    const { seq } = this.moment.now;
    this.rows.put({
      ...order,
      strategyId: order.strategyId,
      seq,
      updatedUs: timeUs,
      expiryReason: reason,
      origin,
      ...trigger,
    });
  }
}

type Stored = { readonly [Name in keyof OrderRecord]: OrderRecord[Name] extends undefined ? null : OrderRecord[Name] };

function orderRow(stored: Stored): OrderRow {
  const { seq: _seq, updatedUs, expiryReason, origin, ...rest } = stored;
  const { triggerStatus, triggerTicks, triggerBy, whenRising, positionShare, parentOrderId, strategyId, ...order } =
    rest;
  const terms = { triggerTicks, triggerBy, whenRising, positionShare, parentOrderId };
  const trigger = (triggerStatus ?? undefined) && ({ status: triggerStatus, ...terms } as TriggerTerms);
  const ofStrategy = strategyId === null ? {} : { strategyId };
  return {
    order: { ...order, ...ofStrategy } as OrderView,
    trigger,
    expiryReason: expiryReason ?? undefined,
    origin,
    updatedUs,
  };
}

const SELECT = ORDERS.columns.map(({ property }) => property);

export async function orderPage(database: Database, query: OrderQuery): Promise<Page<OrderRow>> {
  const { accountId, marketId, marketIds, orderId, strategyId } = query;
  const page: PageOf<OrderRecord> = {
    table: ORDERS,
    order: ['orderId'],
    conditions: [
      ...where(ORDERS, 'accountId', '=', accountId),
      ...where(ORDERS, 'marketId', '=', marketId),
      ...where(ORDERS, 'marketId', 'oneOf', marketIds),
      ...where(ORDERS, 'orderId', '=', orderId),
      ...where(ORDERS, 'strategyId', '=', strategyId),
    ],
    select: SELECT,
  };
  const { rows, total } = await readPage<OrderRecord, Stored>(database, page, query);
  return { rows: rows.map(orderRow), total };
}
