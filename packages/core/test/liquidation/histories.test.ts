// The scan in histories with everything on: in an exchange that is scanned after every request, in one that is scanned after every
// sample, and in one that is scanned now and then and restarted in between. history-run.ts says how to make histories longer.
import { Random, RiskHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState, restore, type State, snapshot } from '../../src/index.js';
import { dueForLiquidation } from '../../src/liquidation/scan/due.js';
import { naiveScan } from '../../src/liquidation/scan/naive-scan.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { hashOf } from '../hashing.js';
import { eventsOf } from '../replicas.js';
import { Certificates } from './certificates.js';

/** Accounts that came to be due, and ceased to be. */
class Turns {
  came = 0;
  went = 0;
  #due: readonly number[] = [];

  begin(): void {
    this.#due = [];
  }

  observe(due: readonly number[]): void {
    this.came += due.filter((id) => !this.#due.includes(id)).length;
    this.went += this.#due.filter((id) => !due.includes(id)).length;
    this.#due = due;
  }
}

function expectSame(state: State, count: number): readonly number[] {
  const due = naiveScan(state);
  expect({ count, due: dueForLiquidation(state) }).toEqual({ count, due });
  checkInvariants(state);
  return due;
}

/** One request in so many is followed by a look at all that the scan has promised. */
const EVERY = 7;

const turns = new Turns();
let promised = 0;

describe.each(seeds)('history %d', (seed) => {
  test('the scan finds whom a scan of everybody finds, however often it is asked', () => {
    const history = new RiskHistory(seed, CUSTOMERS);
    const random = new Random(seed);
    turns.begin();
    const [always, sampled, unscanned] = [createState(), createState(), createState()];
    let seldom = createState();
    const certificates = new Certificates(sampled);
    for (let count = 1; count <= COMMANDS; count += 1) {
      const request = history.next();
      const version = sampled.priceVersion;
      for (const event of eventsOf(always, request)) history.observe(event);
      for (const other of [sampled, seldom, unscanned]) eventsOf(other, request);
      turns.observe(expectSame(always, count));
      if (sampled.priceVersion !== version) expectSame(sampled, count);
      if (count % EVERY === 0) promised += certificates.expectKept();
      if (random.chance(3)) expectSame(seldom, count);
      if (random.chance(1)) seldom = restore(snapshot(random.pick([always, sampled, unscanned])));
    }
    const hash = hashOf(unscanned);
    expect([always, sampled, seldom].map(hashOf)).toEqual([hash, hash, hash]);
  });
});

test('in these histories accounts come to be due and cease to be, and the scan has spared looks', () => {
  expect(turns.came).toBeGreaterThan(0);
  expect(turns.went).toBeGreaterThan(0);
  expect(promised).toBeGreaterThan(COMMANDS / EVERY);
});
