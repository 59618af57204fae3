// A market's grids and filters. Listing proves here, once, what matching relies on ever after: no notional is rounded and none
// passes 2^53 − 1.
import { type Decimal, type Lots, MAX_SAFE, parseDecimal, powerOfTen, rescale, type Ticks } from '@glasshouse/units';
import { HIGHEST_TICKS } from '../../book/index.js';
import type { Asset, AssetTable } from '../../state/assets.js';
import type { MarketFilters } from '../../state/markets.js';
import type { ConfigurationReader } from './reader.js';

const MILLION = 1_000_000;
const MAX_BAND_PPM = 1_000_000_000;
/** The active price may lie between two ticks and is then written with one more decimal. */
const TEN_HALVES = 10;

export type MarketPair = { readonly symbol: string; readonly base: Asset; readonly quote: Asset };

export function readPair(reader: ConfigurationReader, assets: AssetTable): MarketPair {
  const base = assets.bySymbol(reader.text('base')) ?? reader.fail('base', 'no such asset');
  const quote = assets.bySymbol(reader.text('quote')) ?? reader.fail('quote', 'no such asset');
  if (base === quote) reader.fail('quote', 'same as base');
  const symbol = reader.text('symbol');
  if (reader.has('perp') && reader.has('rfq')) reader.fail('rfq', 'a perpetual is traded in its book');
  const kind = reader.has('perp') ? '_PERP' : reader.has('rfq') ? '_RFQ' : '';
  const expected = `${base.symbol}_${quote.symbol}${kind}`;
  if (symbol !== expected) reader.fail('symbol', `not ${expected}`);
  return { symbol, base, quote };
}

function readStep(reader: ConfigurationReader, field: string): Decimal {
  const decimal = parseDecimal(reader.text(field));
  return decimal === undefined || decimal.digits <= 0 ? reader.fail(field, 'not a positive decimal') : decimal;
}

/** `value` in multiples of `step`. */
function multiples(reader: ConfigurationReader, field: string, step: Decimal, most: number): number {
  const decimal = parseDecimal(reader.text(field));
  const units = decimal === undefined ? undefined : rescale(decimal, step.scale);
  if (units === undefined || units <= 0 || units % step.digits !== 0)
    reader.fail(field, 'not a positive multiple of its step');
  const count = units / step.digits;
  return count <= most ? count : reader.fail(field, `more than ${most} steps`);
}

/** Quote atoms per tick and lot: tick × step must be a whole number of them. */
function atomsPerTickLot(reader: ConfigurationReader, tick: Decimal, step: Decimal, quote: Asset): number {
  const digits = tick.digits * step.digits;
  const atoms = digits <= MAX_SAFE ? rescale({ digits, scale: tick.scale + step.scale }, quote.decimals) : undefined;
  return atoms ?? reader.fail('tickSize', `tick × step is no whole number of 10^−${quote.decimals} ${quote.symbol}`);
}

function baseAtomsPerLot(reader: ConfigurationReader, step: Decimal, base: Asset): number {
  return rescale(step, base.decimals) ?? reader.fail('stepSize', `finer than 10^−${base.decimals} ${base.symbol}`);
}

function checkProducts(reader: ConfigurationReader, filters: MarketFilters): void {
  const lotPrice = filters.maxTicks * filters.atomsPerTickLot;
  if (lotPrice > MAX_SAFE || lotPrice * filters.maxLots > MAX_SAFE) {
    reader.fail('maxQuantity', 'maxPrice × maxQuantity passes 2^53 − 1 quote atoms');
  }
  if (filters.maxLots * filters.baseAtomsPerLot > MAX_SAFE) reader.fail('maxQuantity', 'passes 2^53 − 1 base atoms');
  if (2 * filters.maxTicks * Math.max(MILLION, filters.limitMaxPpm, filters.impactMaxPpm) > MAX_SAFE) {
    reader.fail('maxPrice', 'its band passes 2^53 − 1');
  }
  if (filters.maxTicks * filters.tickDigits * TEN_HALVES > MAX_SAFE) reader.fail('maxPrice', 'has too many digits');
  if (powerOfTen(filters.tickScale) === undefined || powerOfTen(filters.stepScale) === undefined) {
    reader.fail('tickSize', 'too many decimals');
  }
}

export function readFilters(reader: ConfigurationReader, pair: MarketPair): MarketFilters {
  const tick = readStep(reader, 'tickSize');
  const step = readStep(reader, 'stepSize');
  const filters: MarketFilters = {
    tickDigits: tick.digits,
    tickScale: tick.scale,
    stepDigits: step.digits,
    stepScale: step.scale,
    minTicks: multiples(reader, 'minPrice', tick, HIGHEST_TICKS) as Ticks,
    maxTicks: multiples(reader, 'maxPrice', tick, HIGHEST_TICKS) as Ticks,
    minLots: multiples(reader, 'minQuantity', step, MAX_SAFE) as Lots,
    maxLots: multiples(reader, 'maxQuantity', step, MAX_SAFE) as Lots,
    limitMinPpm: reader.integer('limitMinPpm', 0, MILLION),
    limitMaxPpm: reader.integer('limitMaxPpm', MILLION, MAX_BAND_PPM),
    impactMinPpm: reader.integer('impactMinPpm', 0, MILLION),
    impactMaxPpm: reader.integer('impactMaxPpm', MILLION, MAX_BAND_PPM),
    atomsPerTickLot: atomsPerTickLot(reader, tick, step, pair.quote),
    baseAtomsPerLot: baseAtomsPerLot(reader, step, pair.base),
  };
  if (filters.maxTicks < filters.minTicks) reader.fail('maxPrice', 'below minPrice');
  if (filters.maxLots < filters.minLots) reader.fail('maxQuantity', 'below minQuantity');
  checkProducts(reader, filters);
  return filters;
}
