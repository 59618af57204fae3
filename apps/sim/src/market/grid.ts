// A market's grid: prices and quantities as whole ticks and steps, and back to the text that the exchange takes.
import { type Decimal, formatDecimal, parseDecimal } from '@glasshouse/units';

export type MarketFilters = {
  readonly price: { readonly tickSize: string };
  readonly quantity: { readonly stepSize: string; readonly minQuantity: string };
};

function unitOf(text: string): Decimal {
  const unit = parseDecimal(text);
  if (unit === undefined || unit.digits <= 0) throw new RangeError(`${text} is no tick or step`);
  return unit;
}

const sizeOf = (unit: Decimal): number => unit.digits / 10 ** unit.scale;

export class Grid {
  private readonly tick: Decimal;
  private readonly step: Decimal;
  private readonly minLots: number;

  constructor(filters: MarketFilters) {
    this.tick = unitOf(filters.price.tickSize);
    this.step = unitOf(filters.quantity.stepSize);
    this.minLots = Math.ceil(Number(filters.quantity.minQuantity) / sizeOf(this.step));
  }

  /** Nearest price on the grid, at least one tick. */
  ticksAt(price: number): number {
    return Math.max(1, Math.round(price / sizeOf(this.tick)));
  }

  priceAt(ticks: number): number {
    return ticks * sizeOf(this.tick);
  }

  priceText(ticks: number): string {
    return formatDecimal(ticks * this.tick.digits, this.tick.scale);
  }

  /** What `notional` of the quote asset buys at that price, never less than the market's minimum. */
  quantityText(notional: number, price: number): string {
    const lots = Math.max(this.minLots, Math.floor(notional / price / sizeOf(this.step)));
    return formatDecimal(lots * this.step.digits, this.step.scale);
  }
}
