// Prices, pools, positions, unsettled profit and loss, and what is due when.
import type { Price, TimeUs } from '@glasshouse/units';
import { openPosition } from '../state/account-positions.js';
import { noteExposure } from '../state/exposure.js';
import { noteHolder } from '../state/holders.js';
import type { AssetPrice } from '../state/oracle.js';
import type { PerpPrices, RollingMean } from '../state/perp-prices.js';
import type { LendingPool } from '../state/pools.js';
import { POSITION_CELL, type PositionCell } from '../state/positions.js';
import type { State } from '../state/state.js';
import { noteStake } from '../state/watch/note-change.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

function writeAssetPrice(price: AssetPrice, writer: SnapshotWriter): void {
  writer.number(price.indexPrice);
  writer.number(price.liveSources);
  writer.number(price.timeUs);
  for (const source of price.sources) {
    writer.number(source.price);
    writer.number(source.timeUs);
  }
}

function restoreAssetPrice(price: AssetPrice, reader: SnapshotReader): void {
  price.indexPrice = reader.number() as Price;
  price.liveSources = reader.number();
  price.timeUs = reader.number() as TimeUs;
  for (const source of price.sources) {
    source.price = reader.number();
    source.timeUs = reader.number() as TimeUs;
  }
}

function writeMean(mean: RollingMean, writer: SnapshotWriter): void {
  writer.number(mean.count);
  writer.column(mean.samples, 0, mean.samples.length - 1);
}

function restoreMean(mean: RollingMean, reader: SnapshotReader): void {
  mean.count = reader.number();
  reader.column(mean.samples, 0, mean.samples.length - 1);
}

function writePerpPrices(prices: PerpPrices, writer: SnapshotWriter): void {
  writer.number(prices.indexLive ? 1 : 0);
  writer.number(prices.indexPrice);
  writer.number(prices.markPrice);
  writer.number(prices.timeUs);
  writer.number(prices.meanBasis);
  writeMean(prices.meanMark, writer);
  writeMean(prices.meanPremium, writer);
  writer.number(prices.premiumSum);
  writer.number(prices.premiumCount);
  writer.number(prices.fundingRate);
  writer.number(prices.fundingIndex);
  writer.number(prices.openInterestLots);
  writer.number(prices.meanMarkPrice);
  writer.number(prices.meanPremiumFraction);
}

function restorePerpPrices(prices: PerpPrices, reader: SnapshotReader): void {
  prices.indexLive = reader.number() === 1;
  prices.indexPrice = reader.number() as Price;
  prices.markPrice = reader.number() as Price;
  prices.timeUs = reader.number() as TimeUs;
  prices.meanBasis = reader.number();
  restoreMean(prices.meanMark, reader);
  restoreMean(prices.meanPremium, reader);
  prices.premiumSum = reader.number();
  prices.premiumCount = reader.number();
  prices.fundingRate = reader.number();
  prices.fundingIndex = reader.number();
  prices.openInterestLots = reader.number();
  prices.meanMarkPrice = reader.number();
  prices.meanPremiumFraction = reader.number();
}

function writePool(pool: LendingPool, writer: SnapshotWriter): void {
  writer.number(pool.lentAtoms);
  writer.number(pool.borrowedAtoms);
  writer.number(pool.virtualLentAtoms);
  writer.number(pool.virtualBorrowedAtoms);
  writer.column(pool.houseClaims, 0, pool.houseClaims.length - 1);
  writer.number(pool.lendIndex);
  writer.number(pool.borrowIndex);
  writer.number(pool.lendIndexCarry);
  writer.number(pool.borrowIndexCarry);
  writer.number(pool.accruedUs);
  writer.number(pool.minuteStartUs);
  writer.number(pool.minuteUtilization);
}

function restorePool(pool: LendingPool, reader: SnapshotReader): void {
  pool.lentAtoms = reader.number();
  pool.borrowedAtoms = reader.number();
  pool.virtualLentAtoms = reader.number();
  pool.virtualBorrowedAtoms = reader.number();
  reader.column(pool.houseClaims, 0, pool.houseClaims.length - 1);
  pool.lendIndex = reader.number();
  pool.borrowIndex = reader.number();
  pool.lendIndexCarry = reader.number();
  pool.borrowIndexCarry = reader.number();
  pool.accruedUs = reader.number() as TimeUs;
  pool.minuteStartUs = reader.number() as TimeUs;
  pool.minuteUtilization = reader.number();
}

