// Prices side by side, and how far apart two such vectors are: the largest factor by which any price of one differs from the same
// price of the other. d(a, c) ≤ d(a, b) × d(b, c), so that a distance that is not known is bounded by two that are.

/** At least 1. The vectors are as long as each other; a price that is 0 in one is 0 in the other. */
export function distanceBetween(a: Float64Array, b: Float64Array): number {
  let farthest = 1;
  for (let place = 0; place < a.length; place += 1) {
    const one = a[place] as number;
    const other = b[place] as number;
    if (one === other) continue;
    const factor = one > other ? one / other : other / one;
    if (factor > farthest) farthest = factor;
  }
  return farthest;
}
