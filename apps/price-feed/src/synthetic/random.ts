// Chance from a seed (mulberry32), so that what is made up can be shown twice.

export type Random = {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
  /** Standard normal. */
  readonly normal: () => number;
  readonly pick: <Element>(elements: readonly [Element, ...Element[]]) => Element;
  /** Exponential with this mean: the gaps between independent arrivals. */
  readonly gap: (mean: number) => number;
};

export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (elements) => elements[Math.floor(next() * elements.length)] ?? elements[0],
    gap: (mean) => -mean * Math.log(1 - next()),
  };
}
