/** Seconds on the wall, and of processor time: the second leaves out the time in which the machine did something else. */
export type Spent = { readonly seconds: number; readonly cpuSeconds: number };

const MS_PER_SECOND = 1_000;
const US_PER_SECOND = 1_000_000;

/** Processor time is that of all threads: an engine that compiles and collects garbage beside the work is charged for it. */
export function spentOn(work: () => void): Spent {
  const cpuBegan = process.cpuUsage();
  const began = performance.now();
  work();
  const seconds = (performance.now() - began) / MS_PER_SECOND;
  const { user, system } = process.cpuUsage(cpuBegan);
  return { seconds, cpuSeconds: (user + system) / US_PER_SECOND };
}
