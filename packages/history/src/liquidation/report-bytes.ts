// A liquidation report as bytes of a saved history.
import type {
  ExposureStep,
  LiquidationStepRow,
  LiquidationView,
  LoanStep,
  MaintenanceView,
  MoneyStep,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import type { ByteReader, ByteWriter } from '../encoding.js';
import type { LiquidationEnding, LiquidationRow } from './rows.js';

/** Places are saved: never reorder. */
const KINDS = ['book', 'backstop', 'deleverage', 'loan', 'fund', 'record', 'loanBackstop'] as const;
const REASONS = ['recovered', 'closed', 'bankrupt'] as const;
const POLICIES = [undefined, 'queue', 'proRataByProfit', 'proRataByEquity', 'minimal'] as const;

function writeStanding(writer: ByteWriter, standing: MaintenanceView): void {
  writer.real(standing.netEquityUsd);
  writer.real(standing.maintenanceMarginUsd);
  writer.real(standing.exposureUsd);
  writer.real(standing.netEquityAtIndexUsd);
  writer.real(standing.maintenanceMarginAtIndexUsd);
}

function readStanding(reader: ByteReader): MaintenanceView {
  return {
    netEquityUsd: reader.real(),
    maintenanceMarginUsd: reader.real(),
    exposureUsd: reader.real(),
    netEquityAtIndexUsd: reader.real(),
    maintenanceMarginAtIndexUsd: reader.real(),
  };
}

/** One byte says whether it is there. */
function writeMaybe<Value>(writer: ByteWriter, value: Value | undefined, write: (value: Value) => void): void {
  writer.integer(value === undefined ? 0 : 1);
  if (value !== undefined) write(value);
}

function readMaybe<Value>(reader: ByteReader, read: () => Value): Value | undefined {
  return reader.integer() === 0 ? undefined : read();
}

function writeStep(writer: ByteWriter, step: LiquidationStepRow): void {
  writer.integer(KINDS.indexOf(step.kind));
  writer.integer(step.timeUs);
  if ('assetId' in step) {
    writer.integer(step.assetId);
    writer.integer(step.quantityAtoms);
    if (step.kind !== 'loanBackstop') return;
    for (const value of [step.quoteAtoms, step.fundFeeAtoms, step.providerFeeAtoms]) writer.integer(value);
    return;
  }
  const { marketId, side, sizeLots, quoteAtoms, fundFeeAtoms, providerFeeAtoms, takenAtoms } = step;
  const integers = [marketId, side, sizeLots, quoteAtoms, fundFeeAtoms, providerFeeAtoms, takenAtoms];
  for (const value of integers) writer.integer(value);
  writer.integer(POLICIES.indexOf(step.policy));
  writer.real(step.markPrice);
  writeMaybe(writer, step.before, (standing) => writeStanding(writer, standing));
  writeMaybe(writer, step.after, (standing) => writeStanding(writer, standing));
}

function readExposureStep(reader: ByteReader, kind: ExposureStep['kind'], timeUs: TimeUs): ExposureStep {
  return {
    kind,
    timeUs,
    marketId: reader.integer(),
    side: reader.integer() as ExposureStep['side'],
    sizeLots: reader.integer() as Lots,
    quoteAtoms: reader.integer() as Atoms,
    fundFeeAtoms: reader.integer() as Atoms,
    providerFeeAtoms: reader.integer() as Atoms,
    takenAtoms: reader.integer() as Atoms,
    policy: POLICIES[reader.integer()],
    markPrice: reader.real() as Price,
    before: readMaybe(reader, () => readStanding(reader)),
    after: readMaybe(reader, () => readStanding(reader)),
  };
}

function readMoneyStep(reader: ByteReader, kind: MoneyStep['kind'], timeUs: TimeUs): MoneyStep {
  return { kind, timeUs, assetId: reader.integer(), quantityAtoms: reader.integer() as Atoms };
}

function readLoanStep(reader: ByteReader, timeUs: TimeUs): LoanStep {
  return {
    kind: 'loanBackstop',
    timeUs,
    assetId: reader.integer(),
    quantityAtoms: reader.integer() as Atoms,
    quoteAtoms: reader.integer() as Atoms,
    fundFeeAtoms: reader.integer() as Atoms,
    providerFeeAtoms: reader.integer() as Atoms,
  };
}

function readStep(reader: ByteReader): LiquidationStepRow {
  const kind = KINDS[reader.integer()] ?? 'book';
  const timeUs = reader.integer() as TimeUs;
  if (kind === 'loan' || kind === 'fund' || kind === 'record') return readMoneyStep(reader, kind, timeUs);
  return kind === 'loanBackstop' ? readLoanStep(reader, timeUs) : readExposureStep(reader, kind, timeUs);
}

function writeTotals(writer: ByteWriter, totals: LiquidationView): void {
  const { liquidationId, accountId, startedUs, steps, fundFeeAtoms, providerFeeAtoms, coveredAtoms } = totals;
  for (const value of [liquidationId, accountId, startedUs, steps, fundFeeAtoms, providerFeeAtoms, coveredAtoms])
    writer.integer(value);
  const { bookUsd, backstopUsd, deleveragedUsd, unpaidUsd } = totals;
  for (const value of [bookUsd, backstopUsd, deleveragedUsd, unpaidUsd]) writer.real(value);
  writeStanding(writer, totals.atStart);
}

function readTotals(reader: ByteReader): LiquidationView {
  return {
    liquidationId: reader.integer(),
    accountId: reader.integer(),
    startedUs: reader.integer() as TimeUs,
    steps: reader.integer(),
    fundFeeAtoms: reader.integer() as Atoms,
    providerFeeAtoms: reader.integer() as Atoms,
    coveredAtoms: reader.integer() as Atoms,
    bookUsd: reader.real(),
    backstopUsd: reader.real(),
    deleveragedUsd: reader.real(),
    unpaidUsd: reader.real(),
    atStart: readStanding(reader),
  };
}

function writeEnding(writer: ByteWriter, { timeUs, reason, totals, left }: LiquidationEnding): void {
  writer.integer(timeUs);
  writer.integer(REASONS.indexOf(reason));
  writeTotals(writer, totals);
  writeStanding(writer, left);
}

function readEnding(reader: ByteReader): LiquidationEnding {
  return {
    timeUs: reader.integer() as TimeUs,
    reason: REASONS[reader.integer()] ?? 'recovered',
    totals: readTotals(reader),
    left: readStanding(reader),
  };
}

export function writeReport(writer: ByteWriter, report: LiquidationRow): void {
  const { liquidationId, accountId, startedUs, stepsLeftOut, steps } = report;
  for (const value of [liquidationId, accountId, startedUs, stepsLeftOut]) writer.integer(value);
  writeStanding(writer, report.atStart);
  writeMaybe(writer, report.ending, (ending) => writeEnding(writer, ending));
  writer.integer(steps.length);
  for (const step of steps) writeStep(writer, step);
}

export function readReport(reader: ByteReader): LiquidationRow {
  const [liquidationId, accountId] = [reader.integer(), reader.integer()];
  const startedUs = reader.integer() as TimeUs;
  const stepsLeftOut = reader.integer();
  const atStart = readStanding(reader);
  const ending = readMaybe(reader, () => readEnding(reader));
  const steps: LiquidationStepRow[] = [];
  for (let left = reader.count(); left > 0; left -= 1) steps.push(readStep(reader));
  return { liquidationId, accountId, startedUs, atStart, ending, steps, stepsLeftOut };
}
