// Liquidation reports: how each went, and its steps.
import type {
  Event,
  ExposureStep,
  LiquidationEnded,
  LiquidationStarted,
  LiquidationStepRow,
  LiquidationView,
  MaintenanceView,
} from '@glasshouse/protocol';
import { liquidationStepOf } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { DEFAULT_BOUNDS } from '../../bounds.js';
import { mergedStep, whoseStep } from '../../liquidation/liquidation-history.js';
import type { LiquidationRow } from '../../liquidation/rows.js';
import type { LiquidationQuery, Page } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { ChangedRows } from '../row-batch.js';
import { replaced, selection, table } from '../table.js';

/** A report is read whole, so its length is bounded as it is in memory. */
const STEPS_PER_REPORT = DEFAULT_BOUNDS.liquidations.stepsPerReport;

/** Net equity, maintenance margin, exposure, then the first two at the indexes. */
type Standing = readonly number[];

function standingOf(view: MaintenanceView): Standing {
  const { netEquityUsd, maintenanceMarginUsd, exposureUsd, netEquityAtIndexUsd, maintenanceMarginAtIndexUsd } = view;
  return [netEquityUsd, maintenanceMarginUsd, exposureUsd, netEquityAtIndexUsd, maintenanceMarginAtIndexUsd];
}

function viewOf(standing: Standing): MaintenanceView {
  const [netEquityUsd, maintenanceMarginUsd, exposureUsd, netEquityAtIndexUsd, maintenanceMarginAtIndexUsd] =
    standing as [number, number, number, number, number];
  return { netEquityUsd, maintenanceMarginUsd, exposureUsd, netEquityAtIndexUsd, maintenanceMarginAtIndexUsd };
}

type Totals = Omit<LiquidationView, 'liquidationId' | 'accountId' | 'startedUs' | 'atStart'>;
type Maybe<Values> = { readonly [Name in keyof Values]: Values[Name] | undefined };

type ReportRecord = {
  readonly liquidationId: number;
  readonly accountId: number;
  readonly seq: number;
  readonly startedUs: TimeUs;
  readonly atStart: Standing;
  readonly stepsLeftOut: number;
} & Maybe<{ readonly endedUs: TimeUs; readonly reason: LiquidationEnded['reason']; readonly atEnd: Standing }> &
  Maybe<Totals>;

export const LIQUIDATIONS = table<ReportRecord>(
  'liquidations',
  {
    liquidationId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    startedUs: 'bigint',
    atStart: 'reals',
    stepsLeftOut: 'integer',
    endedUs: 'bigint',
    reason: 'text',
    atEnd: 'reals',
    steps: 'bigint',
    bookUsd: 'real',
    backstopUsd: 'real',
    deleveragedUsd: 'real',
    fundFeeAtoms: 'bigint',
    providerFeeAtoms: 'bigint',
    coveredAtoms: 'bigint',
    unpaidUsd: 'real',
  },
  ['liquidationId'],
  {
    ...replaced<ReportRecord>('stepsLeftOut', 'endedUs', 'reason', 'atEnd', 'steps', 'bookUsd', 'backstopUsd'),
    ...replaced<ReportRecord>('deleveragedUsd', 'fundFeeAtoms', 'providerFeeAtoms', 'coveredAtoms', 'unpaidUsd'),
  },
);

type StepRecord = {
  readonly liquidationId: number;
  readonly step: number;
  readonly kind: LiquidationStepRow['kind'];
  readonly timeUs: TimeUs;
} & Maybe<
  { readonly assetId: number; readonly quantityAtoms: number } & Omit<
    ExposureStep,
    'kind' | 'timeUs' | 'before' | 'after'
  > & { readonly before: Standing; readonly after: Standing }
>;

export const LIQUIDATION_STEPS = table<StepRecord>(
  'liquidation_steps',
  {
    liquidationId: 'bigint',
    step: 'integer',
    kind: 'text',
    timeUs: 'bigint',
    assetId: 'integer',
    quantityAtoms: 'bigint',
    marketId: 'integer',
    side: 'smallint',
    sizeLots: 'bigint',
    quoteAtoms: 'bigint',
    markPrice: 'real',
    fundFeeAtoms: 'bigint',
    providerFeeAtoms: 'bigint',
    takenAtoms: 'bigint',
    policy: 'text',
    before: 'reals',
    after: 'reals',
  },
  ['liquidationId', 'step'],
  replaced<StepRecord>('quantityAtoms'),
);

