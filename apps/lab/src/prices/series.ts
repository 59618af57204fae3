// A price that is known over stretches of time: candles of one venue and symbol.
import { type Candle, priceWithin } from './candle.js';

/** Undefined where nothing was recorded. */
export type PriceOverTime = (timeMs: number) => number | undefined;

/** A candle is missing when nothing was traded: for so many of them the last price still stands. */
const HELD = 5;

/** The usual distance between candles: the shortest. */
function lengthOf(candles: readonly Candle[]): number {
  let length = Number.POSITIVE_INFINITY;
  for (const [place, candle] of candles.entries()) {
    const next = candles[place + 1];
    if (next !== undefined) length = Math.min(length, next.openMs - candle.openMs);
  }
  return length;
}

/** The last candle that has opened by then. */
function lastOpened(candles: readonly Candle[], timeMs: number): Candle | undefined {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candles[middle] as Candle).openMs <= timeMs) low = middle + 1;
    else high = middle;
  }
  return candles[low - 1];
}

export function candlePrices(candles: readonly Candle[]): PriceOverTime {
  const sorted = candles.toSorted((a, b) => a.openMs - b.openMs);
  const lengthMs = lengthOf(sorted);
  return (timeMs) => {
    const candle = lastOpened(sorted, timeMs);
    if (candle === undefined || timeMs >= candle.openMs + (1 + HELD) * lengthMs) return undefined;
    return priceWithin(candle, Math.min(1, (timeMs - candle.openMs) / lengthMs));
  };
}

/** Straight lines between [milliseconds, price]. */
export function linePrices(points: readonly (readonly [number, number])[]): PriceOverTime {
  return (timeMs) => {
    const next = points.findIndex(([at]) => at > timeMs);
    if (next === -1) return points.at(-1)?.[1];
    const [fromMs, from] = points[Math.max(0, next - 1)] as readonly [number, number];
    const [toMs, to] = points[next] as readonly [number, number];
    return timeMs <= fromMs ? from : from + ((to - from) * (timeMs - fromMs)) / (toMs - fromMs);
  };
}
