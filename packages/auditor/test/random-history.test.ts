// AUDIT_REQUESTS requests of a random venue (default 3,000): what the core says of itself adds up, and a changed event does not.
import { apply, createState } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { RandomHistory } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { Audit } from '../src/index.js';

const REQUESTS = Number(process.env['AUDIT_REQUESTS'] ?? 3_000);

type Step = { readonly seq: number; readonly timeUs: number; readonly events: readonly Event[] };

function historyOf(seed: number, requests: number): Step[] {
  const state = createState();
  const history = new RandomHistory(seed);
  return Array.from({ length: requests }, () => {
    const { timeUs, request } = history.next();
    const events: Event[] = [];
    const seq = state.nextSeq as Seq;
    apply(state, { seq, timeUs, request }, (event) => events.push(event));
    for (const event of events) history.observe(event);
    return { seq, timeUs, events };
  });
}

function audited(steps: readonly Step[]) {
  const audit = new Audit();
  for (const step of steps) audit.step(step, step.events);
  return audit.report();
}

describe('a random history', () => {
  test('adds up', () => {
    const steps = historyOf(1, REQUESTS);
    const report = audited(steps);
    expect(report.findings).toEqual([]);
    expect(report.steps).toBe(REQUESTS);
    expect(steps.filter(({ events }) => events.some(({ kind }) => kind === 'orderFilled')).length).toBeGreaterThan(50);
  });
});
