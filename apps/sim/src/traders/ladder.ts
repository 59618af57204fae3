// The quotes a maker wants, and the smallest change from the quotes it has. Pure.
import type { Grid } from '../market/grid.js';

export type QuoteSide = 'Bid' | 'Ask';
export type Quote = { readonly side: QuoteSide; readonly ticks: number; readonly notional: number };

export type LadderShape = {
  readonly layers: number;
  /** Distance of the first layer from the fair price, as a share of it. */
  readonly halfSpread: number;
  /** Distance between the first two layers; it grows outwards. */
  readonly gap: number;
  readonly growth: number;
  /** Size of the first layer in the quote asset; it grows outwards likewise. */
  readonly notional: number;
};

function distanceOf(shape: LadderShape, layer: number): number {
  let distance = shape.halfSpread;
  for (let index = 0; index < layer; index += 1) distance += shape.gap * shape.growth ** index;
  return distance;
}

export function wantedQuotes(fair: number, shape: LadderShape, grid: Grid): readonly Quote[] {
  const quotes: Quote[] = [];
  for (let layer = 0; layer < shape.layers; layer += 1) {
    const distance = distanceOf(shape, layer);
    const notional = shape.notional * shape.growth ** layer;
    quotes.push({ side: 'Bid', ticks: grid.ticksAt(fair * (1 - distance)), notional });
    quotes.push({ side: 'Ask', ticks: grid.ticksAt(fair * (1 + distance)), notional });
  }
  return quotes;
}

export type RestingQuote = { readonly id: string; readonly side: QuoteSide; readonly ticks: number };
export type Change = { readonly cancel: readonly RestingQuote[]; readonly place: readonly Quote[] };

/** Half the distance to the next layer: within it a resting quote is near enough. */
function tolerance(fairTicks: number, shape: LadderShape): number {
  return Math.max(1, (fairTicks * shape.gap) / 2);
}

function takeNearest(resting: RestingQuote[], wanted: Quote, within: number): boolean {
  const distance = (quote: RestingQuote): number => Math.abs(quote.ticks - wanted.ticks);
  const near = resting.filter((quote) => quote.side === wanted.side && distance(quote) <= within);
  const [nearest] = near.sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined) return false;
  resting.splice(resting.indexOf(nearest), 1);
  return true;
}

/** Keeps what rests near enough to a wanted quote, cancels everything else and places what is missing. */
export function changeTo(
  wanted: readonly Quote[],
  resting: readonly RestingQuote[],
  fairTicks: number,
  shape: LadderShape,
): Change {
  const within = tolerance(fairTicks, shape);
  const cancel = [...resting];
  const place = wanted.filter((quote) => !takeNearest(cancel, quote, within));
  return { cancel, place };
}
