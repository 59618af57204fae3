import type { Event } from '@glasshouse/protocol';
import { Random, RandomHistory, type TimedRequest } from '@glasshouse/testkit';
import { expect, test } from 'vitest';
import { anticipate, createState, restore, type State, snapshot } from '../src/index.js';
import { hashOf } from './hashing.js';
import { eventsOf } from './replicas.js';

const COMMANDS = 1500;

type Recorded = { readonly log: readonly TimedRequest[]; readonly events: readonly Event[][]; readonly hash: string };

/** A history of which nothing was anticipated. */
function recorded(seed: number): Recorded {
  const history = new RandomHistory(seed);
  const state = createState();
  const log: TimedRequest[] = [];
  const events: Event[][] = [];
  for (let count = 0; count < COMMANDS; count += 1) {
    const request = history.next();
    const caused = eventsOf(state, request);
    for (const event of caused) history.observe(event);
    log.push(request);
    events.push(caused);
  }
  return { log, events, hash: hashOf(state) };
}

test.each([1, 2, 3])('batches that are anticipated come to the same, history %d', (seed) => {
  const { log, events, hash } = recorded(seed);
  const random = new Random(seed);
  const state = createState();
  for (let first = 0; first < log.length; ) {
    const batch = log.slice(first, first + 1 + random.below(100));
    const requests = batch.map(({ request }) => request);
    for (const [index, request] of batch.entries()) {
      anticipate(state, requests, index);
      expect(eventsOf(state, request)).toEqual(events[first + index]);
    }
    first += batch.length;
  }
  expect(hashOf(state)).toBe(hash);
});

test.each([1, 2, 3])('what is anticipated and does not come changes nothing, history %d', (seed) => {
  const { log, events, hash } = recorded(seed);
  const random = new Random(seed);
  const requests = log.map(({ request }) => request);
  let state: State = createState();
  for (const [index, request] of log.entries()) {
    if (random.chance(20)) anticipate(state, requests.slice(random.below(requests.length)), 0);
    if (random.chance(20)) anticipate(state, requests.slice(index, index + 5), 0);
    expect(eventsOf(state, request)).toEqual(events[index]);
    if (random.chance(1)) state = restore(snapshot(state));
  }
  expect(hashOf(state)).toBe(hash);
});
