// 10 October 2025, played small: who was liquidated on a print that no other venue had, and what policies take of winners. Needs recordings.
import { beforeAll, describe, expect, test } from 'vitest';
import { CandleTables } from '../../src/prices/recorded-candles.js';
import { eventTables } from '../../src/report/scenario-report.js';
import { type RunResult, runScenario } from '../../src/run/run.js';
import type { Scenario, SourcePlan } from '../../src/scenario/scenario.js';
import { RECORDINGS, recordingsPresent } from '../recordings.js';
import { smaller } from './smaller.js';

const ACCOUNTS = 150;
/** 21:14 to 21:25 UTC: the fall, and the worst of AVAX. */
const [FROM, MINUTES] = [34, 11];
const STEP_MS = 2_000;
/** As many as there is time for. */
const BASES = ['BTC', 'AVAX', 'POL'];
const AVAX = 'AVAX_USDC_PERP';

const isPlayed = ([asset]: readonly [string, unknown]): boolean => asset === 'USDC' || BASES.includes(asset);

/** What is not listed is not told of either: a report that names it would be refused. */
function playedOf(source: SourcePlan): SourcePlan {
  if (source.kind !== 'recorded') return source;
  return { ...source, symbols: Object.fromEntries(Object.entries(source.symbols).filter(isPlayed)) };
}

function playedSmall(): Scenario {
  const whole = smaller('october-2025', ACCOUNTS, MINUTES, FROM);
  const holdings = Object.fromEntries(Object.entries(whole.population.holdings).filter(isPlayed));
  return {
    ...whole,
    stepMs: STEP_MS,
    sources: whole.sources.map(playedOf),
    markets: whole.markets.filter(({ base }) => BASES.includes(base)),
    designs: whole.designs.filter(({ name }) => !name.includes('pro-rata')),
    population: { ...whole.population, holdings },
  };
}

const october = playedSmall();
const runs = new Map<string, RunResult>();

function run(name: string): RunResult {
  const found = runs.get(name);
  if (found === undefined) throw new Error(`October was not played under '${name}'`);
  return found;
}

function avax({ markets, observed }: RunResult) {
  const figures = observed.markets.get(markets.find(({ symbol }) => symbol === AVAX)?.marketId ?? 0);
  if (figures === undefined) throw new Error('nothing was heard of AVAX');
  return figures;
}

/** The folder that has them is named in recordings.ts. */
describe.runIf(recordingsPresent)('10 October 2025', () => {
  beforeAll(() => {
    const tables = new CandleTables();
    for (const design of october.designs) {
      runs.set(design.name, runScenario(october, design, { folder: RECORDINGS, seed: 1, tables }));
    }
  }, 300_000);

  test('our book of AVAX prints far below the index, and the mark does not follow it', () => {
    const { samples, markets } = run('as designed');
    const place = markets.findIndex(({ symbol }) => symbol === AVAX);
    const lowestBook = Math.min(...samples.map((sample) => sample.markets[place]?.book ?? Number.POSITIVE_INFINITY));
    const { lowestMark, lowestIndex } = avax(run('as designed'));
    expect(lowestBook).toBeLessThan(0.6 * lowestIndex);
    expect(lowestMark).toBeGreaterThan(0.95 * lowestIndex);
  });

  test('nobody who is sound at the index is liquidated where the index must fail too', () => {
    for (const name of ['as designed', 'mark follows our own book']) {
      expect(run(name).observed.soundAtIndex.size).toBe(0);
      expect(run(name).observed.liquidated.size).toBeGreaterThan(0);
    }
    expect(run('by the mark alone').observed.soundAtIndex.size).toBeGreaterThan(0);
  });

  test('a mark that follows our own book liquidates holders of AVAX that no other design does, if it alone counts', () => {
    const onTheBook = avax(run('mark follows our own book, and alone counts')).liquidated.size;
    expect(onTheBook).toBeGreaterThan(avax(run('as designed')).liquidated.size);
    expect(onTheBook).toBeGreaterThan(avax(run('mark follows our own book')).liquidated.size);
  });

  test('the venue is solvent in the end: all deficits are paid, nobody is below zero, the fund has grown', () => {
    for (const name of ['as designed', 'by the mark alone']) {
      const { observed, traders, published } = run(name);
      expect([observed.negativeUsd, traders.below, observed.deleveraging.takenUsd]).toEqual([0, 0, 0]);
      expect(published.fundAtoms).toBeGreaterThan(0);
    }
  });

  test('as venues did, every policy takes what is needed of winners; minimal spreads it as thinly as it goes', () => {
    const policies = ['queue', 'minimal'];
    const losses = policies.map((policy) => run(`as venues did, ${policy}`).observed.deleveraging);
    for (const { neededUsd, takenUsd } of losses) {
      expect(neededUsd).toBeGreaterThan(0);
      expect(takenUsd).toBeGreaterThan(0);
      expect(takenUsd).toBeLessThanOrEqual(1.05 * neededUsd);
    }
    const shares = losses.map(({ largestShare }) => largestShare);
    expect(shares.at(-1)).toBe(Math.min(...shares));
    expect(shares.at(-1)).toBeLessThan(shares[0] as number);
  });

  test('the report has a table of the policies and one of AVAX', () => {
    const [prints, policies] = eventTables(october, [...runs.values()]);
    expect(prints?.title).toContain('AVAX');
    expect(prints?.rows).toHaveLength(october.designs.length);
    const names = policies?.rows.map(([name]) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['as venues did, queue', 'as venues did, minimal']));
    expect(names, 'where nobody had to pay there is nothing to compare').not.toContain('as designed');
  });
});
