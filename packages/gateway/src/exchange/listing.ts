// A market with its two assets: how its raw integers are written. REST writes the shortest decimal, streams pad to the grid.
import { type AssetView, MARKET_KIND, type MarketView, type PerpTerms } from '@glasshouse/protocol';
import { formatDecimal, parseDecimal, powerOfTen, rescale } from '@glasshouse/units';

export class Listing {
  /** Decimals that price × quantity can have. */
  private readonly quoteDecimals: number;

  constructor(
    readonly market: MarketView,
    readonly base: AssetView,
    readonly quote: AssetView,
  ) {
    this.quoteDecimals = Math.min(market.tickScale + market.stepScale, quote.decimals);
  }

  /** Undefined for spot. */
  get perp(): PerpTerms | undefined {
    return this.market.kind === MARKET_KIND.perp ? this.market.perp : undefined;
  }

  price(ticks: number): string {
    return formatDecimal(ticks * this.market.tickDigits, this.market.tickScale, 0);
  }

  /** Undefined for what is no price on the market's grid. */
  ticks(price: string): number | undefined {
    const { tickScale, tickDigits } = this.market;
    const decimal = parseDecimal(price);
    const units = decimal === undefined ? undefined : rescale(decimal, tickScale);
    return units === undefined || units <= 0 || units % tickDigits !== 0 ? undefined : units / tickDigits;
  }

  quantity(lots: number): string {
    return formatDecimal(lots * this.market.stepDigits, this.market.stepScale, 0);
  }

  quoteQuantity(atoms: number): string {
    return formatDecimal(atoms, this.quote.decimals, 0);
  }

  paddedPrice(ticks: number): string {
    return formatDecimal(ticks * this.market.tickDigits, this.market.tickScale);
  }

  paddedQuantity(lots: number): string {
    return formatDecimal(lots * this.market.stepDigits, this.market.stepScale);
  }

  paddedQuoteQuantity(atoms: number): string {
    return formatDecimal(atoms, this.quote.decimals, this.quoteDecimals);
  }

  /** For what is no whole number of atoms: prices and values of positions. */
  baseUnits(lots: number): number {
    return (lots * this.market.stepDigits) / unitsOf(this.market.stepScale);
  }

  quoteUnits(atoms: number): number {
    return atoms / unitsOf(this.quote.decimals);
  }

  /** Quote atoms of a resting order: its size at its price. */
  notionalAtoms(ticks: number, lots: number): number {
    return ticks * lots * this.market.atomsPerTickLot;
  }
}

/** Scales are at most fifteen decimals. */
export function unitsOf(scale: number): number {
  return powerOfTen(scale) ?? 10 ** scale;
}

export function assetQuantity(asset: AssetView, atoms: number): string {
  return formatDecimal(atoms, asset.decimals, 0);
}
