// What of an asset may change: its index, its weight as collateral, its pool.
import type { CollateralConfiguration, IndexConfiguration, LendingTerms, MarginCurve } from '@glasshouse/protocol';
import { type Atoms, MAX_SAFE } from '@glasshouse/units';
import { isMonotone } from '../../margin/weights.js';
import type { ConfigurationReader } from './reader.js';

const MAX_SOURCES = 16;
const MAX_WEIGHT = 1_000_000;
const MAX_YEARLY_RATE = 100;

export type AssetTerms = {
  readonly index: IndexConfiguration | undefined;
  readonly collateral: CollateralConfiguration | undefined;
  readonly lending: LendingTerms | undefined;
};

function readIndex(reader: ConfigurationReader): IndexConfiguration {
  const sources = reader.list('sources', MAX_SOURCES, (source) => ({
    name: source.text('name'),
    weight: source.ratio('weight', 1 / MAX_WEIGHT, MAX_WEIGHT),
  }));
  if (new Set(sources.map(({ name }) => name)).size < sources.length) reader.fail('sources', 'one name twice');
  return { sources, updateCap: reader.ratio('updateCap', 0, 1) };
}

function readCollateral(reader: ConfigurationReader): CollateralConfiguration {
  const weight = reader.ratio('weight', 0, 1);
  if (!reader.has('base') && !reader.has('penalty')) return { weight };
  const collateral = { weight, base: reader.ratio('base', 0, 10), penalty: reader.ratio('penalty', 0, 1) };
  if (!isMonotone(collateral)) reader.fail('penalty', 'a larger holding would be worth less');
  return collateral;
}

export function readCurve(reader: ConfigurationReader): MarginCurve {
  return { base: reader.ratio('base', 0, 1), factor: reader.ratio('factor', 0, 1) };
}

/** Interest makes loans grow past their limit: half of all numbers is left for it. */
function readOpenLimit(reader: ConfigurationReader, decimals: number): Atoms {
  const limit = reader.units('openBorrowLendLimit', decimals, 0);
  if (limit > MAX_SAFE / 2) reader.fail('openBorrowLendLimit', 'leaves no room for interest');
  return limit as Atoms;
}

function readLending(reader: ConfigurationReader, decimals: number): LendingTerms {
  const optimalUtilization = reader.ratio('optimalUtilization', 0.01, 0.99);
  const baseRate = reader.ratio('baseRate', 0, MAX_YEARLY_RATE);
  const optimalRate = reader.ratio('optimalRate', baseRate, MAX_YEARLY_RATE);
  const maxUtilization = reader.ratio('maxUtilization', optimalUtilization, 1);
  const imf = readCurve(reader.section('imf'));
  const mmf = readCurve(reader.section('mmf'));
  if (mmf.base > imf.base || mmf.factor > imf.factor) reader.fail('mmf', 'above imf');
  return {
    optimalUtilization,
    baseRate,
    optimalRate,
    maxRate: reader.ratio('maxRate', optimalRate, MAX_YEARLY_RATE),
    reserveFee: reader.ratio('reserveFee', 0, 1),
    maxUtilization,
    throttleThreshold: reader.ratio('throttleThreshold', 0, maxUtilization),
    throttleFraction: reader.ratio('throttleFraction', 0, 1),
    openBorrowLendLimitAtoms: readOpenLimit(reader, decimals),
    borrowLimitAtoms: reader.units('borrowLimit', decimals, 0) as Atoms,
    imf,
    mmf,
  };
}

export function readAssetTerms(reader: ConfigurationReader, decimals: number): AssetTerms {
  return {
    index: reader.has('index') ? readIndex(reader.section('index')) : undefined,
    collateral: reader.has('collateral') ? readCollateral(reader.section('collateral')) : undefined,
    lending: reader.has('lending') ? readLending(reader.section('lending'), decimals) : undefined,
  };
}
