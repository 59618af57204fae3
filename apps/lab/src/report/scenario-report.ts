// The report of a scenario: every design in one table, what must hold and whether it did, and what it looked like.
import type { RunResult } from '../run/run.js';
import type { Scenario } from '../scenario/scenario.js';
import { count, decimal, dollars, percent } from '../text/numbers.js';
import type { Table } from '../text/table.js';
import { boundsTables } from './bounds.js';
import { policiesTable, printTables, takesWhatIsNeeded } from './event-tables.js';
import { type Page, pageHtml, type Section } from './page.js';
import { type Plot, plotSvg } from './svg.js';

const BASIS_POINTS = 1e4;
const ATOMS_PER_USD = 1e6;

type Line = { readonly name: string; readonly of: (run: RunResult) => string };

const shareOf = (part: number, whole: number): string => (whole === 0 ? '–' : percent(part / whole, 2));

const stepsOf = ({ observed }: RunResult): number =>
  observed.stages.book.count + observed.stages.backstop.count + observed.stages.deleverage.count;

/** At the full minutes. */
function furthest({ samples }: RunResult, price: 'mark' | 'book'): number {
  const gaps = samples.flatMap(({ markets }) => markets.map((market) => Math.abs(market[price] / market.index - 1)));
  return Math.max(0, ...gaps.filter(Number.isFinite));
}

const LINES: readonly Line[] = [
  { name: 'accounts liquidated', of: ({ observed }) => count(observed.liquidated.size) },
  { name: 'of them sound at the index', of: ({ observed }) => count(observed.soundAtIndex.size) },
  { name: 'liquidated', of: ({ observed }) => dollars(observed.liquidatedUsd) },
  { name: 'on the book, by notional', of: ({ observed }) => shareOf(observed.stages.book.usd, observed.liquidatedUsd) },
  { name: 'on the book, by count', of: (run) => shareOf(run.observed.stages.book.count, stepsOf(run)) },
  { name: 'mark furthest from the index', of: (run) => percent(furthest(run, 'mark'), 2) },
  { name: 'book furthest from the index', of: (run) => percent(furthest(run, 'book'), 2) },
  { name: 'by backstop providers', of: ({ observed }) => dollars(observed.stages.backstop.usd) },
  { name: 'by auto-deleveraging', of: ({ observed }) => dollars(observed.stages.deleverage.usd) },
  { name: 'accounts deleveraged', of: ({ observed }) => count(observed.deleveraging.accounts.size) },
  { name: 'taken of winners’ profit', of: ({ observed }) => dollars(observed.deleveraging.takenUsd) },
  {
    name: 'lost against the mark on the book',
    of: ({ observed }) => {
      const { usd } = observed.stages.book;
      return usd === 0 ? '–' : `${decimal((observed.slippageUsd / usd) * BASIS_POINTS, 2)} bp`;
    },
  },
  { name: 'fees to the backstop fund', of: ({ observed }) => dollars(observed.fundFeesUsd) },
  { name: 'deficits in all', of: ({ observed }) => dollars(observed.deficitsUsd) },
  { name: 'deficits that the fund paid', of: ({ observed }) => dollars(observed.deficitsCoveredUsd) },
  { name: 'backstop fund at the end', of: ({ published }) => dollars(published.fundAtoms / ATOMS_PER_USD) },
  { name: 'negative balances recorded', of: ({ observed }) => dollars(observed.negativeUsd) },
  {
    name: 'traders below zero at the end',
    of: ({ traders }) => `${count(traders.below)} (${dollars(traders.belowUsd)})`,
  },
  {
    name: 'ended sound / closed / bankrupt',
    of: ({ observed: { ends } }) => Object.values(ends).map(count).join(' / '),
  },
  {
    name: 'gain of those with a plan of their own',
    of: ({ whales }) => (whales.length === 0 ? '–' : dollars(whales.reduce((sum, { gainUsd }) => sum + gainUsd, 0))),
  },
  {
    name: 'gain of backstop providers',
    of: ({ providers, providersBroughtUsd }) => dollars(providers.equityUsd - providersBroughtUsd),
  },
  { name: 'traded', of: ({ observed }) => dollars(observed.tradedUsd) },
  { name: 'commands', of: ({ commands }) => count(commands) },
  { name: 'state hash', of: (run) => run.stateHash.slice(0, 12) },
];

export function designsTable(scenario: Scenario, runs: readonly RunResult[]): Table {
  return {
    title: 'Designs side by side',
    note: `${count(runs[0]?.traders.accounts ?? 0)} traders, ${scenario.from} to ${scenario.to}. Everything is what the exchange's own events say.`,
    columns: ['', ...runs.map(({ design }) => design.name)],
    rows: LINES.map(({ name, of }) => [name, ...runs.map(of)]),
  };
}

