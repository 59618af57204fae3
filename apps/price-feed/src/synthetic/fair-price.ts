// A price that no market made: a seeded random walk, for synthetic sources and for whoever trades without any source.
import type { Random } from './random.js';

/** Share of the way home that the walk is drawn per second, so that it neither dies out nor runs away: half in three hours. */
const PULL = 0.000_064;
const TREND_MEMORY = 0.97;

export class FairPrice {
  private price: number;
  private trendValue = 0;

  constructor(
    opening: number,
    private readonly home: number,
    private readonly volatility: number,
    private readonly random: Random,
  ) {
    this.price = opening;
  }

  get value(): number {
    return this.price;
  }

  /** Between −1 and 1: whether it has been falling or rising. */
  get trend(): number {
    return this.trendValue;
  }

  advance(seconds: number): void {
    const step = this.volatility * Math.sqrt(seconds) * this.random.normal();
    const pull = Math.log(this.home / this.price) * PULL * seconds;
    this.price *= Math.exp(step + pull);
    this.remember(step);
  }

  /** Goes where somebody else says it is. */
  moveTo(price: number): void {
    this.remember(price - this.price);
    this.price = price;
  }

  private remember(step: number): void {
    this.trendValue = TREND_MEMORY * this.trendValue + (1 - TREND_MEMORY) * Math.sign(step);
  }
}
