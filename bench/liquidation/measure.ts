// Updates of all prices, each followed by a scan, and what the scans took.
import { type Findings, isLiquidatable, naiveScan, type State, scanMargins } from '@glasshouse/core';
import type { Feeder } from '../core/feeder.js';
import { gatherCrowd, stopSampling } from './crowd.js';
import { Prices } from './prices.js';

const MS_US = 1_000;

export type Figures = {
  readonly name: string;
  readonly updates: number;
  readonly meanUs: number;
  /** The same without the time in which the machine did something else. */
  readonly cpuUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** Accounts looked at, and found, by one scan on average. */
  readonly looks: number;
  readonly due: number;
};

export type Measured = {
  readonly accounts: number;
  readonly buildSeconds: number;
  readonly firstScanMs: number;
  readonly rows: readonly Figures[];
};

type Scan = (state: State) => Findings;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

class Meter {
  readonly #times: number[] = [];
  #cpuUs = 0;
  #due = 0;
  #looks = 0;

  constructor(
    private readonly state: State,
    private readonly scan: Scan = scanMargins,
  ) {}

  update(): void {
    const before = this.state.watch.looks;
    const cpuBegan = process.cpuUsage();
    const began = performance.now();
    const { due } = this.scan(this.state);
    this.#times.push((performance.now() - began) * MS_US);
    const { user, system } = process.cpuUsage(cpuBegan);
    this.#cpuUs += user + system;
    this.#due += due.length;
    this.#looks += this.scan === naiveScan ? this.state.exposed.size : this.state.watch.looks - before;
  }

  figures(name: string): Figures {
    const sorted = [...this.#times].sort((a, b) => a - b);
    const updates = sorted.length;
    return {
      name,
      updates,
      meanUs: mean(sorted),
      cpuUs: this.#cpuUs / updates,
      p50Us: quantile(sorted, 0.5),
      p99Us: quantile(sorted, 0.99),
      maxUs: quantile(sorted, 1),
      looks: this.#looks / updates,
      due: this.#due / updates,
    };
  }
}

function repeat(times: number, work: (time: number) => void): void {
  for (let time = 1; time <= times; time += 1) work(time);
}

function dueAmong(state: State, every: number): number {
  let due = 0;
  for (let id = 1; id <= state.accounts.count; id += every) if (isLiquidatable(state, id)) due += 1;
  return (due * every) / state.accounts.count;
}

/** As many times as much as in a calm market: a quarter of its value in a day, and more. */
const LIVELY = 8;

const HALVINGS = 12;
const LOOKED_AT = 10_000;

/** By how much all prices must fall for so large a share of the accounts to be due. */
function fallFor(state: State, prices: Prices, share: number): number {
  const every = Math.max(1, Math.floor(state.accounts.count / LOOKED_AT));
  let low = 0;
  let high = 0.5;
  repeat(HALVINGS, () => {
    const middle = (low + high) / 2;
    prices.fallTo(middle);
    if (dueAmong(state, every) < share) low = middle;
    else high = middle;
  });
  prices.fallTo(0);
  return high;
}

/** Sequenced time passes a millisecond at a time, so that settlement goes round; prices move every second. */
function whileSettling(feeder: Feeder, prices: Prices, seconds: number, meter: Meter): void {
  repeat(seconds, () => {
    repeat(1000, () => feeder.tick(MS_US));
    prices.walk();
    meter.update();
  });
}

export type Plan = {
  readonly updates: number;
  readonly settling: number;
  readonly naive: number;
  readonly share: number;
};

export function measure(accounts: number, plan: Plan): Measured {
  const began = performance.now();
  const feeder = gatherCrowd(accounts, 1);
  const { state } = feeder;
  stopSampling(state);
  const buildSeconds = (performance.now() - began) / 1000;
  const prices = new Prices(state, feeder.random);
  const first = new Meter(state);
  first.update();
  const rows: Figures[] = [];
  const row = (name: string, work: (meter: Meter) => void, scan?: Scan) => {
    const meter = new Meter(state, scan);
    work(meter);
    rows.push(meter.figures(name));
  };
  const walk = (meter: Meter, times = 1) => {
    prices.walk(times);
    meter.update();
  };
  row('calm', (meter) => repeat(plan.updates, () => walk(meter)));
  row('calm, everybody settles', (meter) => whileSettling(feeder, prices, plan.settling, meter));
  row('calm, scan of everybody', (meter) => repeat(plan.naive, () => walk(meter)), naiveScan);
  row('lively', (meter) => repeat(plan.updates, () => walk(meter, LIVELY)));
  prices.fallTo(0);
  const fall = fallFor(state, prices, plan.share);
  new Meter(state).update();
  row('crash in one update', (meter) => {
    prices.fallTo(fall);
    meter.update();
  });
  row('the same, scan of everybody', (meter) => meter.update(), naiveScan);
  row('those due still due', (meter) => repeat(plan.naive, () => walk(meter)));
  prices.fallTo(0);
  new Meter(state).update();
  const minute = 60;
  row('crash over a minute', (meter) =>
    repeat(minute, (second) => {
      prices.fallTo((fall * second) / minute);
      meter.update();
    }),
  );
  return { accounts, buildSeconds, firstScanMs: first.figures('first').meanUs / 1000, rows };
}
