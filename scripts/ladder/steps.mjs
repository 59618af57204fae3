// What `npm test` climbs, cheapest rung first. Each step is a program of this repository and its arguments.

/**
 * @typedef {{
 *   name: string,
 *   args: string[],
 *   env?: Record<string, string>,
 *   node?: string,
 *   suite?: string,
 * }} Step `args` follow the Node binary; a `suite` is a vitest run that reports under that name.
 */

const bin = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  tsx: 'node_modules/tsx/dist/cli.mjs',
  knip: 'node_modules/knip/bin/knip.js',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/** Where the same input must give the same bytes on every Node, and what stands on the operating system. */
const ON_EVERY_NODE = ['packages/', 'golden'];

/** @type {Step[]} */
export const CHECKS = [
  { name: 'format and lint', args: [bin.biome, 'check', '--error-on-warnings', '.'] },
  { name: 'house rules', args: [bin.tsx, 'scripts/lint/house.ts'] },
  { name: 'types of the tests', args: [bin.tsc, '-p', 'tsconfig.test.json'] },
  { name: 'dead code', args: [bin.knip, '--no-config-hints'] },
];

/**
 * @param {readonly string[]} filters
 * @returns {Step}
 */
export function testSuite(filters) {
  return { name: `tests on Node ${process.versions.node}`, suite: 'this-node', args: [bin.vitest, 'run', ...filters] };
}

/**
 * @param {string} node
 * @returns {Step}
 */
export function newestLtsSuite(node) {
  return { name: 'tests on the newest LTS', node, suite: 'newest-lts', args: [bin.vitest, 'run', ...ON_EVERY_NODE] };
}

/** @type {Step} */
export const BENCH_SMOKE = { name: 'benchmarks, smallest size', args: ['scripts/ladder/bench-smoke.mjs'] };
