// Liquidation reports: each account's liquidation from its beginning to its end, within bounds of reports and of steps.
import {
  type Event,
  type LiquidationEnded,
  type LiquidationStarted,
  type LiquidationStepRow,
  liquidationStepOf,
} from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ByteReader, ByteWriter } from '../encoding.js';
import { pageOf } from '../page.js';
import type { LiquidationQuery, Page } from '../queries.js';
import { readReport, writeReport } from './report-bytes.js';
import type { LiquidationRow } from './rows.js';

export type ReportBounds = {
  readonly reports: number;
  /** Of all reports together; the oldest reports go first. */
  readonly steps: number;
  readonly stepsPerReport: number;
};

/** As it is written: its steps grow. */
type Report = Omit<LiquidationRow, 'steps' | 'stepsLeftOut' | 'ending'> & {
  ending: LiquidationRow['ending'];
  readonly steps: LiquidationStepRow[];
  stepsLeftOut: number;
};

/** What the fund lends within a turn and gets back in it is one step. */
export function mergedStep(
  last: LiquidationStepRow | undefined,
  step: LiquidationStepRow,
): LiquidationStepRow | undefined {
  if (last?.kind !== 'fund' || step.kind !== 'fund' || last.timeUs !== step.timeUs) return undefined;
  return { ...last, quantityAtoms: (last.quantityAtoms + step.quantityAtoms) as Atoms };
}

export function whoseStep(event: Event): number | undefined {
  if (event.kind === 'negativeBalanceRecorded') return event.negative.accountId;
  return 'accountId' in event ? event.accountId : undefined;
}

export class LiquidationHistory {
  /** By rising id, without gaps. */
  private readonly reports: Report[] = [];
  private readonly running = new Map<number, Report>();
  private steps = 0;

  constructor(private readonly bounds: ReportBounds) {}

  record(event: Event, timeUs: TimeUs): void {
    if (event.kind === 'liquidationStarted') return this.begin(event, timeUs);
    if (event.kind === 'liquidationEnded') return this.end(event, timeUs);
    const step = liquidationStepOf(event, timeUs);
    const report = step && this.running.get(whoseStep(event) ?? 0);
    if (report !== undefined && step !== undefined) this.add(report, step);
  }

  private begin({ liquidationId, accountId, standing }: LiquidationStarted, startedUs: TimeUs): void {
    const report: Report = {
      liquidationId,
      accountId,
      startedUs,
      atStart: standing,
      ending: undefined,
      steps: [],
      stepsLeftOut: 0,
    };
    this.running.set(accountId, report);
    this.append(report);
  }

  private append(report: Report): void {
    this.reports.push(report);
    this.steps += report.steps.length;
    this.keepBounds();
  }

  /** One that lasts so long that its report has gone ends without one. */
  private keepBounds(): void {
    const { reports, bounds } = this;
    while (reports.length > bounds.reports || (this.steps > bounds.steps && reports.length > 1)) {
      const [oldest] = reports.splice(0, 1) as [Report];
      this.steps -= oldest.steps.length;
      if (this.running.get(oldest.accountId) === oldest) this.running.delete(oldest.accountId);
    }
  }

  private add(report: Report, step: LiquidationStepRow): void {
    const together = mergedStep(report.steps.at(-1), step);
    if (together !== undefined) {
      report.steps[report.steps.length - 1] = together;
      return;
    }
    if (report.steps.length === this.bounds.stepsPerReport) {
      report.stepsLeftOut += 1;
      return;
    }
    report.steps.push(step);
    this.steps += 1;
    this.keepBounds();
  }

  private end({ reason, liquidation, standing }: LiquidationEnded, timeUs: TimeUs): void {
    const { accountId } = liquidation;
    const report = this.running.get(accountId);
    if (report === undefined) return;
    report.ending = { timeUs, reason, totals: liquidation, left: standing };
    this.running.delete(accountId);
  }

  /** Newest first unless it says otherwise. */
  page(query: LiquidationQuery): Page<LiquidationRow> {
    const { reports } = this;
    const { accountId, sort } = query;
    const last = reports.length - 1;
    const places = Array.from(reports, (_, place) => (sort === 'ascending' ? place : last - place));
    const reportAt = (place: number): Report => reports[place] as Report;
    const passes = (place: number) => accountId === undefined || reportAt(place).accountId === accountId;
    return pageOf(places, query, passes, (place) => pictureOf(reportAt(place)));
  }

  write(writer: ByteWriter): void {
    writer.integer(this.reports.length);
    for (const report of this.reports) writeReport(writer, report);
  }

  read(reader: ByteReader): void {
    for (let left = reader.count(); left > 0; left -= 1) {
      const row = readReport(reader);
      const report: Report = { ...row, steps: [...row.steps] };
      if (report.ending === undefined) this.running.set(report.accountId, report);
      this.append(report);
    }
  }
}

/** Later steps do not change it. */
function pictureOf(report: Report): LiquidationRow {
  return { ...report, steps: [...report.steps] };
}
