import { DELEVERAGE_POLICIES } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { tableText } from '../../src/text/table.js';
import { policyTable } from '../../src/waves/policy-table.js';
import { readRecordedEvent } from '../../src/waves/recorded-event.js';
import { recordedTable, totalsTable, wavesTable } from '../../src/waves/report.js';
import { facts, RECORDINGS, recordingsPresent } from '../recordings.js';

const FOLDER = 'liquidations';

describe.runIf(recordingsPresent)('the waves of 10 October 2025', () => {
  const event = readRecordedEvent(RECORDINGS);

  test('what was recorded is read to the cent', () => {
    const users = facts()[`${FOLDER}/hyperliquid_2025-10-10_adl_by_user.csv.gz`];
    expect(event.notionalUsd).toBe(2_103_111_430.86);
    expect(event.notionalUsd).toBe(users?.['sum_adl_notional']);
    expect(event.events).toBe(users?.['sum_events']);
    expect(event.users).toHaveLength(users?.['users'] ?? 0);
    expect(event.firstAfterSeconds).toBeCloseTo(61.7, 1);
    expect(event.waves).toHaveLength(16);
    for (const { markets, neededUsd } of event.waves) {
      expect(markets.reduce((sum, market) => sum + market.neededUsd, 0)).toBeCloseTo(neededUsd, 4);
    }
  });

  test('the published columns come to the published sums', () => {
    const published = facts()[`${FOLDER}/oct2025_adl_policy_per_wave.csv`] ?? {};
    const { neededUsd, totals } = policyTable(event, 1);
    expect(neededUsd).toBeCloseTo(published['sum_budget_needed'] ?? 0, 1);
    expect(totals.production.takenUsd).toBeCloseTo(published['sum_budget_prod'] ?? 0, 1);
    expect(totals.production.absoluteErrorUsd).toBeCloseTo(published['sum_abs_error_budget_prod'] ?? 0, 1);
    expect(totals.integerOptimum.absoluteErrorUsd).toBeCloseTo(
      published['sum_abs_error_budget_fixed_point_ilp_integer'] ?? 0,
      1,
    );
    expect(totals.integerOptimum.largestShare).toBeCloseTo(published['max_pct_fixed_point_ilp_integer'] ?? 0, 3);
  });

  test.each([1, 2, 3])(
    'seed %d: minimal errs less than the best policy of the paper, and nobody loses as large a share',
    (seed) => {
      const { waves, totals, neededUsd } = policyTable(event, seed);
      expect(totals.minimal.absoluteErrorUsd).toBeLessThanOrEqual(106_206);
      expect(totals.minimal.largestShare).toBeLessThanOrEqual(0.374);
      for (const policy of DELEVERAGE_POLICIES) {
        expect(totals.minimal.largestShare).toBeLessThanOrEqual(totals[policy].largestShare);
        // Each market's need is rounded to whole atoms.
        expect(totals[policy].takenUsd).toBeLessThanOrEqual(neededUsd + 0.001);
        for (const { byPolicy, neededLots } of waves) expect(byPolicy[policy].closedLots).toBe(neededLots);
      }
    },
  );

  test('the same seed draws the same winners, another seed others', () => {
    const text = (seed: number) => {
      const table = policyTable(event, seed);
      return [recordedTable(table), totalsTable(table), wavesTable(table)].map(tableText).join('\n');
    };
    const first = text(1);
    expect(text(1)).toBe(first);
    expect(text(2)).not.toBe(first);
  });
});
