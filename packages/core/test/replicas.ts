// One history in several exchanges that must not differ, and what its events say held against what the state shows.
import { type BackstopView, type Event, type PoolView, SIDE } from '@glasshouse/protocol';
import { Random, type TimedRequest } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { expect } from 'vitest';
import {
  accountView,
  apply,
  assetPriceView,
  assetViews,
  backstopViews,
  balanceViews,
  checkInvariants,
  createState,
  depthView,
  feeTiersView,
  keyView,
  liquidationViews,
  marketViews,
  NaiveBook,
  negativeBalanceViews,
  openOrderViews,
  openProposalViews,
  pendingRedeemViews,
  perpPriceView,
  poolView,
  positionViews,
  restore,
  rfqViews,
  type State,
  securityView,
  settingsView,
  snapshot,
  strategyViews,
  triggerOrderViews,
  vaultNavView,
  vaultViews,
} from '../src/index.js';
import { hashOf } from './hashing.js';
import { OrderRules } from './order-rules.js';
import { ReadModel } from './read-model.js';

export function eventsOf(state: State, { timeUs, request }: TimedRequest): Event[] {
  const events: Event[] = [];
  apply(state, { seq: state.nextSeq as Seq, timeUs, request }, (event) => events.push(event));
  return events;
}

/** The same history in four exchanges that must not differ: fast, by the model's book, unwatched, and restarted again and again. */
export class Replicas {
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
  for (const [customerId, security] of seen.securities) expect(security).toEqual(securityView(state, customerId));
  expect(seen.keys).toEqual(seen.keys.map(({ keyId }) => keyView(state, keyId)));
  const accounts = seen.accounts();
  expect(accounts).toHaveLength(state.accounts.count);
  expect(accounts).toEqual(accounts.map(({ accountId }) => accountView(state, accountId)));
  for (const { accountId } of accounts) {
    expect(seen.balances(accountId)).toEqual(balanceViews(state, accountId));
    const held = positionViews(state, accountId).filter(({ sizeLots }) => sizeLots !== 0);
    expect(seen.positions(accountId)).toEqual(held);
    const open = [...seen.openOrders.values()].filter((order) => order.accountId === accountId);
    const waiting = [...seen.waitingTriggers.values()].filter((order) => order.accountId === accountId);
    expect(waiting.sort((a, b) => a.orderId - b.orderId)).toEqual(triggerOrderViews(state, accountId));
    expect(open.sort((a, b) => a.orderId - b.orderId)).toEqual(openOrderViews(state, accountId));
    const running = [...seen.strategies.values()].filter((strategy) => strategy.accountId === accountId);
    expect(running.sort((a, b) => a.strategyId - b.strategyId)).toEqual(strategyViews(state, accountId));
    expectSeenRfqs(seen, state, accountId);
  }
  expectSeenRisk(seen, state);
  expectSeenVaults(seen, state);
  for (const [marketId, book] of seen.books) {
    const depth = depthView(state, marketId, Number.MAX_SAFE_INTEGER);
    expect(book.side(SIDE.bid)).toEqual(depth?.bids);
    expect(book.side(SIDE.ask)).toEqual(depth?.asks);
    expect(book.lastUpdateId).toBe(depth?.lastUpdateId);
  }
}

function expectSeenVaults(seen: ReadModel, state: State): void {
  const vaults = vaultViews(state);
  expect(seen.vaults).toEqual(vaults);
  const pending = [...seen.pendingRedeems.values()].sort((a, b) => a.redeemId - b.redeemId);
  const queues = vaults.flatMap(({ vaultId }) => pendingRedeemViews(state, vaultId));
  expect(pending).toEqual(queues.sort((a, b) => a.redeemId - b.redeemId));
  for (const { vaultId } of vaults) {
    expect(vaultNavView(state, vaultId)?.supplyAtoms).toBe(seen.vaultSupplies.get(vaultId) ?? 0);
  }
}

function expectSeenRfqs(seen: ReadModel, state: State, accountId: number): void {
  const asked = rfqViews(state, accountId);
  const own = [...seen.openRfqs.values()].filter((rfq) => rfq.accountId === accountId);
  expect(own).toEqual(asked.map(({ rfq }) => rfq));
  for (const { rfq, quotes } of asked) {
    expect([...seen.openQuotes.values()].filter(({ rfqId }) => rfqId === rfq.rfqId)).toEqual(quotes);
  }
}

/** A pool's throttle moves with the minutes and not with what happens. */
const withoutTime = (pool: PoolView | undefined) => ({ ...pool, timeUs: 0, throttleUtilization: 0 });

/** Without what the running hour has brought, which moves with what is taken over. */
const termsOf = ({ bound, ...backstop }: BackstopView) => ({
  ...backstop,
  ...offersOf(backstop),
  bound: bound && { ...bound, ...offersOf(bound) },
});

const offersOf = ({ markets, assets }: Pick<BackstopView, 'markets' | 'assets'>) => ({
  markets: markets.map(({ marketId, capacityLots, hourlyLots }) => ({ marketId, capacityLots, hourlyLots })),
  assets: assets.map(({ assetId, capacityAtoms, hourlyAtoms }) => ({ assetId, capacityAtoms, hourlyAtoms })),
});

/** Prices and pools are announced when they change: of what has never changed there is nothing to be seen. */
function expectSeenRisk(seen: ReadModel, state: State): void {
  for (const [marketId, { indexPrice, markPrice }] of seen.perpPrices) {
    expect(perpPriceView(state, marketId)).toMatchObject({ indexPrice, markPrice });
  }
  for (const [assetId, { indexPrice, liveSources }] of seen.assetPrices) {
    expect(assetPriceView(state, assetId)).toMatchObject({ indexPrice, liveSources });
  }
  expect([...seen.liquidating].sort((a, b) => a - b)).toEqual(
    liquidationViews(state).map(({ accountId }) => accountId),
  );
  const offered = [...seen.backstops.values()].sort((a, b) => a.accountId - b.accountId);
  expect(offered.map(termsOf)).toEqual(backstopViews(state).map(termsOf));
  const owed = [...seen.negativeBalances.values()].filter(({ quantityAtoms }) => quantityAtoms > 0);
  expect(new Set(owed)).toEqual(new Set(negativeBalanceViews(state)));
  for (const [assetId, pool] of seen.pools) {
    expect(withoutTime(pool)).toEqual(withoutTime(poolView(state, assetId)));
  }
}
