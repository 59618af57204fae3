// Folds the core's events into the figures of a run. What it says is what the exchange announced, nothing is computed beside it.
import {
  type Deleveraged,
  type Event,
  type LiquidationStarted,
  type LiquidationStep,
  type PerpPriceView,
  SIDE,
  type WithdrawalRequested,
} from '@glasshouse/protocol';
import { DeleveragingCount } from './deleveraging.js';
import { ToldPositions } from './positions.js';

const MINUTE_MS = 60_000;
const USD_PER_ATOM = 1e-6;

/** What became of those with a position in a market. */
export class MarketFigures {
  lowestMark = Number.POSITIVE_INFINITY;
  lowestIndex = Number.POSITIVE_INFINITY;
  readonly liquidated = new Set<number>();
  readonly soundAtIndex = new Set<number>();
}

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
  started = 0;
  /** Accounts that were taken over at the mark although at the index their margin sufficed. */
  readonly soundAtIndex = new Set<number>();
  /** By market id. */
  readonly markets = new Map<number, MarketFigures>();
  readonly deleveraging: DeleveragingCount;
  warnings = 0;
  tradedUsd = 0;
  /** How often each reason refused a command. */
  readonly rejects = new Map<string, number>();
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
  readonly #positions = new ToldPositions();
  #timeMs = 0;

  /** `worthUsd`: of an account, everything at its full price. */
  constructor(
    private readonly settlementAssetId: number,
    worthUsd: (accountId: number) => number,
  ) {
    this.deleveraging = new DeleveragingCount(this.#positions, worthUsd);
  }

  readonly hear = (event: Event, timeMs: number): void => {
    this.#timeMs = timeMs;
    switch (event.kind) {
      case 'traded':
        this.tradedUsd += event.trade.quoteAtoms * USD_PER_ATOM;
        return;
      case 'perpPriceChanged':
        return this.#price(event.price);
      case 'positionChanged':
        return this.#positions.hear(event.position);
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
    return this.deleveraging.takenUsd + this.deficitsCoveredUsd + this.negativeUsd;
  }

  get liquidatedUsd(): number {
    const { book, backstop, deleverage } = this.stages;
    return book.usd + backstop.usd + deleverage.usd;
  }

  #market(marketId: number): MarketFigures {
    const figures = this.markets.get(marketId) ?? new MarketFigures();
    this.markets.set(marketId, figures);
    return figures;
  }

  #price({ marketId, markPrice, indexPrice, indexLive }: PerpPriceView): void {
    const figures = this.#market(marketId);
    figures.lowestMark = Math.min(figures.lowestMark, markPrice);
    if (indexLive) figures.lowestIndex = Math.min(figures.lowestIndex, indexPrice);
  }

  #start({ accountId, standing }: LiquidationStarted): void {
    const { netEquityUsd, maintenanceMarginUsd, netEquityAtIndexUsd, maintenanceMarginAtIndexUsd } = standing;
    this.started += 1;
    if (netEquityUsd > 0) this.leastRatio = Math.min(this.leastRatio, maintenanceMarginUsd / netEquityUsd);
    const isSoundAtIndex = maintenanceMarginAtIndexUsd < netEquityAtIndexUsd;
    const markets = this.#positions.marketsOf(accountId).map((marketId) => this.#market(marketId));
    for (const figures of [this, ...markets]) {
      figures.liquidated.add(accountId);
      if (isSoundAtIndex) figures.soundAtIndex.add(accountId);
    }
  }

  /** Counted at the mark, as the exchange counts it. */
  #deleverage(event: Deleveraged): void {
    const { side, quoteAtoms, takenAtoms, feeAtoms } = event;
    this.#liquidate('deleverage', side === SIDE.ask ? quoteAtoms - takenAtoms : quoteAtoms + takenAtoms);
    this.deleveraging.hear(event, this.#timeMs);
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
