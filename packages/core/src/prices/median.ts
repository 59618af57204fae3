export function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The middle one, or the mean of the middle two; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  const middle = sorted[upper] ?? 0;
  return sorted.length % 2 === 1 || upper === 0 ? middle : ((sorted[upper - 1] as number) + middle) / 2;
}
