// The mean of a vault's net asset value over a window: each sample holds until the next, the last until now.
import { type Exact, exact, ZERO } from '../exact.js';

export type Sample = { readonly timeUs: number; readonly nav: number };

const US_PER_MS = 1000;

/** Undefined without a sample. */
export function meanOf(samples: readonly Sample[], nowUs: number, windowMs: number): Exact | undefined {
  const fromUs = nowUs - windowMs * US_PER_MS;
  let weighed = ZERO;
  let lasted = 0;
  samples.forEach(({ timeUs, nav }, place) => {
    const untilUs = samples[place + 1]?.timeUs ?? nowUs;
    const within = Math.max(0, untilUs - Math.max(timeUs, fromUs));
    weighed = weighed.plus(exact(nav).times(within));
    lasted += within;
  });
  if (lasted > 0) return weighed.dividedBy(lasted);
  const last = samples.at(-1);
  return last && exact(last.nav);
}

/** Without those that have no part in the window any more. */
export function samplesWithin(samples: readonly Sample[], nowUs: number, windowMs: number): readonly Sample[] {
  const fromUs = nowUs - windowMs * US_PER_MS;
  return samples.filter((_, place) => (samples[place + 1]?.timeUs ?? nowUs) > fromUs);
}
