// One candle, and the way its price went through it: the nearer extreme first, at even speed.
//   rising or flat: open → low → high → close      falling: open → high → low → close

export type Candle = {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
};

/** Price after `fraction` of the candle's time. */
export function priceWithin({ open, high, low, close }: Candle, fraction: number): number {
  const [first, second] = close >= open ? [low, high] : [high, low];
  const stops = [open, first, second, close];
  const lengths = [Math.abs(first - open), Math.abs(second - first), Math.abs(close - second)];
  let left = fraction * lengths.reduce((sum, length) => sum + length, 0);
  for (const [leg, length] of lengths.entries()) {
    const start = stops[leg] as number;
    const end = stops[leg + 1] as number;
    if (left <= length) return length === 0 ? end : start + ((end - start) * left) / length;
    left -= length;
  }
  return close;
}
