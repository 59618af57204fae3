// An empty book, and somebody who fails by little: the provider is asked when the book has been for as long as the venue tells.
import type { Event } from '@glasshouse/protocol';
import { expect, test } from 'vitest';
import { Audit, type AuditRule } from '../src/index.js';
import { RiskVenue, type Step } from './risk-venue.js';

/** Between the price at which the gambler fails and that at which it is below its auto-close fraction. */
const FALL = 0.9855;

function history(): readonly Step[] {
  const venue = new RiskVenue(1, 0);
  venue.enrolProvider('provider', '200000', '5:5');
  venue.rest(2);
  venue.prices['BTC'] = (venue.prices['BTC'] ?? 0) * FALL;
  venue.rest(20);
  return venue.takeSteps();
}

/** The same, with other patience told of than was had. */
function toldAs(steps: readonly Step[], bookPatience: number): readonly Step[] {
  const told = (event: Event): Event => {
    if (event.kind !== 'settingsChanged') return event;
    const { risk } = event;
    return { ...event, risk: { ...risk, liquidation: { ...risk.liquidation, bookPatience } } };
  };
  return steps.map((step) => ({ ...step, events: step.events.map(told) }));
}

function rulesBroken(steps: readonly Step[]): readonly AuditRule[] {
  const audit = new Audit();
  for (const step of steps) audit.step(step, step.events);
  return audit.report().findings.map(({ rule }) => rule);
}

test('providers that are asked before the book has been for long enough are found out', () => {
  const steps = history();
  const assigned = steps.flatMap(({ events }) => events.filter(({ kind }) => kind === 'backstopAssigned'));
  expect(assigned.length).toBeGreaterThan(0);
  expect(rulesBroken(steps)).toEqual([]);
  expect(rulesBroken(toldAs(steps, 5))).toEqual([]);
  expect(new Set(rulesBroken(toldAs(steps, 6)))).toEqual(new Set(['bookFirst']));
});
