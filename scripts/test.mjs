// `npm test`: installs and builds what is missing, then climbs the whole ladder and counts.
// `npm test -- FILTER…`: only the tests whose path contains a filter (vitest's own options pass too), on this Node only.

import { makeReady } from './bootstrap/ready.mjs';
import { outcomeLines, runStep } from './ladder/run-step.mjs';
import { BENCH_SMOKE, CHECKS, newestLtsSuite, testSuite } from './ladder/steps.mjs';
import { newestLtsBinary } from './newest-lts/binary.mjs';

await makeReady();
const filters = process.argv.slice(2);
const outcomes = filters.length > 0 ? [await runStep(testSuite(filters))] : await climb();

console.log(['', ...outcomes.flatMap(outcomeLines)].join('\n'));
const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
  outcomes.reduce((total, each) => total + each[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;

async function climb() {
  const newest = await newestLts();
  const outcomes = [];
  for (const step of [...CHECKS, testSuite([])]) outcomes.push(await runStep(step));
  outcomes.push(...(await newest()), await runStep(BENCH_SMOKE));
  return outcomes;
}

/** Installs the newest LTS before anything else, because one test on this Node compares with it; gives the second run. */
async function newestLts() {
  try {
    const node = await newestLtsBinary();
    if (node !== undefined) return async () => [await runStep(newestLtsSuite(node))];
    console.log('no newer LTS binary for this platform: the second run is left out');
    return async () => [];
  } catch (error) {
    console.error(error);
    return async () => [{ name: 'installing the newest LTS', ok: false, passed: 0, failed: 1, skipped: 0, seconds: 0 }];
  }
}
