// What those with a plan of their own could do, and what bounded what it cost the venue.
import type { RunResult } from '../run/run.js';
import type { WhaleResult } from '../run/whales.js';
import { dollars, percent } from '../text/numbers.js';
import type { Table } from '../text/table.js';

const PERCENT_PLACES = 2;

function planText({ trader }: WhaleResult): string {
  const side = trader.notionalUsd > 0 ? 'long' : 'short';
  return `${side} ${trader.base} with ${dollars(trader.equityUsd)} of ${trader.holding}`;
}

/** Undefined when nobody has one. */
function plansTable(runs: readonly RunResult[]): Table | undefined {
  const rows = runs.flatMap(({ design, whales }) =>
    whales.map((whale) => [
      design.name,
      planText(whale),
      dollars(Math.abs(whale.trader.notionalUsd)),
      dollars(whale.openedUsd),
      dollars(whale.takenOutUsd),
      dollars(whale.gainUsd),
    ]),
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'Those with a plan of their own',
    note: 'Each asks for the size that it wants, and for a fifth less as often as it is refused.',
    columns: ['', 'plan', 'wanted', 'opened', 'taken out', 'gain'],
    rows,
  };
}

/** Undefined when everybody got what he wanted. */
function refusalsTable(runs: readonly RunResult[]): Table | undefined {
  const rows = runs.flatMap(({ design, whales }) =>
    whales.flatMap((whale) =>
      whale.refusals.map(({ reason, details }) => {
        const numbers = Object.entries(details).map(([name, value]) => `${name} ${value}`);
        return [design.name, planText(whale), reason, numbers.join(', ')];
      }),
    ),
  );
  if (rows.length === 0) return undefined;
  return {
    title: 'Why it was no more',
    note: 'Every rule that refused something, with the numbers that decided the first time.',
    columns: ['', 'plan', 'refused by', 'numbers'],
    rows,
  };
}

function mostOpenInterestUsd({ samples }: RunResult): number {
  return Math.max(
    0,
    ...samples.map(({ markets }) => markets.reduce((sum, { openInterestUsd }) => sum + openInterestUsd, 0)),
  );
}

/** The largest move between two full minutes. */
function fastest({ samples }: RunResult, price: 'mark' | 'index'): number {
  const moves = samples.slice(1).flatMap(({ markets }, place) =>
    markets.map((market, at) => {
      const before = samples[place]?.markets[at]?.[price] ?? 0;
      return before === 0 ? 0 : Math.abs(market[price] / before - 1);
    }),
  );
  return Math.max(0, ...moves.filter(Number.isFinite));
}

/** What the fund paid, what is on record, and what would be if the run's end were the end of it. */
export function venueLossUsd({ observed, traders }: RunResult): number {
  return observed.deficitsCoveredUsd + observed.negativeUsd + traders.belowUsd;
}

const LINES: readonly { readonly name: string; readonly of: (run: RunResult) => string }[] = [
  { name: 'most open interest', of: (run) => dollars(mostOpenInterestUsd(run)) },
  { name: 'largest move of the index in a minute', of: (run) => percent(fastest(run, 'index'), PERCENT_PLACES) },
  { name: 'largest move of the mark in a minute', of: (run) => percent(fastest(run, 'mark'), PERCENT_PLACES) },
  { name: 'fell to providers', of: ({ observed }) => dollars(observed.stages.backstop.usd) },
  { name: 'most that providers had to lose', of: ({ providersBroughtUsd }) => dollars(providersBroughtUsd) },
  {
    name: 'lost by providers',
    of: ({ providers, providersBroughtUsd }) => dollars(Math.max(0, providersBroughtUsd - providers.equityUsd)),
  },
  { name: 'paid by the backstop fund', of: ({ observed }) => dollars(observed.deficitsCoveredUsd) },
  { name: 'taken of winners’ profit', of: ({ observed }) => dollars(observed.deleveraging.takenUsd) },
  { name: 'left on record, unpaid', of: ({ observed }) => dollars(observed.negativeUsd) },
  { name: 'below zero and not wound up at the end', of: ({ traders }) => dollars(traders.belowUsd) },
  {
    name: 'lost by the venue',
    of: (run) => dollars(venueLossUsd(run)),
  },
];

function costTable(runs: readonly RunResult[]): Table {
  return {
    title: 'What it cost, and whom',
    note: 'The fund is the venue’s own money; what is on record, and who is below zero at the end, are holes in its books: together they are what it lost.',
    columns: ['', ...runs.map(({ design }) => design.name)],
    rows: LINES.map(({ name, of }) => [name, ...runs.map(of)]),
  };
}

/** Nothing of a scenario in which everybody is like everybody else. */
export function boundsTables(runs: readonly RunResult[]): readonly Table[] {
  const plans = plansTable(runs);
  const refusals = refusalsTable(runs);
  if (plans === undefined) return [];
  return refusals === undefined ? [plans, costTable(runs)] : [plans, refusals, costTable(runs)];
}
