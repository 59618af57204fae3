// Numbers as decimal text on a market's grid.

export type Grid = {
  readonly tick: number;
  readonly tickScale: number;
  readonly step: number;
  readonly stepScale: number;
};

const scaleOf = (size: string): number => size.split('.')[1]?.length ?? 0;

export function gridOf({ tickSize, stepSize }: { readonly tickSize: string; readonly stepSize: string }): Grid {
  return { tick: Number(tickSize), tickScale: scaleOf(tickSize), step: Number(stepSize), stepScale: scaleOf(stepSize) };
}

/** Rounds down for bids and up for asks, so that no quote comes nearer to the middle than it was meant to be. */
export function bidText({ tick, tickScale }: Grid, price: number): string {
  return (Math.floor(price / tick) * tick).toFixed(tickScale);
}

export function askText({ tick, tickScale }: Grid, price: number): string {
  return (Math.ceil(price / tick) * tick).toFixed(tickScale);
}

/** Undefined when it is less than a step. */
export function quantityText({ step, stepScale }: Grid, quantity: number): string | undefined {
  const steps = Math.floor(quantity / step + 1e-9);
  return steps < 1 ? undefined : (steps * step).toFixed(stepScale);
}

/** At most fifteen digits, in plain notation, as feeds write prices. */
export function priceText(price: number): string {
  const places = Math.min(14, Math.max(0, 12 - Math.floor(price).toString().length));
  return price.toFixed(places);
}
