// Samples of a vault's net asset value: each holds until the next, the last until now.
import type { NavSample } from '../state/vaults.js';

const US_PER_MS = 1000;

/** Mean over the window that ends now, summed as differences so that the mean of equals is what they are, or over as much of it as there are samples for; undefined without any. */
export function twapOf(samples: readonly NavSample[], nowUs: number, windowMs: number): number | undefined {
  const fromUs = nowUs - windowMs * US_PER_MS;
  const last = samples.at(-1)?.nav;
  if (last === undefined) return undefined;
  let apart = 0;
  let lasted = 0;
  samples.forEach(({ timeUs, nav }, place) => {
    const untilUs = samples[place + 1]?.timeUs ?? nowUs;
    const within = Math.max(0, untilUs - Math.max(timeUs, fromUs));
    apart += (nav - last) * within;
    lasted += within;
  });
  return lasted > 0 ? last + apart / lasted : last;
}

/** Without those that have no part in the window any more. */
export function withinWindow(samples: readonly NavSample[], nowUs: number, windowMs: number): NavSample[] {
  const fromUs = nowUs - windowMs * US_PER_MS;
  return samples.filter((_, place) => (samples[place + 1]?.timeUs ?? nowUs) > fromUs);
}
