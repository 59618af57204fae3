import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../bootstrap/ready.mjs';

/**
 * @typedef {{
 *   name: string,
 *   ok: boolean,
 *   passed: number,
 *   failed: number,
 *   skipped: number,
 *   seconds: number,
 *   failures?: string[],
 * }} Outcome `failures` are what failed in a suite, each with its message.
 */

/** Of a failure's message: enough for a property's seed and counterexample. */
const MESSAGE_LENGTH = 2_000;

const REPORTS = join(ROOT, 'node_modules', '.cache', 'glasshouse', 'test-reports');

/**
 * Runs one step; a check is quiet unless it fails, a suite prints as it goes.
 * @param {import('./steps.mjs').Step} step
 * @returns {Promise<Outcome>}
 */
export async function runStep(step) {
  const start = Date.now();
  const report = step.suite === undefined ? undefined : join(REPORTS, `${step.suite}.json`);
  const ok = await execute(step, report);
  const counts = report === undefined ? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 } : countTests(report, ok);
  const outcome = { name: step.name, ok, ...counts, seconds: Math.round((Date.now() - start) / 100) / 10 };
  process.stdout.write(`${outcomeLine(outcome)}\n`);
  return outcome;
}

/** @param {Outcome} outcome */
function outcomeLine({ name, ok, passed, failed, skipped, seconds }) {
  const counts = passed + failed + skipped > 1 ? `: ${passed} passed, ${failed} failed, ${skipped} skipped` : '';
  return `${ok ? '✓' : '✗'} ${name}${counts} (${seconds} s)`;
}

/** The outcome and each failure again: a long run's end must say what failed. */
export function outcomeLines(/** @type {Outcome} */ outcome) {
  return [outcomeLine(outcome), ...(outcome.failures ?? [])];
}

/**
 * @param {import('./steps.mjs').Step} step
 * @param {string | undefined} report
 * @returns {Promise<boolean>}
 */
function execute({ args, node = process.execPath }, report) {
  if (report !== undefined) {
    mkdirSync(REPORTS, { recursive: true });
    rmSync(report, { force: true });
  }
  const reporters =
    report === undefined ? [] : ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return new Promise((resolve) => {
    const child = spawn(node, [...args, ...reporters], {
      cwd: ROOT,
      stdio: ['ignore', report ? 1 : 'pipe', report ? 2 : 'pipe'],
    });
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      child.kill(signal);
      process.exit(1);
    };
    process.once('SIGINT', end).once('SIGTERM', end);
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      process.off('SIGINT', end).off('SIGTERM', end);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

/**
 * A run that fails without a failing test (or without a report) counts as one failure: it must not look clean.
 * @param {string} report
 * @param {boolean} ok
 */
function countTests(report, ok) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const failed = ok ? numFailedTests : Math.max(1, numFailedTests);
  const failures = testResults.flatMap(failuresOf);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, failures };
}

/**
 * @param {{
 *   name: string,
 *   status: string,
 *   message: string,
 *   assertionResults: { status: string, fullName: string, failureMessages: string[] }[],
 * }} file
 * @returns {string[]}
 */
function failuresOf({ name, status, message, assertionResults }) {
  const path = relative(ROOT, name);
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0 && status === 'failed') return [`  ✗ ${path}\n${message.slice(0, MESSAGE_LENGTH)}`];
  return tests.map(
    ({ fullName, failureMessages }) =>
      `  ✗ ${path} › ${fullName}\n${failureMessages.join('\n').slice(0, MESSAGE_LENGTH)}`,
  );
}
