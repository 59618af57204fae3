import { describe, expect, test } from 'vitest';
import { CandleTables } from '../../src/prices/recorded-candles.js';
import { venueLossUsd } from '../../src/report/bounds.js';
import { scenarioPage } from '../../src/report/scenario-report.js';
import { type RunResult, runScenario } from '../../src/run/run.js';
import { readScenario, scenarioNames } from '../../src/scenario/catalogue.js';
import type { Design, Scenario } from '../../src/scenario/scenario.js';
import { RECORDINGS, recordingsPresent } from '../recordings.js';
import { smaller } from './smaller.js';

const crash = smaller('synthetic-crash', 120, 14, 26);
const tables = new CandleTables();
const play = (scenario: Scenario, design: Design = scenario.designs[0] as Design, seed = 1): RunResult =>
  runScenario(scenario, design, { folder: recordingsPresent ? RECORDINGS : undefined, seed, tables });

describe('a run', () => {
  const first = play(crash);

  test('the same seed gives the same state and the same page, byte for byte', () => {
    const again = play(crash);
    expect(again.stateHash).toBe(first.stateHash);
    expect(scenarioPage(crash, [again], 1)).toBe(scenarioPage(crash, [first], 1));
  });

  test('another seed gives another', () => {
    expect(play(crash, crash.designs[0], 2).stateHash).not.toBe(first.stateHash);
  });

  test('opens what the scenario asks for', () => {
    const openInterest = first.samples[0]?.markets.reduce((sum, market) => sum + market.openInterestUsd, 0) ?? 0;
    expect(first.traders.accounts).toBe(120);
    expect(first.observed.rejects).toEqual(new Map());
    // Positions that the margin does not allow at their size are cut; their other side is as large as the longs.
    expect(openInterest).toBeGreaterThan(crash.population.openInterestUsd * 0.5);
    expect(openInterest).toBeLessThan(crash.population.openInterestUsd * 1.1);
  });

  test('liquidates, and never anyone whose maintenance margin is met', () => {
    expect(first.observed.liquidated.size).toBeGreaterThan(5);
    expect(first.observed.leastRatio).toBeGreaterThanOrEqual(1);
    expect(first.observed.stages.book.usd).toBeGreaterThan(0);
  });

  test('says of liquidations what the exchange publishes', () => {
    const { observed, published } = first;
    const { started, takenUsd, ...rest } = published.sinceGenesis;
    expect(observed.started).toBe(started);
    expect(observed.deleveraging.takenUsd).toBeCloseTo(takenUsd, 3);
    for (const stage of ['book', 'backstop', 'deleverage'] as const) {
      expect(observed.stages[stage].count).toBe(rest[stage].count);
      expect(observed.stages[stage].usd).toBeCloseTo(rest[stage].usd, 2);
    }
  });

  test('depth goes as the price falls, and comes back', () => {
    const depth = first.samples.map(({ markets }) => markets[0]?.depthUsd ?? 0);
    expect(Math.min(...depth)).toBeLessThan((depth[0] as number) * 0.4);
  });
});

test('the invariants of the whole state hold after every step', () => {
  const scenario = smaller('synthetic-crash', 30, 6, 31);
  const run = runScenario(scenario, scenario.designs[0] as Design, { folder: undefined, seed: 3, checked: true });
  expect(run.commands).toBeGreaterThan(1000);
});

describe('the scenarios that ship', () => {
  test('are the ones that are told of', () => {
    expect(scenarioNames()).toEqual([
      'collateral-pump',
      'covid',
      'ftx',
      'luna',
      'october-2025',
      'squeeze',
      'synthetic-crash',
      'tariff-crash',
      'tariff-crash-leveraged',
      'usdc-depeg',
      'yen-carry',
    ]);
  });

  test('an unknown one is refused with the names of those that are known', () => {
    expect(() => readScenario('nonsense')).toThrow(/synthetic-crash/);
  });

  test('recorded prices are asked for when there is no folder of them', () => {
    const scenario = smaller('tariff-crash', 10, 1);
    expect(() => runScenario(scenario, scenario.designs[0] as Design, { folder: undefined, seed: 1 })).toThrow(
      '--data',
    );
  });

  test.each(['squeeze', 'collateral-pump'])('%s opens under every design', (name) => {
    const scenario = smaller(name, 40, 2);
    for (const design of scenario.designs) expect(play(scenario, design).samples).toHaveLength(3);
  });

  describe.runIf(recordingsPresent)('with the recordings', () => {
    test.each(['covid', 'ftx', 'luna', 'october-2025', 'tariff-crash', 'usdc-depeg', 'yen-carry'])(
      '%s opens under every design, with prices for all its markets',
      (name) => {
        const scenario = smaller(name, 40, 2);
        for (const design of scenario.designs) {
          const { samples } = play(scenario, design);
          for (const { index, mark } of samples.at(-1)?.markets ?? []) {
            expect(index).toBeGreaterThan(0);
            expect(Math.abs(mark / index - 1)).toBeLessThan(0.05);
          }
        }
      },
    );

    test('the fall of ETH on 6 April 2025 is liquidated on the book, and nobody gives anything for it', () => {
      const scenario = smaller('tariff-crash', 1000, 15, 30);
      const { observed, traders } = play(scenario);
      expect(observed.started).toBeGreaterThan(100);
      expect(observed.stages.book.usd / observed.liquidatedUsd).toBeGreaterThanOrEqual(0.9982);
      expect(observed.deleveraging.accounts.size).toBe(0);
      expect(observed.deficitsUsd).toBe(0);
      expect(observed.fundFeesUsd).toBeGreaterThan(0);
      expect(traders.below).toBe(0);
    });
  });
});

const refusedBy = (run: RunResult | undefined): readonly string[] =>
  run?.whales.flatMap(({ refusals }) => refusals.map(({ reason }) => reason)) ?? [];

test('limits and margin by size say how much of a squeeze can be opened, and nobody is left below zero by it', () => {
  const scenario = { ...smaller('squeeze', 60, 75), stepMs: 3000 };
  const [bounded, open] = scenario.designs.map((design) => play(scenario, design));
  expect(refusedBy(bounded)).toContain('positionLimit');
  expect(refusedBy(bounded)).toContain('insufficientMargin');
  expect(refusedBy(open)).toEqual([]);
  for (const run of [bounded, open]) {
    expect(run?.observed.stages.deleverage.usd).toBeGreaterThan(0);
    expect(run?.observed.negativeUsd).toBe(0);
    expect(run?.traders.below).toBe(0);
  }
  const openedBy = (run: RunResult | undefined): number => run?.whales[0]?.openedUsd ?? Number.NaN;
  expect(openedBy(bounded)).toBeLessThan(openedBy(open) / 2);
});

test('margin that grows with size, weights and limits bound what a pump of a collateral token brings', () => {
  const scenario = { ...smaller('collateral-pump', 60, 62, 13), stepMs: 6000 };
  const [bounded, open] = scenario.designs.map((design) => play(scenario, design)) as [RunResult, RunResult];
  const gainOf = ({ whales }: RunResult): number => whales.reduce((sum, { gainUsd }) => sum + gainUsd, 0);
  const openedBy = ({ whales }: RunResult): number => whales.reduce((sum, whale) => sum + whale.openedUsd, 0);
  expect(openedBy(bounded)).toBeLessThan(openedBy(open) / 5);
  expect(gainOf(bounded)).toBeLessThan(gainOf(open) * 0.6);
  for (const run of [bounded, open]) expect(venueLossUsd(run)).toBeLessThan(1);
});
