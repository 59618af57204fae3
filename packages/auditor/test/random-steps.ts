// What a random history of testkit brings about in the core, step by step.
import { apply, createState } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import type { TimedRequest } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import type { Step } from './risk-venue.js';

type History = { next(): TimedRequest; observe(event: Event): void };

export function historyOf(history: History, requests: number): Step[] {
  const state = createState();
  return Array.from({ length: requests }, () => {
    const { timeUs, request } = history.next();
    const events: Event[] = [];
    const seq = state.nextSeq as Seq;
    apply(state, { seq, timeUs, request }, (event) => events.push(event));
    for (const event of events) history.observe(event);
    return { seq, timeUs, events };
  });
}
