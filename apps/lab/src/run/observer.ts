// Folds the core's events into the figures of a run. What it says is what the exchange announced, nothing is computed beside it.
import {
  type Deleveraged,
  type Event,
  type LiquidationStarted,
  type LiquidationStep,
  SIDE,
  type WithdrawalRequested,
} from '@glasshouse/protocol';

const MINUTE_MS = 60_000;
/** Nearer to ruin than this a moment between two prices decides: mark and index are never quite the same. */
const SOUND_RATIO = 0.5;
const USD_PER_ATOM = 1e-6;

export type StageFigures = { count: number; usd: number };

/** USD liquidated in one minute, by stage. */
export type Minute = { readonly timeMs: number; book: number; backstop: number; deleverage: number };

export class Observer {
  readonly stages = {
    book: { count: 0, usd: 0 } as StageFigures,
    backstop: { count: 0, usd: 0 } as StageFigures,
    deleverage: { count: 0, usd: 0 } as StageFigures,
  };
  readonly minutes: Minute[] = [];
  readonly ends = { recovered: 0, closed: 0, bankrupt: 0 };
  /** Accounts that were liquidated at least once. */
  readonly liquidated = new Set<number>();
  /** Accounts that gave up a part of a position for somebody else's liquidation. */
  readonly deleveraged = new Set<number>();
  started = 0;
  /** Accounts that were taken over at the mark although they had twice the margin at the index that they needed. */
  readonly soundAtIndex = new Set<number>();
  warnings = 0;
  tradedUsd = 0;
  /** How often each reason refused a command. */
  readonly rejects = new Map<string, number>();
  /** Out of the profit of those who were deleveraged. */
  takenUsd = 0;
  loansDeleveraged = 0;
  fundFeesUsd = 0;
  providerFeesUsd = 0;
  deficitsCoveredUsd = 0;
  negativeUsd = 0;
  /** Lost against the mark by steps on the book. */
  slippageUsd = 0;
  /** Smallest maintenance ÷ equity at which an account was taken over. */
  leastRatio = Number.POSITIVE_INFINITY;
  /** By account. */
  readonly withdrawnUsd = new Map<number, number>();
  #timeMs = 0;

  /** `indexGapUsd`: what the account's positions are worth more at the index than at the mark. */
  constructor(
    private readonly settlementAssetId: number,
    private readonly indexGapUsd: (accountId: number) => number,
  ) {}

  readonly hear = (event: Event, timeMs: number): void => {
    this.#timeMs = timeMs;
    switch (event.kind) {
      case 'traded':
        this.tradedUsd += event.trade.quoteAtoms * USD_PER_ATOM;
        return;
      case 'rejected':
        this.rejects.set(event.reason, (this.rejects.get(event.reason) ?? 0) + 1);
        return;
      case 'marginWarning':
        this.warnings += 1;
        return;
      case 'liquidationStarted':
        return this.#start(event);
      case 'liquidationEnded':
        this.ends[event.reason] += 1;
        return;
      case 'liquidationStep':
        return this.#step(event);
      case 'backstopAssigned':
        this.#liquidate('backstop', event.quoteAtoms);
        this.fundFeesUsd += event.fundFeeAtoms * USD_PER_ATOM;
        this.providerFeesUsd += event.providerFeeAtoms * USD_PER_ATOM;
        return;
      case 'deleveraged':
        return this.#deleverage(event);
      case 'loanAssigned':
        this.#liquidate('backstop', event.quoteAtoms);
        this.fundFeesUsd += event.fundFeeAtoms * USD_PER_ATOM;
        this.providerFeesUsd += event.providerFeeAtoms * USD_PER_ATOM;
        return;
      case 'loanDeleveraged':
        this.loansDeleveraged += 1;
        return;
      case 'deficitCovered':
        if (event.assetId === this.settlementAssetId) this.deficitsCoveredUsd += event.quantityAtoms * USD_PER_ATOM;
        return;
      case 'negativeBalanceRecorded':
        if (event.negative.assetId === this.settlementAssetId) this.negativeUsd += event.addedAtoms * USD_PER_ATOM;
        return;
      case 'withdrawalRequested':
        return this.#withdraw(event);
      default:
        return;
    }
  };

  /** What liquidated accounts could not pay, whoever paid it. */
  get deficitsUsd(): number {
    return this.takenUsd + this.deficitsCoveredUsd + this.negativeUsd;
  }

  get liquidatedUsd(): number {
    const { book, backstop, deleverage } = this.stages;
    return book.usd + backstop.usd + deleverage.usd;
  }

  #start({ accountId, standing: { netEquityUsd, maintenanceMarginUsd } }: LiquidationStarted): void {
    this.started += 1;
    this.liquidated.add(accountId);
    if (netEquityUsd > 0) this.leastRatio = Math.min(this.leastRatio, maintenanceMarginUsd / netEquityUsd);
    const atIndexUsd = netEquityUsd + this.indexGapUsd(accountId);
    if (maintenanceMarginUsd < SOUND_RATIO * atIndexUsd) this.soundAtIndex.add(accountId);
  }

  /** Counted at the mark, as the exchange counts it. */
  #deleverage({ counterpartyAccountId, side, quoteAtoms, takenAtoms, feeAtoms }: Deleveraged): void {
    this.#liquidate('deleverage', side === SIDE.ask ? quoteAtoms - takenAtoms : quoteAtoms + takenAtoms);
    this.deleveraged.add(counterpartyAccountId);
    this.takenUsd += takenAtoms * USD_PER_ATOM;
    this.fundFeesUsd += feeAtoms * USD_PER_ATOM;
  }

  #withdraw({ withdrawal: { accountId, assetId, quantityAtoms } }: WithdrawalRequested): void {
    if (assetId !== this.settlementAssetId) return;
    const before = this.withdrawnUsd.get(accountId) ?? 0;
    this.withdrawnUsd.set(accountId, before + quantityAtoms * USD_PER_ATOM);
  }

  #step(event: LiquidationStep): void {
    this.#liquidate('book', event.quoteAtoms);
    this.fundFeesUsd += event.feeAtoms * USD_PER_ATOM;
    const { before, after } = event;
    this.slippageUsd += before.netEquityUsd - after.netEquityUsd - event.feeAtoms * USD_PER_ATOM;
  }

  #liquidate(stage: keyof Observer['stages'], atoms: number): void {
    const usd = atoms * USD_PER_ATOM;
    this.stages[stage].count += 1;
    this.stages[stage].usd += usd;
    this.#minute()[stage] += usd;
  }

  #minute(): Minute {
    const timeMs = this.#timeMs - (this.#timeMs % MINUTE_MS);
    const last = this.minutes.at(-1);
    if (last?.timeMs === timeMs) return last;
    const minute = { timeMs, book: 0, backstop: 0, deleverage: 0 };
    this.minutes.push(minute);
    return minute;
  }
}
