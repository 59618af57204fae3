// Every strategy of every account with its last known state. What its resting orders fill between two slices is told of with
// the next, or with its end.
import type { StrategyView } from '@glasshouse/protocol';
import { STRATEGY_END_REASONS } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { inMarkets } from './page.js';
import type { Page, StrategyQuery, StrategyRow } from './queries.js';
import { RowLog } from './row-log.js';

/** Places are saved: never reorder. */
const STATUSES = [
  'running',
  'completed',
  'cancelled',
  'terminated',
] as const satisfies readonly StrategyView['status'][];

const NUMBERS = [
  'strategyId',
  'accountId',
  'marketId',
  'clientStrategyId',
  'side',
  'orderType',
  'timeInForce',
  'selfTradePrevention',
  'priceTicks',
  'toleranceTicks',
  'toleranceMillionths',
  'sizeLots',
  'filledLots',
  'filledQuoteAtoms',
  'durationMs',
  'intervalMs',
  'slices',
  'slicesDone',
  'createdUs',
] as const satisfies readonly (keyof StrategyView)[];

type Numbers = Pick<StrategyView, (typeof NUMBERS)[number]>;

function write(writer: ByteWriter, { strategy, updatedUs }: StrategyRow): void {
  for (const name of NUMBERS) writer.integer(strategy[name]);
  for (const flag of [strategy.postOnly, strategy.reduceOnly, strategy.randomized]) writer.integer(flag ? 1 : 0);
  writer.integer(STATUSES.indexOf(strategy.status));
  writer.integer(strategy.endReason === undefined ? 0 : STRATEGY_END_REASONS.indexOf(strategy.endReason) + 1);
  writer.integer(updatedUs);
}

function read(reader: ByteReader): StrategyRow {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, reader.integer()])) as Numbers;
  const flag = () => reader.integer() === 1;
  const flags = { postOnly: flag(), reduceOnly: flag(), randomized: flag() };
  const status = STATUSES[reader.integer()] ?? 'running';
  const endReason = STRATEGY_END_REASONS[reader.integer() - 1];
  return { strategy: { ...numbers, ...flags, status, endReason }, updatedUs: reader.integer() as TimeUs };
}

export class StrategyHistory {
  private readonly log: RowLog<StrategyRow>;
  /** Slots of those that run. */
  private readonly running = new Map<number, number>();

  constructor(bounds: ListBounds) {
    this.log = new RowLog(bounds, ({ strategy }) => this.running.delete(strategy.strategyId));
  }

  record(strategy: StrategyView, updatedUs: TimeUs): void {
    const row = { strategy, updatedUs };
    const known = this.running.get(strategy.strategyId);
    if (known !== undefined) this.log.replace(known, row);
    const slot = known ?? this.log.append(strategy.accountId, row);
    this.note(row, slot);
  }

  page(query: StrategyQuery): Page<StrategyRow> {
    return this.log.page(
      query,
      ({ strategy }) =>
        inMarkets(strategy.marketId, query) &&
        (query.strategyId === undefined || strategy.strategyId === query.strategyId),
    );
  }

  write(writer: ByteWriter): void {
    this.log.write(writer, (row) => write(writer, row));
  }

  read(reader: ByteReader): void {
    this.log.read(
      reader,
      () => read(reader),
      (row, slot) => this.note(row, slot),
    );
  }

  private note({ strategy }: StrategyRow, slot: number): void {
    if (strategy.status === 'running') this.running.set(strategy.strategyId, slot);
    else this.running.delete(strategy.strategyId);
  }
}