/** Open lots are not written: they follow from the orders, which are put back after. */
const SAVED: readonly PositionCell[] = [
  POSITION_CELL.sizeLots,
  POSITION_CELL.costAtoms,
  POSITION_CELL.entryCostAtoms,
  POSITION_CELL.realizedPnlAtoms,
  POSITION_CELL.fundingAtoms,
  POSITION_CELL.openedUs,
  POSITION_CELL.positionId,
  POSITION_CELL.fundingIndex,
];

/** Rows in the order of accounts, then markets. */
function rowsInOrder({ accounts, positions }: State): number[] {
  const rows: number[] = [];
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    let row = accounts.firstPosition[accountId] as number;
    for (; row !== 0; row = positions.next(row)) rows.push(row);
  }
  return rows;
}

function writePositions(state: State, writer: SnapshotWriter): void {
  const rows = rowsInOrder(state);
  writer.number(rows.length);
  for (const row of rows) {
    writer.number(state.positions.accountId(row));
    writer.number(state.positions.marketId(row));
    for (const cell of SAVED) writer.number(state.positions.cell(row, cell));
  }
}

function restorePositions(state: State, reader: SnapshotReader): void {
  for (let count = reader.count(); count > 0; count -= 1) {
    const row = openPosition(state, reader.number(), reader.number());
    for (const cell of SAVED) state.positions.setCell(row, cell, reader.number());
  }
}

function writeWarned({ warned }: State, writer: SnapshotWriter): void {
  writer.number(warned.size);
  for (const accountId of warned.inOrder()) {
    writer.number(accountId);
    writer.number(warned.levelOf(accountId));
  }
}

/** Who has nothing at stake any more has yet to be found by a scan. */
function restoreWarned(state: State, reader: SnapshotReader): void {
  const { warned } = state;
  for (let count = reader.count(); count > 0; count -= 1) {
    const accountId = reader.number();
    warned.set(accountId, reader.number());
    noteStake(state, accountId);
  }
}

export function writeRisk(state: State, writer: SnapshotWriter): void {
  const { assetPrices, markets, pools, unsettled, waitingForCash, schedule, accounts } = state;
  for (const price of assetPrices) writeAssetPrice(price, writer);
  for (const { perp, prices } of markets.list) if (perp !== undefined) writePerpPrices(prices, writer);
  for (const pool of pools) if (pool !== undefined) writePool(pool, writer);
  writer.column(unsettled.atoms, 1, accounts.count);
  writer.column(unsettled.indexAt, 1, accounts.count);
  writer.column(unsettled.accruedAtoms, 1, accounts.count);
  writer.number(waitingForCash.size);
  for (const accountId of waitingForCash) writer.number(accountId);
  writeWarned(state, writer);
  writer.number(schedule.nextSampleUs);
  writer.number(schedule.nextSettlementUs);
  writer.number(schedule.nextFundingUs);
  writer.number(schedule.nextInterestUs);
  writer.number(schedule.nextFeeTierUs);
  writer.number(schedule.nextSliceUs);
  writer.column(schedule.cursors, 0, schedule.cursors.length - 1);
  writePositions(state, writer);
}

function countLoans(state: State): void {
  const { accounts, balances } = state;
  for (const { loanAtoms } of balances.assets) {
    for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
      if ((loanAtoms[accountId] as number) < 0) (accounts.loanCount[accountId] as number) += 1;
    }
  }
}

export function restoreRisk(state: State, reader: SnapshotReader): void {
  const { assetPrices, markets, pools, unsettled, waitingForCash, schedule, accounts } = state;
  for (const price of assetPrices) restoreAssetPrice(price, reader);
  for (const { perp, prices } of markets.list) if (perp !== undefined) restorePerpPrices(prices, reader);
  for (const pool of pools) if (pool !== undefined) restorePool(pool, reader);
  reader.column(unsettled.atoms, 1, accounts.count);
  reader.column(unsettled.indexAt, 1, accounts.count);
  reader.column(unsettled.accruedAtoms, 1, accounts.count);
  for (let count = reader.count(); count > 0; count -= 1) waitingForCash.add(reader.number());
  restoreWarned(state, reader);
  schedule.nextSampleUs = reader.number() as TimeUs;
  schedule.nextSettlementUs = reader.number() as TimeUs;
  schedule.nextFundingUs = reader.number() as TimeUs;
  schedule.nextInterestUs = reader.number() as TimeUs;
  schedule.nextFeeTierUs = reader.number() as TimeUs;
  schedule.nextSliceUs = reader.number() as TimeUs;
  reader.column(schedule.cursors, 0, schedule.cursors.length - 1);
  restorePositions(state, reader);
  countLoans(state);
  for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
    noteExposure(state, accountId);
    noteHolder(state, accountId);
  }
}
