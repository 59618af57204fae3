// Plays a scenario's sources: what each says of each asset at a moment, and where the books of our markets stand.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { archivedCandles } from '../archive/candles.js';
import { daysOf } from '../archive/plan.js';
import type { Random } from '../chance/random.js';
import type { MadeUpSource, RecordedSource, Scenario, SourcePlan } from '../scenario/scenario.js';
import type { Candle } from './candle.js';
import type { CandleTables } from './recorded-candles.js';
import { candlePrices, linePrices, type PriceOverTime } from './series.js';

export type Quotes = ReadonlyMap<string, number>;

export type PlayedSource = {
  readonly name: string;
  readonly bookOnly: boolean;
  readonly assets: readonly string[];
  /** What it says at a moment; an asset that it has no price for is not in it. */
  quotes(timeMs: number): Quotes;
};

function quotesOf(prices: ReadonlyMap<string, PriceOverTime>, timeMs: number): Map<string, number> {
  const quotes = new Map<string, number>();
  for (const [asset, priceAt] of prices) {
    const price = priceAt(timeMs);
    if (price !== undefined) quotes.set(asset, price);
  }
  return quotes;
}

/** The table that the scenario names, or what was downloaded instead of it. */
function candlesOf(plan: RecordedSource, symbol: string, { folder, days, tables }: Recordings): readonly Candle[] {
  const file = join(folder, plan.file);
  if (existsSync(file)) return tables.candles(file, plan.venue, symbol);
  const archived = plan.archive === undefined ? undefined : archivedCandles(folder, plan.archive, symbol, days);
  if (archived !== undefined) return archived;
  throw new Error(`${file} is not there, and neither are archived candles of ${symbol}: see 'glasshouse data get'`);
}

type Recordings = { readonly folder: string; readonly days: readonly string[]; readonly tables: CandleTables };

function recorded(plan: RecordedSource, recordings: Recordings): PlayedSource {
  const prices = new Map(
    Object.entries(plan.symbols).map(([asset, symbol]) => [asset, candlePrices(candlesOf(plan, symbol, recordings))]),
  );
  return {
    name: plan.name,
    bookOnly: plan.bookOnly === true,
    assets: [...prices.keys()],
    quotes: (timeMs) => quotesOf(prices, timeMs),
  };
}

function madeUp(plan: MadeUpSource, beginMs: number, random: Random): PlayedSource {
  const prices = new Map(
    Object.entries(plan.paths).map(([asset, path]) => [
      asset,
      linePrices(path.map(([seconds, price]) => [beginMs + seconds * 1000, price] as const)),
    ]),
  );
  const near = (price: number): number => price * (1 + plan.noise * random.between(-1, 1));
  return {
    name: plan.name,
    bookOnly: plan.bookOnly === true,
    assets: [...prices.keys()],
    quotes: (timeMs) => new Map([...quotesOf(prices, timeMs)].map(([asset, price]) => [asset, near(price)])),
  };
}

/** `folder` has the recordings; scenarios that are made up need none. */
export function playedSources(
  scenario: Scenario,
  folder: string | undefined,
  random: Random,
  tables: CandleTables,
): PlayedSource[] {
  const beginMs = Date.parse(scenario.from);
  return scenario.sources.map((plan: SourcePlan) => {
    if (plan.kind === 'madeUp') return madeUp(plan, beginMs, random);
    if (folder === undefined) throw new Error(`${scenario.name} plays recorded prices: --data must name their folder`);
    return recorded(plan, { folder, days: daysOf(scenario), tables });
  });
}

function middleOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Where books stand: where the sources that are there for it say, or in the middle of all others. */
export function bookPrice(asset: string, said: ReadonlyMap<PlayedSource, Quotes>): number | undefined {
  const prices = (bookOnly: boolean): number[] =>
    [...said].flatMap(([source, quotes]) => (source.bookOnly === bookOnly ? (quotes.get(asset) ?? []) : []));
  return middleOf(prices(true)) ?? middleOf(prices(false));
}
