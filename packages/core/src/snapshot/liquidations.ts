// Who is being liquidated and in which order they come, what liquidations have come to, who takes over, and what nobody has paid.
import type { MaintenanceView, NegativeBalanceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type {
  Backstop,
  BackstopOffer,
  BackstopTaken,
  BackstopTerms,
  LoanOffer,
  LoansTaken,
} from '../state/backstops.js';
import { LiquidationTotals, type StageTotal } from '../state/liquidation-totals.js';
import { LiquidationCase } from '../state/liquidations.js';
import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

/** All that a case counts, in a fixed order. */
const COUNTED = [
  'steps',
  'bookUsd',
  'backstopUsd',
  'deleveragedUsd',
  'fundFeeAtoms',
  'providerFeeAtoms',
  'coveredAtoms',
  'leastBacking',
  'idleTurns',
  'unpaidUsd',
] as const;

const STANDING = [
  'netEquityUsd',
  'maintenanceMarginUsd',
  'exposureUsd',
  'netEquityAtIndexUsd',
  'maintenanceMarginAtIndexUsd',
] as const satisfies readonly (keyof MaintenanceView)[];

function writeCase(running: LiquidationCase, writer: SnapshotWriter): void {
  writer.number(running.liquidationId);
  writer.number(running.accountId);
  writer.number(running.startedUs);
  for (const name of STANDING) writer.number(running.atStart[name]);
  for (const name of COUNTED) writer.number(running[name]);
}

function readCase(reader: SnapshotReader): LiquidationCase {
  const liquidationId = reader.number();
  const accountId = reader.number();
  const startedUs = reader.number() as TimeUs;
  const atStart: MaintenanceView = {
    netEquityUsd: reader.number(),
    maintenanceMarginUsd: reader.number(),
    exposureUsd: reader.number(),
    netEquityAtIndexUsd: reader.number(),
    maintenanceMarginAtIndexUsd: reader.number(),
  };
  const running = new LiquidationCase(liquidationId, accountId, startedUs, atStart);
  for (const name of COUNTED) running[name] = reader.number();
  return running;
}

const SUMS = ['started', 'takenUsd', 'coveredUsd', 'recordedUsd'] as const;
const stagesOf = (totals: LiquidationTotals): StageTotal[] => [totals.book, totals.backstop, totals.deleverage];

function writeTotals(totals: LiquidationTotals, writer: SnapshotWriter): void {
  for (const name of SUMS) writer.number(totals[name]);
  for (const { count, usd } of stagesOf(totals)) {
    writer.number(count);
    writer.number(usd);
  }
}

function readTotals(totals: LiquidationTotals, reader: SnapshotReader): void {
  for (const name of SUMS) totals[name] = reader.number();
  for (const stage of stagesOf(totals)) {
    stage.count = reader.number();
    stage.usd = reader.number();
  }
}

function writeRecord(
  { accountId, assetId, quantityAtoms, recordedUs }: NegativeBalanceView,
  writer: SnapshotWriter,
): void {
  writer.number(accountId);
  writer.number(assetId);
  writer.number(quantityAtoms);
  writer.number(recordedUs);
}

function writeOffer(offer: BackstopOffer, writer: SnapshotWriter): void {
  writer.number(offer.marketId);
  writer.number(offer.capacityLots);
  writer.number(offer.hourlyLots);
}

function readOffer(reader: SnapshotReader): BackstopOffer {
  return { marketId: reader.number(), capacityLots: reader.number(), hourlyLots: reader.number() };
}

function readTaken(reader: SnapshotReader): BackstopTaken {
  return { marketId: reader.number(), lots: reader.number(), hourStartUs: reader.number() };
}

function listOf<Item>(reader: SnapshotReader, read: (reader: SnapshotReader) => Item): Item[] {
  return Array.from({ length: reader.count() }, () => read(reader));
}

function readLoanOffer(reader: SnapshotReader): LoanOffer {
  return { assetId: reader.number(), capacityAtoms: reader.number(), hourlyAtoms: reader.number() };
}

function readLoansTaken(reader: SnapshotReader): LoansTaken {
  return { assetId: reader.number(), atoms: reader.number(), hourStartUs: reader.number() };
}

function writeTerms({ minimumEquityUsd, offers, loans }: BackstopTerms, writer: SnapshotWriter): void {
  writer.number(minimumEquityUsd);
  writer.number(offers.length);
  for (const offer of offers) writeOffer(offer, writer);
  writer.number(loans.length);
  for (const { assetId, capacityAtoms, hourlyAtoms } of loans) {
    writer.number(assetId);
    writer.number(capacityAtoms);
    writer.number(hourlyAtoms);
  }
}

function readTerms(reader: SnapshotReader): BackstopTerms {
  const minimumEquityUsd = reader.number();
  const offers = listOf(reader, readOffer);
  return { minimumEquityUsd, offers, loans: listOf(reader, readLoanOffer) };
}

function writeBackstop({ accountId, terms, bound, taken, loansTaken }: Backstop, writer: SnapshotWriter): void {
  writer.number(accountId);
  writeTerms(terms, writer);
  writer.number(bound?.untilUs ?? 0);
  if (bound !== undefined) writeTerms(bound, writer);
  writer.number(taken.length);
  for (const { marketId, lots, hourStartUs } of taken) {
    writer.number(marketId);
    writer.number(lots);
    writer.number(hourStartUs);
  }
  writer.number(loansTaken.length);
  for (const { assetId, atoms, hourStartUs } of loansTaken) {
    writer.number(assetId);
    writer.number(atoms);
    writer.number(hourStartUs);
  }
}

function readBackstop(reader: SnapshotReader): Backstop {
  const accountId = reader.number();
  const terms = readTerms(reader);
  const untilUs = reader.number() as TimeUs;
  const bound = untilUs === 0 ? undefined : { ...readTerms(reader), untilUs };
  const taken = listOf(reader, readTaken);
  return { accountId, terms, bound, taken, loansTaken: listOf(reader, readLoansTaken) };
}

function restoreBackstops({ backstops }: State, reader: SnapshotReader): void {
  for (let count = reader.count(); count > 0; count -= 1) backstops.set(readBackstop(reader));
}

export function writeLiquidations(state: State, writer: SnapshotWriter): void {
  const { liquidations, liquidationStatistics, negativeBalances } = state;
  writer.number(liquidations.size);
  for (const running of liquidations.inOrder()) writeCase(running, writer);
  writer.number(liquidations.turns.length);
  for (const accountId of liquidations.turns) writer.number(accountId);
  writer.number(liquidations.rounds);
  writer.number(liquidations.nextRoundUs);
  writer.number(liquidations.nextSliceUs);
  writeTotals(liquidationStatistics.inAll, writer);
  writer.number(liquidationStatistics.days.length);
  for (const { day, totals } of liquidationStatistics.days) {
    writer.number(day);
    writeTotals(totals, writer);
  }
  writer.number(state.backstops.size);
  for (const backstop of state.backstops.inOrder()) writeBackstop(backstop, writer);
  const records = [...negativeBalances.inOrder()];
  writer.number(records.length);
  for (const record of records) writeRecord(record, writer);
}

export function restoreLiquidations(state: State, reader: SnapshotReader): void {
  const { liquidations, liquidationStatistics, negativeBalances } = state;
  for (let count = reader.count(); count > 0; count -= 1) liquidations.open(readCase(reader));
  liquidations.queue(listOf(reader, (one) => one.number()).reverse());
  liquidations.rounds = reader.number();
  liquidations.nextRoundUs = reader.number() as TimeUs;
  liquidations.nextSliceUs = reader.number() as TimeUs;
  readTotals(liquidationStatistics.inAll, reader);
  for (let count = reader.count(); count > 0; count -= 1) {
    const day = { day: reader.number(), totals: new LiquidationTotals() };
    readTotals(day.totals, reader);
    liquidationStatistics.days.push(day);
  }
  restoreBackstops(state, reader);
  for (let count = reader.count(); count > 0; count -= 1) {
    const [accountId, assetId, atoms] = [reader.number(), reader.number(), reader.number()];
    negativeBalances.change(accountId, assetId, atoms, reader.number() as TimeUs);
  }
}
