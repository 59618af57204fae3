// Long random histories, everything mixed. HISTORY_COMMANDS sets their length (default 3000), HISTORY_SEEDS how many there are
// (default 4), HISTORY_FIRST_SEED which is the first. Batches need no test of their own: the core is given one request at a time,
// with a time, and knows of no batch.
import { type Event, type RejectReason, SIDE } from '@glasshouse/protocol';
import { Random, RandomHistory, type TimedRequest } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import {
  accountView,
  apply,
  assetViews,
  balanceViews,
  checkInvariants,
  createState,
  depthView,
  feeTiersView,
  keyView,
  marketViews,
  NaiveBook,
  openOrderViews,
  openProposalViews,
  positionViews,
  restore,
  type State,
  settingsView,
  snapshot,
} from '../src/index.js';
import { hashOf } from './hashing.js';
import { OrderRules } from './order-rules.js';
import { ReadModel } from './read-model.js';

const COMMANDS = Number(process.env['HISTORY_COMMANDS'] ?? 3000);
const SEEDS = Number(process.env['HISTORY_SEEDS'] ?? 4);
const FIRST_SEED = Number(process.env['HISTORY_FIRST_SEED'] ?? 1);
const CHECKPOINT = 100;

const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);

function eventsOf(state: State, { timeUs, request }: TimedRequest): Event[] {
  const events: Event[] = [];
  apply(state, { seq: state.nextSeq as Seq, timeUs, request }, (event) => events.push(event));
  return events;
}

/** The same history in four exchanges that must not differ: fast, by the model's book, unwatched, and restarted again and again. */
class Replicas {
  readonly fast = createState();
  readonly naive = createState((pool) => new NaiveBook(pool));
  readonly unwatched = createState();
  restarted = createState();
  readonly seen = new ReadModel();
  readonly rules = new OrderRules(this.seen);
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  apply(sequenced: TimedRequest): readonly Event[] {
    const events = eventsOf(this.fast, sequenced);
    const text = JSON.stringify(events);
    for (const other of [this.naive, this.restarted]) {
      const others = eventsOf(other, sequenced);
      if (JSON.stringify(others) !== text) expect(others).toEqual(events);
    }
    const { timeUs, request } = sequenced;
    apply(this.unwatched, { seq: this.unwatched.nextSeq as Seq, timeUs, request }, undefined);
    for (const event of events) {
      this.seen.observe(event);
      this.rules.observe(event);
    }
    this.rules.settled();
    checkInvariants(this.fast);
    if (this.#random.chance(1)) this.restart();
    return events;
  }

  /** From the bytes of one of the others, into either kind of book. */
  restart(): void {
    const from = this.#random.pick([this.fast, this.naive, this.unwatched, this.restarted]);
    this.restarted = restore(snapshot(from), this.#random.chance(50) ? (pool) => new NaiveBook(pool) : undefined);
  }

  expectEqual(): void {
    const hash = hashOf(this.fast);
    expect([this.naive, this.unwatched, this.restarted].map(hashOf)).toEqual([hash, hash, hash]);
    checkInvariants(this.naive);
    checkInvariants(this.restarted);
    expectSeen(this.seen, this.fast);
  }
}

/** What was seen in events is what the state shows. */
function expectSeen(seen: ReadModel, state: State): void {
  expect(seen.assets).toEqual(assetViews(state));
  expect(seen.markets).toEqual(marketViews(state));
  expect(seen.settings).toEqual(settingsView(state));
  expect(seen.spotFeeTiers).toEqual(feeTiersView(state));
  expect([...seen.openProposals.values()]).toEqual(openProposalViews(state));
  expect([...seen.pendingWithdrawals.values()]).toEqual([...state.pendingWithdrawals.values()]);
  expect(seen.keys).toEqual(seen.keys.map(({ keyId }) => keyView(state, keyId)));
  const accounts = seen.accounts();
  expect(accounts).toHaveLength(state.accounts.count);
  expect(accounts).toEqual(accounts.map(({ accountId }) => accountView(state, accountId)));
  for (const { accountId } of accounts) {
    expect(seen.balances(accountId)).toEqual(balanceViews(state, accountId));
    expect(seen.positions(accountId)).toEqual(positionViews(state, accountId));
    const open = [...seen.openOrders.values()].filter((order) => order.accountId === accountId);
    expect(open.sort((a, b) => a.orderId - b.orderId)).toEqual(openOrderViews(state, accountId));
  }
  for (const [marketId, book] of seen.books) {
    const depth = depthView(state, marketId, Number.MAX_SAFE_INTEGER);
    expect(book.side(SIDE.bid)).toEqual(depth?.bids);
    expect(book.side(SIDE.ask)).toEqual(depth?.asks);
    expect(book.lastUpdateId).toBe(depth?.lastUpdateId);
  }
}

describe.each(seeds)('history %d', (seed) => {
  test('is the same for both books, watched or not, and after any number of restarts; its events tell all', () => {
    const history = new RandomHistory(seed);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('histories bring about all that can happen, and most of what can be refused', () => {
  const kinds = new Set<string>();
  const reasons = new Set<RejectReason>();
  for (const seed of seeds) {
    const history = new RandomHistory(seed);
    const state = createState();
    for (let count = 0; count < COMMANDS; count += 1) {
      for (const event of eventsOf(state, history.next())) {
        history.observe(event);
        kinds.add(event.kind === 'orderExpired' ? `orderExpired ${event.reason}` : event.kind);
        if (event.kind === 'rejected') reasons.add(event.reason);
      }
    }
  }
  kinds.delete('orderExpired InsufficientFunds');
  expect([...kinds].sort()).toEqual(EVERYTHING);
  expect(reasons.size).toBeGreaterThan(35);
});

/** But `InsufficientFunds` of a market order that skips its own: tested by itself. */
const EVERYTHING = [
  'accountCreated',
  'accountUpdated',
  'approved',
  'assetListed',
  'balanceChanged',
  'depositCredited',
  'keyAdded',
  'keyRevoked',
  'levelChanged',
  'marketChanged',
  'marketListed',
  'orderAccepted',
  'orderCancelled',
  'orderExpired FillOrKill',
  'orderExpired ImmediateOrCancel',
  'orderExpired InsufficientLiquidity',
  'orderExpired InvalidQuantity',
  'orderExpired PriceImpact',
  'orderExpired SelfTradePrevention',
  'orderFilled',
  'orderReduced',
  'proposalExpired',
  'proposed',
  'rejected',
  'settingsChanged',
  'traded',
  'transferred',
  'withdrawalConfirmed',
  'withdrawalRequested',
];
