// The published table in words: what was recorded, then every policy over all waves, then wave by wave.
import { pageHtml } from '../report/page.js';
import { count, decimal, dollars, percent } from '../text/numbers.js';
import type { Table } from '../text/table.js';
import type { PolicyTable, PolicyTotal } from './policy-table.js';

type Column = keyof PolicyTable['totals'];

const NAMES: Readonly<Record<Column, string>> = {
  production: 'as it happened (queue)',
  integerOptimum: 'integer optimum of the paper',
  queue: 'queue',
  proRataByProfit: 'pro-rata by profit',
  proRataByEquity: 'pro-rata by equity',
  minimal: 'minimal',
};
const COLUMNS = Object.keys(NAMES) as Column[];

export function recordedTable({ event, neededUsd }: PolicyTable): Table {
  return {
    title: 'Auto-deleveraging of 10 October 2025, as recorded',
    columns: ['fact', 'figure'],
    rows: [
      ['closed', dollars(event.notionalUsd, 2)],
      ['events', count(event.events)],
      ['accounts', count(event.users.length)],
      ['first after the first liquidation', `${decimal(event.firstAfterSeconds, 1)} s`],
      ['waves', count(event.waves.length)],
      ['needed', dollars(neededUsd)],
    ],
  };
}

function totalRow(name: string, { takenUsd, absoluteErrorUsd, largestShare, accounts }: PolicyTotal): string[] {
  const share = percent(largestShare);
  return [name, dollars(takenUsd), dollars(absoluteErrorUsd), share, accounts === undefined ? '–' : count(accounts)];
}

export function totalsTable({ totals }: PolicyTable): Table {
  return {
    title: 'Policies over all waves',
    note: 'The first two rows as published; the others in whole lots, from winners drawn from those who were deleveraged.',
    columns: ['policy', 'taken', 'sum of absolute errors', 'largest share of profit lost', 'accounts that paid'],
    rows: COLUMNS.map((column) => totalRow(NAMES[column], totals[column])),
  };
}

export function wavesTable({ waves }: PolicyTable): Table {
  const ours = COLUMNS.slice(2) as Exclude<Column, 'production' | 'integerOptimum'>[];
  return {
    title: 'Taken wave by wave, and the largest share of its profit that anyone lost',
    columns: ['wave', 'needed', ...COLUMNS.map((column) => NAMES[column])],
    rows: waves.map(({ wave, byPolicy }) => {
      const taken = [wave.production, wave.integerOptimum, ...ours.map((policy) => byPolicy[policy])];
      const cells = taken.map(({ takenUsd, largestShare }) => `${dollars(takenUsd)}  ${percent(largestShare)}`);
      return [String(wave.wave), dollars(wave.neededUsd), ...cells];
    }),
  };
}

export function wavesPage(table: PolicyTable, seed: number): string {
  return pageHtml({
    title: 'Auto-deleveraging of 10 October 2025',
    lead: 'In sixteen waves the largest perpetual venue took the profit of 19,337 accounts to close positions that nobody else would. What it took, what had to be taken, and what four policies take of the same need.',
    sections: [
      { title: 'The event', tables: [recordedTable(table)] },
      {
        title: 'Who pays',
        text: 'A position that is closed at the price that pays the deficit takes what is needed and no more, whoever is chosen. Policies differ in who pays.',
        tables: [totalsTable(table), wavesTable(table)],
      },
      {
        title: 'How to have it again',
        text: `glasshouse lab waves --seed ${seed}: the seed decides which winners are drawn.`,
      },
    ],
  });
}
