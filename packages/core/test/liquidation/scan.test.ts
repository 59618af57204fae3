// The scan by radii beside the scan of everybody, over crowds whose money, positions, prices and terms change in any order.
// SCAN_STEPS sets how long each runs (default 300).
import { Random, RISK_GENESIS } from '@glasshouse/testkit';
import type { Price } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { isLeftAlone, isSound, measure } from '../../src/liquidation/measure.js';
import { naiveScan } from '../../src/liquidation/scan/naive-scan.js';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import type { Asset } from '../../src/state/assets.js';
import { changeTerms } from '../../src/state/listed.js';
import type { State } from '../../src/state/state.js';
import { changeMoney, SYMBOLS } from './changes.js';
import { Crowd, FLOATING_DOLLAR } from './crowd.js';

const STEPS = Number(process.env['SCAN_STEPS'] ?? 300);
const ACCOUNTS = 60;
const USD = 10_000;

/** Calm, lively, or a crash of one price after another. */
const moves: readonly ((crowd: Crowd) => void)[] = [
  (crowd) => crowd.scalePrices(() => 1 + crowd.random.between(-5, 5) / 10_000),
  (crowd) => crowd.scalePrices(() => 1 + crowd.random.between(-5, 5) / 10_000),
  (crowd) => crowd.scalePrices(() => 1 + crowd.random.between(-100, 100) / 10_000),
  (crowd) => {
    const factor = 1 + crowd.random.between(-2000, 2000) / 10_000;
    const market = crowd.random.pick(crowd.perps);
    crowd.setMark(market, market.prices.markPrice * factor);
  },
  (crowd) => {
    const symbol = crowd.random.pick(SYMBOLS);
    const price = crowd.state.assetPrices[crowd.assetId(symbol) - 1]?.indexPrice ?? 1;
    crowd.setIndex(symbol, price * (1 + crowd.random.between(-2000, 2000) / 10_000));
  },
];

/** What no radius can measure. */
function changeWorld(crowd: Crowd): void {
  const { random, state } = crowd;
  const market = random.pick(crowd.perps);
  const asset = random.pick(state.assets.list) as Asset;
  const change = random.pick([
    () => {
      market.prices.markPrice = 0 as Price;
    },
    () => crowd.setMark(market, crowd.fair(market)),
    () => {
      market.prices.indexLive = !market.prices.indexLive;
    },
    () => crowd.setTrigger(state.risk.liquidation.trigger === 'mark' ? 'markAndIndex' : 'mark'),
    () => {
      if (market.perp !== undefined)
        market.perp = { ...market.perp, mmf: { base: random.below(100) / 1000, factor: 0.00002 } };
    },
    () => {
      if (asset.collateral !== undefined && asset.assetId !== state.settlementAssetId)
        changeTerms(state, { ...asset, collateral: { weight: random.between(50, 100) / 100 } });
    },
    () => changeTerms(state, { ...asset, index: state.assets.list[1]?.index }),
    () => {
      if (asset.lending !== undefined)
        changeTerms(state, {
          ...asset,
          lending: { ...asset.lending, mmf: { base: random.below(100) / 500, factor: 0 } },
        });
    },
  ]);
  change();
}

function isShelteredNow(state: State, accountId: number): boolean {
  const at = measure(state, accountId);
  return !isSound(at) && isLeftAlone(state, at);
}

/** By one level, by all at once, and back. */
const TURNS = ['0 to 1', '1 to 2', '2 to 3', '0 to 3', '1 to 0', '2 to 1', '3 to 0'];

const turns = new Set<string>();
let sheltered = 0;

describe.each([
  ['a dollar by definition', 'mark', RISK_GENESIS],
  ['a dollar by definition', 'markAndIndex', RISK_GENESIS],
  ['priced by venues', 'mark', FLOATING_DOLLAR],
  ['priced by venues', 'markAndIndex', FLOATING_DOLLAR],
] as const)('USDC %s, trigger %s', (_, trigger, genesis) => {
  it.each([1, 2, 3, 4])('finds whom a scan of everybody finds, in the same order: crowd %d', (seed) => {
    const random = new Random(seed);
    const crowd = new Crowd(random, genesis, trigger);
    for (let count = 0; count < ACCOUNTS; count += 1) crowd.join(USD);
    const seen = new Set<number>();
    for (let step = 0; step < STEPS; step += 1) {
      if (random.chance(90)) random.pick(moves)(crowd);
      if (random.chance(60)) changeMoney(crowd, random.between(2, crowd.state.accounts.count), USD);
      if (random.chance(2)) changeWorld(crowd);
      if (random.chance(5)) crowd.join(USD);
      if (random.chance(20)) continue;
      const expected = naiveScan(crowd.state);
      const { due, changes } = scanMargins(crowd.state);
      expect({ step, due, changes }).toEqual({ step, ...expected });
      for (const accountId of due) seen.add(accountId);
      for (let id = 1; id <= crowd.state.accounts.count; id += 1) if (isShelteredNow(crowd.state, id)) sheltered += 1;
      for (const { before, level } of changes) turns.add(`${before} to ${level}`);
    }
    expect(seen.size).toBeGreaterThan(ACCOUNTS / 10);
    expect(seen.size).toBeLessThan(crowd.state.accounts.count);
  });
});

it('in these crowds many are sheltered by their index', () => {
  expect(sheltered).toBeGreaterThan(STEPS);
});

it('in these crowds every kind of warning comes and goes', () => {
  for (const turn of TURNS) expect(turns).toContain(turn);
});
