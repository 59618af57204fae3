// The scan in histories with everything on, beside an exchange in which everybody is asked: the same findings after every request,
// and the same state in the end, restarts in between or not. history-run.ts says how to make histories longer.
import { Random, RiskHistory, type TimedRequest } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState, restore, type State, snapshot } from '../../src/index.js';
import { naiveScan } from '../../src/liquidation/scan/naive-scan.js';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { hashOf } from '../hashing.js';
import { eventsOf } from '../replicas.js';
import { Certificates } from './certificates.js';

/** One request in so many is followed by a look at all that the scan has promised. */
const EVERY = 7;

/** Warnings that came to hold, and ceased to. */
let came = 0;
let went = 0;
let due = 0;
let promised = 0;

/** By asking everybody: what is found is kept by hand. */
function scanNaively(state: State): ReturnType<typeof naiveScan> {
  const findings = naiveScan(state);
  for (const { accountId, level } of findings.changes) state.warned.set(accountId, level);
  return findings;
}

class Exchanges {
  readonly naive = createState();
  readonly live = createState();
  restarted = createState();
  readonly #certificates = new Certificates(this.live);

  apply(history: RiskHistory, request: TimedRequest): void {
    for (const event of eventsOf(this.naive, request)) history.observe(event);
    for (const other of [this.live, this.restarted]) eventsOf(other, request);
  }

  scan(count: number): void {
    const expected = { count, ...scanNaively(this.naive) };
    came += expected.changes.filter(({ before, level }) => level > before).length;
    went += expected.changes.filter(({ before, level }) => level < before).length;
    due += expected.due.length;
    for (const other of [this.live, this.restarted]) {
      expect({ count, ...scanMargins(other) }).toEqual(expected);
      checkInvariants(other);
    }
  }

  /** Between scans, with all that has happened since the last. */
  look(): void {
    promised += this.#certificates.expectKept();
    checkInvariants(this.live);
  }

  expectEqual(): void {
    const hash = hashOf(this.naive);
    expect([this.live, this.restarted].map(hashOf)).toEqual([hash, hash]);
  }
}

describe.each(seeds)('history %d', (seed) => {
  test('the scan finds whom a scan of everybody finds', () => {
    const history = new RiskHistory(seed, CUSTOMERS);
    const random = new Random(seed);
    const exchanges = new Exchanges();
    for (let count = 1; count <= COMMANDS; count += 1) {
      const { priceVersion } = exchanges.naive;
      exchanges.apply(history, history.next());
      if (count % EVERY === 0) exchanges.look();
      if (exchanges.naive.priceVersion !== priceVersion || random.chance(3)) exchanges.scan(count);
      if (random.chance(1)) {
        exchanges.restarted = restore(snapshot(random.pick([exchanges.naive, exchanges.live, exchanges.restarted])));
      }
    }
    exchanges.expectEqual();
  });
});

test('in these histories accounts come near and go away again, some are due, and the scan has spared looks', () => {
  expect(due).toBeGreaterThan(0);
  expect(came).toBeGreaterThan(0);
  expect(went).toBeGreaterThan(0);
  expect(promised).toBeGreaterThan(COMMANDS / EVERY);
});
