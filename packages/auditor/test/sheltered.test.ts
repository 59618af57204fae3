// Who must fail at the index too before it is liquidated: the auditor holds the exchange to the trigger that was told, in both directions.
import type { LiquidationTrigger } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { rulesBroken, toldUnder } from './lies.js';
import { RiskVenue, type Step } from './risk-venue.js';

const SEEDS = [10, 25, 28, 38, 75];
const ACTIONS = 320;

function history(seed: number, trigger: LiquidationTrigger): readonly Step[] {
  const venue = new RiskVenue(seed, 10);
  venue.setTrigger(trigger);
  venue.enrolProvider('provider', '20000', '0.05:0.1');
  for (let action = 0; action < ACTIONS; action += 1) {
    venue.act();
    if (action % 80 === 79) venue.passHour();
  }
  return venue.takeSteps();
}

describe.each(['mark', 'markAndIndex'] as const)('histories under the trigger %s', (trigger) => {
  const histories = SEEDS.map((seed) => history(seed, trigger));

  test('break no rule', () => {
    expect(histories.flatMap(rulesBroken)).toEqual([]);
  });

  test('break rules by the other: somebody is liquidated early, or spared', () => {
    const other = trigger === 'mark' ? 'markAndIndex' : 'mark';
    const broken = new Set(histories.flatMap((steps) => rulesBroken(toldUnder(steps, { trigger: other }))));
    expect(broken).toContain(trigger === 'mark' ? 'liquidatedOnlyBelow' : 'nobodyExempt');
  });
});
