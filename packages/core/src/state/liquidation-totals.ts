import type { LiquidationStage } from '@glasshouse/protocol';

const DAY_US = 86_400_000_000;

export type StageTotal = { count: number; usd: number };

/** What liquidations came to in a stretch of time. */
export class LiquidationTotals {
  started = 0;
  readonly book: StageTotal = { count: 0, usd: 0 };
  readonly backstop: StageTotal = { count: 0, usd: 0 };
  readonly deleverage: StageTotal = { count: 0, usd: 0 };
  /** Taken out of the profit of those who were deleveraged. */
  takenUsd = 0;
  /** Deficits: paid by the backstop fund, and put on record because nobody was left to pay. */
  coveredUsd = 0;
  recordedUsd = 0;
}

/** Since genesis, and for each day on which there was one. */
export class LiquidationStatistics {
  readonly inAll = new LiquidationTotals();
  /** By rising day, counted since 1970. */
  readonly days: { readonly day: number; readonly totals: LiquidationTotals }[] = [];

  #today(timeUs: number): LiquidationTotals {
    const day = Math.floor(timeUs / DAY_US);
    const last = this.days.at(-1);
    if (last?.day === day) return last.totals;
    const totals = new LiquidationTotals();
    this.days.push({ day, totals });
    return totals;
  }

  #each(timeUs: number): readonly LiquidationTotals[] {
    return [this.inAll, this.#today(timeUs)];
  }

  countStart(timeUs: number): void {
    for (const totals of this.#each(timeUs)) totals.started += 1;
  }

  count(timeUs: number, stage: LiquidationStage, usd: number): void {
    for (const totals of this.#each(timeUs)) {
      totals[stage].count += 1;
      totals[stage].usd += usd;
    }
  }

  countTaken(timeUs: number, usd: number): void {
    for (const totals of this.#each(timeUs)) totals.takenUsd += usd;
  }

  /** Negative: what the fund got back. */
  countCovered(timeUs: number, usd: number): void {
    for (const totals of this.#each(timeUs)) totals.coveredUsd += usd;
  }

  countRecorded(timeUs: number, usd: number): void {
    for (const totals of this.#each(timeUs)) totals.recordedUsd += usd;
  }
}
