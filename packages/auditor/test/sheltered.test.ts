// Who must fail at the index too before it is liquidated: the auditor holds the exchange to the trigger that was told, in both directions.
import type { Event, LiquidationTrigger } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { Audit, type AuditRule } from '../src/index.js';
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

/** The same, with another trigger told of than the one that was followed. */
function toldAs(steps: readonly Step[], trigger: LiquidationTrigger): readonly Step[] {
  const told = (event: Event): Event => {
    if (event.kind !== 'settingsChanged') return event;
    const { risk } = event;
    return { ...event, risk: { ...risk, liquidation: { ...risk.liquidation, trigger } } };
  };
  return steps.map((step) => ({ ...step, events: step.events.map(told) }));
}

function rulesBroken(steps: readonly Step[]): AuditRule[] {
  const audit = new Audit();
  for (const step of steps) audit.step(step, step.events);
  return audit.report().findings.map(({ rule }) => rule);
}

describe.each(['mark', 'markAndIndex'] as const)('histories under the trigger %s', (trigger) => {
  const histories = SEEDS.map((seed) => history(seed, trigger));

  test('break no rule', () => {
    expect(histories.flatMap(rulesBroken)).toEqual([]);
  });

  test('break rules by the other: somebody is liquidated early, or spared', () => {
    const other = trigger === 'mark' ? 'markAndIndex' : 'mark';
    const broken = new Set(histories.flatMap((steps) => rulesBroken(toldAs(steps, other))));
    expect(broken).toContain(trigger === 'mark' ? 'liquidatedOnlyBelow' : 'nobodyExempt');
  });
});
