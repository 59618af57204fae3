// Two questions that the crash of 10 October 2025 left: what policies of auto-deleveraging take of whom, and who was liquidated on a print
// that no other venue had.
import type { MarketFigures } from '../run/observer.js';
import type { RunResult } from '../run/run.js';
import { baseOf, type Scenario } from '../scenario/scenario.js';
import { count, dollars, percent } from '../text/numbers.js';
import type { Table } from '../text/table.js';

/** More of what was needed than this is more than policies may take. */
const MOST_TAKEN = 1.05;

const tookProfit = ({ observed }: RunResult): boolean => observed.deleveraging.neededUsd > 0;

export function takesWhatIsNeeded({ observed: { deleveraging } }: RunResult): boolean {
  return deleveraging.takenUsd <= MOST_TAKEN * deleveraging.neededUsd;
}

function policyRow({ design, observed }: RunResult): string[] {
  const { accounts, payers, neededUsd, takenUsd, largestShare } = observed.deleveraging;
  return [
    design.name,
    count(accounts.size),
    count(payers.size),
    dollars(observed.stages.deleverage.usd),
    dollars(neededUsd),
    dollars(takenUsd),
    (takenUsd / neededUsd).toFixed(3),
    percent(largestShare),
  ];
}

/** Undefined where no profit was needed. */
export function policiesTable(runs: readonly RunResult[]): Table | undefined {
  const rows = runs.filter(tookProfit).map(policyRow);
  if (rows.length === 0) return undefined;
  return {
    title: 'Who gives way, and what it costs',
    note: 'Needed: deficits at full prices that no fund had paid when others began to give way. The largest share is what one position lost of the most profit that it had when it gave way.',
    columns: ['', 'gave way', 'of them paid', 'closed', 'needed', 'taken', 'taken ÷ needed', 'largest share'],
    rows,
  };
}

const price = (value: number): string => (Number.isFinite(value) ? value.toPrecision(4) : '–');

function printRow({ design, samples, markets, observed }: RunResult, base: string): string[] {
  const place = markets.findIndex(({ symbol }) => baseOf(symbol) === base);
  const figures: MarketFigures | undefined = observed.markets.get(markets[place]?.marketId ?? 0);
  const books = samples.map((sample) => sample.markets[place]?.book ?? Number.POSITIVE_INFINITY);
  return [
    design.name,
    price(Math.min(...books)),
    price(figures?.lowestMark ?? Number.NaN),
    price(figures?.lowestIndex ?? Number.NaN),
    count(figures?.liquidated.size ?? 0),
    count(figures?.soundAtIndex.size ?? 0),
  ];
}

/** One for each asset whose book stands where a source says that is no part of the index. */
export function printTables({ sources }: Scenario, runs: readonly RunResult[]): Table[] {
  const bases = sources.flatMap((source) => {
    if (source.bookOnly !== true) return [];
    return Object.keys(source.kind === 'recorded' ? source.symbols : source.paths);
  });
  return bases.map((base) => ({
    title: `${base}: a print that no other venue had`,
    note: 'Books at full minutes, prices at every sample; accounts with a position there.',
    columns: ['', 'lowest book', 'lowest mark', 'lowest index', 'liquidated', 'of them sound at the index'],
    rows: runs.map((run) => printRow(run, base)),
  }));
}