/** What a design may not break, whatever the prices. The run has ended if an invariant of the core was broken. */
const RULES: readonly { readonly name: string; readonly holds: (run: RunResult) => boolean }[] = [
  {
    name: 'nobody is taken over before maintenance reaches equity',
    holds: ({ observed }) => observed.leastRatio >= 1,
  },
  { name: 'nobody is taken over who is sound at the index', holds: ({ observed }) => observed.soundAtIndex.size === 0 },
  { name: 'no trader is below zero at the end', holds: ({ traders }) => traders.below === 0 },
  { name: 'no deficit is left unpaid', holds: ({ observed }) => observed.negativeUsd === 0 },
  { name: 'no more profit is taken than 1.05 × what is needed', holds: takesWhatIsNeeded },
  { name: 'nobody was deleveraged', holds: ({ observed }) => observed.stages.deleverage.count === 0 },
  { name: 'the backstop fund has grown', holds: ({ published }) => published.fundAtoms > 0 },
];

export function rulesTable(runs: readonly RunResult[]): Table {
  return {
    title: 'What was hoped for',
    note: 'The invariants of the core held to the end in every run; these may or may not hold, and that is what designs are compared by.',
    columns: ['', ...runs.map(({ design }) => design.name)],
    rows: RULES.map(({ name, holds }) => [name, ...runs.map((run) => (holds(run) ? 'yes' : 'no'))]),
  };
}

/** Of who gave way and of local prints, where a run has them. */
export function eventTables(scenario: Scenario, runs: readonly RunResult[]): Table[] {
  const policies = policiesTable(runs);
  return [...printTables(scenario, runs), ...(policies === undefined ? [] : [policies])];
}

function pricePlots({ samples, markets }: RunResult): Plot[] {
  const timesMs = samples.map(({ timeMs }) => timeMs);
  return markets.map(({ symbol }, place) => {
    const of = (name: 'index' | 'mark' | 'book') => ({
      name,
      values: samples.map((sample) => sample.markets[place]?.[name] ?? 0),
    });
    return { title: symbol, unit: 'USD', kind: 'lines', timesMs, series: [of('index'), of('book'), of('mark')] };
  });
}

function depthPlot({ samples, markets }: RunResult): Plot {
  return {
    title: 'Depth within 5 % of the mark',
    unit: 'USD, both sides',
    kind: 'lines',
    leastIsZero: true,
    timesMs: samples.map(({ timeMs }) => timeMs),
    series: markets.map(({ symbol }, place) => ({
      name: symbol,
      values: samples.map((sample) => sample.markets[place]?.depthUsd ?? 0),
    })),
  };
}

function failingPlot(runs: readonly RunResult[]): Plot {
  return {
    title: 'Accounts below their maintenance margin',
    unit: 'accounts',
    kind: 'lines',
    leastIsZero: true,
    timesMs: runs[0]?.samples.map(({ timeMs }) => timeMs) ?? [],
    series: runs.map(({ design, samples }) => ({ name: design.name, values: samples.map(({ failing }) => failing) })),
  };
}

/** Minutes without a liquidation are there too, so that the axis is that of the other plots. */
function liquidationPlot({ design, samples, observed }: RunResult, most: number): Plot {
  const minutes = new Map(observed.minutes.map((minute) => [minute.timeMs, minute]));
  const timesMs = samples.map(({ timeMs }) => timeMs);
  const of = (name: string, stage: 'book' | 'backstop' | 'deleverage') => ({
    name,
    values: timesMs.map((timeMs) => minutes.get(timeMs)?.[stage] ?? 0),
  });
  const series = [of('book', 'book'), of('backstop', 'backstop'), of('auto-deleveraging', 'deleverage')];
  return { title: design.name, unit: 'USD liquidated a minute', kind: 'stacked', timesMs, series, most };
}

/** Of scenarios in which somebody is out for something. */
function boundsSection(runs: readonly RunResult[]): Section[] {
  const tables = boundsTables(runs);
  return tables.length === 0 ? [] : [{ title: 'What bounded the loss', tables }];
}

export function scenarioPage(scenario: Scenario, runs: readonly RunResult[], seed: number): string {
  const [first] = runs;
  const most = Math.max(
    0,
    ...runs.flatMap(({ observed }) =>
      observed.minutes.map(({ book, backstop, deleverage }) => book + backstop + deleverage),
    ),
  );
  const events = eventTables(scenario, runs);
  const sections: Section[] = [
    { title: 'What each design makes of it', tables: [designsTable(scenario, runs), rulesTable(runs)] },
    ...boundsSection(runs),
    ...(events.length === 0 ? [] : [{ title: 'Prints and profits', tables: events }]),
    {
      title: 'Liquidations by stage',
      figures: runs.map((run) => plotSvg(liquidationPlot(run, most))),
    },
    {
      title: 'Prices, margin and depth',
      text: first === undefined ? '' : `Prices and depth of the first design, “${first.design.name}”.`,
      figures: [...(first === undefined ? [] : [...pricePlots(first), depthPlot(first)]), failingPlot(runs)].map(
        plotSvg,
      ),
    },
    {
      title: 'How to have it again',
      text: `glasshouse lab ${scenario.name} --seed ${seed}: the same seed gives the same page, byte for byte, and the state hashes in the table.`,
    },
  ];
  const page: Page = { title: scenario.title, lead: scenario.about, sections };
  return pageHtml(page);
}
