// A fall of all prices second by second, with makers that go with it, orders of others between, and everybody liquidated who must be.
import type { Event } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { Feeder } from '../core/feeder.js';
import type { BenchMarket, BenchVenue } from '../core/venue.js';
import { crowdVenue, gatherCrowd } from '../liquidation/crowd.js';
import { reportFallenPrices } from '../margin/prices.js';

const MS_US = 1_000;
const MAKER = 1;
const MAKER_FUNDS = '1000000000';
/** Each of so many orders a side of each market, around the index that is coming: what liquidations need in a second, and more. */
const QUOTED_USD = 150_000;
const QUOTED_ORDERS = 8;
const QUOTED_AWAY = 0.0002;
const TRADERS = 100;
/** Base units that the provider takes over in each market, in all and an hour. */
const CAPACITY = 1_000;
/** Where nobody meets them. */
const FAR_AWAY = 0.9;

export type Plan = {
  readonly accounts: number;
  readonly seconds: number;
  readonly fallEachSecond: number;
  readonly ordersEachSecond: number;
  readonly seed: number;
  /** Without one, what the book does not take is deleveraged. */
  readonly provider: boolean;
};

export type Blown = {
  readonly started: number;
  readonly steps: number;
  readonly turnsOfBusiestSecond: number;
  readonly cpuUsOfStep: number;
  /** Of orders of others, from when they were due. */
  readonly waitsMs: Float64Array;
  readonly refused: number;
};

/** Counts what liquidation does. */
class Watch {
  started = 0;
  steps = 0;
  refused = 0;
  readonly #stepsBySecond = new Map<number, number>();
  second = 0;

  readonly observe = ({ kind }: Event): void => {
    if (kind === 'liquidationStarted') this.started += 1;
    else if (kind === 'rejected') this.refused += 1;
    else if (kind === 'liquidationStep' || kind === 'backstopAssigned' || kind === 'deleveraged') {
      this.steps += 1;
      this.#stepsBySecond.set(this.second, (this.#stepsBySecond.get(this.second) ?? 0) + 1);
    }
  };

  get busiest(): number {
    return Math.max(0, ...this.#stepsBySecond.values());
  }
}

function order(feeder: Feeder, accountId: number, side: string, market: BenchMarket, share: number, usd: number): void {
  const { symbol, startTicks, tickScale, stepScale } = market;
  const ticks = Math.round(startTicks * share);
  const lots = Math.max(1, Math.round((usd * 10 ** tickScale * 10 ** stepScale) / ticks));
  const text = `orderType=Limit&price=${formatDecimal(ticks, tickScale)}&quantity=${formatDecimal(lots, stepScale)}&side=${side}&symbol=${symbol}&timeInForce=GTC`;
  feeder.signed(feeder.keyIdOf(accountId), `instruction=orderExecute&${text}`);
}

function cancelAll(feeder: Feeder, accountId: number, { symbol }: BenchMarket): void {
  feeder.signed(feeder.keyIdOf(accountId), `instruction=orderCancelAll&symbol=${symbol}`);
}

function quote(feeder: Feeder, { markets }: BenchVenue, share: number): void {
  for (const market of markets) {
    cancelAll(feeder, MAKER, market);
    for (let place = 1; place <= QUOTED_ORDERS; place += 1) {
      order(feeder, MAKER, 'Bid', market, share * (1 - place * QUOTED_AWAY), QUOTED_USD);
      order(feeder, MAKER, 'Ask', market, share * (1 + place * QUOTED_AWAY), QUOTED_USD);
    }
  }
}

/** The wall time that commands take, and how far behind their schedule they are done. */
class Clock {
  spentMs = 0;
  behindMs = 0;
  readonly timed = (milliseconds: number): void => {
    this.spentMs += milliseconds;
  };

  /** A millisecond of the schedule has passed. */
  pass(): void {
    this.behindMs = Math.max(0, this.behindMs + this.spentMs - 1);
    this.spentMs = 0;
  }

  get lateMs(): number {
    return this.behindMs + this.spentMs;
  }
}

/** What the book does not take goes to somebody who is ready for it. */
function enrolProvider(feeder: Feeder, { markets }: BenchVenue): void {
  const accountId = feeder.state.accounts.count + 1;
  feeder.openAccount(accountId, { USDC: MAKER_FUNDS });
  const offers = markets.map(({ symbol }) => `${symbol}:${CAPACITY}:${CAPACITY}`).join(',');
  const text = `instruction=glassBackstopEnrol&markets=${encodeURIComponent(offers)}&minimumEquity=0`;
  feeder.signed(feeder.keyIdOf(accountId), text);
}

export function blow(plan: Plan): Blown {
  const watch = new Watch();
  const clock = new Clock();
  const venue = crowdVenue();
  const feeder = gatherCrowd(plan.accounts, plan.seed, { observe: watch.observe, timed: clock.timed });
  feeder.signed(
    2,
    `instruction=glassDepositCredit&accountId=${MAKER}&blockchain=Bench&quantity=${MAKER_FUNDS}&reference=maker&symbol=USDC`,
  );
  if (plan.provider) enrolProvider(feeder, venue);
  const firstTrader = feeder.state.accounts.count + 1;
  for (let place = 0; place < TRADERS; place += 1) feeder.openAccount(firstTrader + place, { USDC: '1000000' });
  clock.spentMs = 0;
  const waits: number[] = [];
  const cpuBegan = process.cpuUsage();
  const ordersEachMs = plan.ordersEachSecond / 1_000;
  let asked = 0;
  for (let second = 1; second <= plan.seconds; second += 1) {
    watch.second = second;
    const share = (1 - plan.fallEachSecond) ** second;
    reportFallenPrices(feeder, venue, share);
    quote(feeder, venue, share);
    for (let ms = 1; ms <= 1_000; ms += 1) {
      feeder.tick(MS_US);
      for (let due = Math.floor(ms * ordersEachMs) - Math.floor((ms - 1) * ordersEachMs); due > 0; due -= 1) {
        const market = venue.markets[asked % venue.markets.length] as BenchMarket;
        const accountId = firstTrader + ((asked >> 1) % TRADERS);
        if (asked % 2 === 0) order(feeder, accountId, 'Bid', market, share * FAR_AWAY, 100);
        else cancelAll(feeder, accountId, venue.markets[(asked - 1) % venue.markets.length] as BenchMarket);
        asked += 1;
        waits.push(clock.lateMs);
      }
      clock.pass();
    }
  }
  const { user, system } = process.cpuUsage(cpuBegan);
  return {
    started: watch.started,
    steps: watch.steps,
    turnsOfBusiestSecond: watch.busiest,
    cpuUsOfStep: (user + system) / Math.max(1, watch.steps),
    waitsMs: Float64Array.from(waits),
    refused: watch.refused,
  };
}
