// The scan in histories in which prices crash: an exchange that looks only at whom it must, one that looks at everybody each time,
// and one that is restarted again and again tell the same and come to the same. conservation/history-run.ts says how to make
// histories longer.
import type { Event } from '@glasshouse/protocol';
import { CrashHistory, Random, type TimedRequest } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState, restore, type State, snapshot } from '../../src/index.js';
import { naiveScan } from '../../src/liquidation/scan/naive-scan.js';
import { isUpToDate } from '../../src/liquidation/scan/price-news.js';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import { noteStake } from '../../src/state/watch/note-change.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { hashOf } from '../hashing.js';
import { eventsOf } from '../replicas.js';
import { Certificates } from './certificates.js';

/** One request in so many is followed by a look at all that the scan has promised. */
const EVERY = 7;

let warned = 0;
let liquidations = 0;
let promised = 0;

function observe(event: Event): void {
  if (event.kind === 'liquidationStarted') liquidations += 1;
  if (event.kind === 'marginWarning') warned += 1;
}

class Exchanges {
  readonly live = createState();
  readonly thorough = createState();
  restarted = createState();
  readonly #certificates = new Certificates(this.live);

  apply(request: TimedRequest): Event[] {
    const { live, thorough } = this;
    for (let accountId = 1; accountId <= thorough.accounts.count; accountId += 1) noteStake(thorough, accountId);
    const events = eventsOf(live, request);
    for (const other of [thorough, this.restarted]) {
      const others = eventsOf(other, request);
      if (JSON.stringify(others) !== JSON.stringify(events)) expect(others).toEqual(events);
    }
    return events;
  }

  /** On a copy: a scan between two samples would tell owners what the others are told later. */
  scanCopy(): void {
    const copy = restore(snapshot(this.live));
    expect(scanMargins(copy)).toEqual(naiveScan(this.live));
    expect(scanMargins(copy).changes).toEqual([]);
    checkInvariants(copy);
  }

  /** New terms are no promise of the scan: it hears of them with the next sample. */
  look(): void {
    if (isUpToDate(this.live)) promised += this.#certificates.expectKept();
    checkInvariants(this.live);
    checkInvariants(this.restarted);
  }

  restart(random: Random): void {
    const from: State = random.pick([this.live, this.thorough, this.restarted]);
    this.restarted = restore(snapshot(from));
  }

  expectEqual(): void {
    const hash = hashOf(this.live);
    expect([this.thorough, this.restarted].map(hashOf)).toEqual([hash, hash]);
  }
}

describe.each(seeds)('history %d', (seed) => {
  test('whoever is due or near is found, by looking at few or at all', () => {
    const history = new CrashHistory(seed, CUSTOMERS);
    const random = new Random(seed);
    const exchanges = new Exchanges();
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of exchanges.apply(history.next())) {
        history.observe(event);
        observe(event);
      }
      if (count % EVERY === 0) exchanges.look();
      if (random.chance(2)) exchanges.scanCopy();
      if (random.chance(1)) exchanges.restart(random);
    }
    exchanges.expectEqual();
  });
});

test('in these histories owners are warned, accounts are liquidated, and the scan has spared looks', () => {
  expect(warned).toBeGreaterThan(0);
  expect(liquidations).toBeGreaterThan(0);
  expect(promised).toBeGreaterThan(COMMANDS / EVERY);
});
