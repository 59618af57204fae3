// An empty book, and somebody who fails by little: the provider is asked when the book has been for as long as the venue tells.
import { expect, test } from 'vitest';
import { rulesBroken, toldUnder } from './lies.js';
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

test('providers that are asked before the book has been for long enough are found out', () => {
  const steps = history();
  const assigned = steps.flatMap(({ events }) => events.filter(({ kind }) => kind === 'backstopAssigned'));
  expect(assigned.length).toBeGreaterThan(0);
  expect(rulesBroken(steps)).toEqual([]);
  expect(rulesBroken(toldUnder(steps, { bookPatience: 5 }))).toEqual([]);
  expect(new Set(rulesBroken(toldUnder(steps, { bookPatience: 6 })))).toEqual(new Set(['bookFirst']));
});