const NOTHING: Omit<StepRecord, 'liquidationId' | 'step' | 'kind' | 'timeUs'> = {
  assetId: undefined,
  quantityAtoms: undefined,
  marketId: undefined,
  side: undefined,
  sizeLots: undefined,
  quoteAtoms: undefined,
  markPrice: undefined,
  fundFeeAtoms: undefined,
  providerFeeAtoms: undefined,
  takenAtoms: undefined,
  policy: undefined,
  before: undefined,
  after: undefined,
};

function stepRecord(liquidationId: number, step: number, row: LiquidationStepRow): StepRecord {
  const of = { ...NOTHING, liquidationId, step };
  if ('assetId' in row) return { ...of, ...row };
  const { before, after } = row;
  return { ...of, ...row, before: before && standingOf(before), after: after && standingOf(after) };
}

type Null<Values> = { readonly [Name in keyof Values]: Exclude<Values[Name], undefined> | null };

function stepRow(stored: Null<StepRecord>): LiquidationStepRow {
  const { liquidationId: _of, step: _step, before, after, ...rest } = stored;
  const { kind, timeUs, assetId, quantityAtoms, quoteAtoms, fundFeeAtoms, providerFeeAtoms } = rest;
  const money = { timeUs, assetId, quantityAtoms };
  if (kind === 'loan' || kind === 'fund' || kind === 'record') return { kind, ...money } as LiquidationStepRow;
  const fees = { fundFeeAtoms, providerFeeAtoms };
  if (kind === 'loanBackstop') return { kind, ...money, quoteAtoms, ...fees } as LiquidationStepRow;
  const { marketId, side, sizeLots, markPrice, takenAtoms, policy } = rest;
  const traded = { kind, timeUs, marketId, side, sizeLots, quoteAtoms, markPrice, ...fees, takenAtoms };
  const stood = {
    before: before === null ? undefined : viewOf(before),
    after: after === null ? undefined : viewOf(after),
  };
  return { ...traded, policy: policy ?? undefined, ...stood } as LiquidationStepRow;
}

/** One that lasts. */
type Running = { report: ReportRecord; count: number; last: LiquidationStepRow | undefined };

const NOT_ENDED = {
  endedUs: undefined,
  reason: undefined,
  atEnd: undefined,
  steps: undefined,
  bookUsd: undefined,
  backstopUsd: undefined,
  deleveragedUsd: undefined,
  fundFeeAtoms: undefined,
  providerFeeAtoms: undefined,
  coveredAtoms: undefined,
  unpaidUsd: undefined,
};

export class LiquidationRecords {
  readonly reports = new ChangedRows(LIQUIDATIONS);
  readonly steps = new ChangedRows(LIQUIDATION_STEPS);
  private readonly running = new Map<number, Running>();

  constructor(private readonly moment: CurrentMoment) {}

  record(event: Event, timeUs: TimeUs): void {
    if (event.kind === 'liquidationStarted') return this.begin(event, timeUs);
    if (event.kind === 'liquidationEnded') return this.end(event, timeUs);
    const step = liquidationStepOf(event, timeUs);
    const running = step && this.running.get(whoseStep(event) ?? 0);
    if (running !== undefined && step !== undefined) this.add(running, step);
  }

  private begin({ liquidationId, accountId, standing }: LiquidationStarted, startedUs: TimeUs): void {
    const started = { liquidationId, accountId, seq: this.moment.now.seq, startedUs };
    const report = { ...started, atStart: standingOf(standing), stepsLeftOut: 0, ...NOT_ENDED };
    this.running.set(accountId, { report, count: 0, last: undefined });
    this.reports.put(report);
  }

