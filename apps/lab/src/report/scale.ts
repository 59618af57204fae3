// Axes: where a value stands, and which round values are marked.

export type Scale = { readonly at: (value: number) => number; readonly ticks: readonly number[] };

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The smallest round step that makes at most `count` of the span. */
function roundStep(span: number, count: number): number {
  const rough = span / count;
  let magnitude = 1;
  while (magnitude * 10 <= rough) magnitude *= 10;
  while (magnitude > rough) magnitude /= 10;
  return (STEPS.find((step) => step * magnitude >= rough) ?? 10) * magnitude;
}

/** From `least` to `most`, widened to whole steps; `from` and `to` are where they are drawn. */
export function roundScale(least: number, most: number, from: number, to: number): Scale {
  const step = roundStep(most > least ? most - least : Math.abs(most) || 1, 4);
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(most / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
  return { at: (value) => from + ((to - from) * (value / step - first)) / (last - first), ticks };
}

const MINUTE_MS = 60_000;
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880].map((minutes) => minutes * MINUTE_MS);

/** Marks at round times of day. */
export function timeScale(leastMs: number, mostMs: number, from: number, to: number): Scale {
  const span = Math.max(1, mostMs - leastMs);
  const step = TIME_STEPS.find((each) => span / each <= 6) ?? Math.ceil(span / 6);
  const ticks: number[] = [];
  for (let tick = Math.ceil(leastMs / step) * step; tick <= mostMs; tick += step) ticks.push(tick);
  return { at: (value) => from + ((to - from) * (value - leastMs)) / span, ticks };
}