  private add(running: Running, step: LiquidationStepRow): void {
    const { liquidationId, stepsLeftOut } = running.report;
    const together = mergedStep(running.last, step);
    if (together === undefined && running.count === STEPS_PER_REPORT) {
      running.report = { ...running.report, stepsLeftOut: stepsLeftOut + 1 };
      this.reports.put(running.report);
      return;
    }
    if (together === undefined) running.count += 1;
    running.last = together ?? step;
    this.steps.put(stepRecord(liquidationId, running.count, running.last));
  }

  private end({ reason, liquidation, standing }: LiquidationEnded, endedUs: TimeUs): void {
    const { accountId, atStart: _atStart, ...totals } = liquidation;
    const running = this.running.get(accountId);
    if (running === undefined) return;
    this.running.delete(accountId);
    const { startedUs, liquidationId } = running.report;
    const ending = { endedUs, reason, atEnd: standingOf(standing) };
    this.reports.put({ ...running.report, ...totals, startedUs, liquidationId, ...ending });
  }

  /** What lasts where the database stands. */
  async load(database: Database): Promise<void> {
    const lasting = await database.query<Null<ReportRecord>>({
      text: `SELECT ${selection(LIQUIDATIONS)} FROM liquidations WHERE ended_us IS NULL`,
      values: [],
    });
    const steps = await stepsOf(
      database,
      lasting.map(({ liquidationId }) => liquidationId),
    );
    for (const stored of lasting) {
      const { liquidationId, accountId, seq, startedUs, atStart, stepsLeftOut } = stored;
      const report = { liquidationId, accountId, seq, startedUs, atStart, stepsLeftOut, ...NOT_ENDED } as ReportRecord;
      const own = steps.get(report.liquidationId) ?? [];
      this.running.set(report.accountId, { report, count: own.length, last: own.at(-1) });
    }
  }
}

async function stepsOf(database: Database, liquidationIds: readonly (number | null)[]) {
  const steps = new Map<number, LiquidationStepRow[]>();
  if (liquidationIds.length === 0) return steps;
  const stored = await database.query<Null<StepRecord>>({
    text: `SELECT ${selection(LIQUIDATION_STEPS)} FROM liquidation_steps WHERE liquidation_id = ANY ($1::bigint[])
      ORDER BY liquidation_id, step`,
    values: [liquidationIds],
  });
  for (const step of stored) {
    const id = step.liquidationId as number;
    const own = steps.get(id);
    if (own === undefined) steps.set(id, [stepRow(step)]);
    else own.push(stepRow(step));
  }
  return steps;
}

function endingOf(stored: Null<ReportRecord>): LiquidationRow['ending'] {
  const { liquidationId, accountId, seq: _seq, startedUs, atStart, stepsLeftOut: _left, ...ending } = stored;
  const { endedUs, reason, atEnd, ...totals } = ending;
  if (endedUs === null) return undefined;
  const identity = { liquidationId, accountId, startedUs, atStart: viewOf(atStart as Standing) };
  const told = { timeUs: endedUs, reason, totals: { ...identity, ...totals }, left: viewOf(atEnd as Standing) };
  return told as LiquidationRow['ending'];
}

function reportRow(stored: Null<ReportRecord>, steps: readonly LiquidationStepRow[]): LiquidationRow {
  const { liquidationId, accountId, startedUs, atStart, stepsLeftOut } = stored;
  const begun = { liquidationId, accountId, startedUs, atStart: viewOf(atStart as Standing) };
  return { ...begun, ending: endingOf(stored), steps, stepsLeftOut } as LiquidationRow;
}

export async function liquidationPage(database: Database, query: LiquidationQuery): Promise<Page<LiquidationRow>> {
  const { rows, total } = await readPage<ReportRecord, Null<ReportRecord>>(
    database,
    {
      table: LIQUIDATIONS,
      order: ['liquidationId'],
      conditions: where(LIQUIDATIONS, 'accountId', '=', query.accountId),
      select: LIQUIDATIONS.columns.map(({ property }) => property),
    },
    query,
  );
  const steps = await stepsOf(
    database,
    rows.map(({ liquidationId }) => liquidationId),
  );
  return { rows: rows.map((row) => reportRow(row, steps.get(row.liquidationId as number) ?? [])), total };
}
