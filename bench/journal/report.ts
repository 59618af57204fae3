import { machine } from '../machine.js';
import type { DamageResult } from './damage.js';
import type { Result } from './measure.js';

const thousands = (value: number): string => `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)} k`;
const milliseconds = (value: number): string => value.toFixed(2);

export function report(results: readonly Result[], rate: number): string {
  const head = ['', 'syncs/s', 'records/s', 'read rec/s', `at ${rate}/s: got`, 'p50 ms', 'p99', 'p99.9', 'max'];
  const rows = results.map((result) => [
    result.name,
    thousands(result.syncsPerSecond),
    thousands(result.recordsPerSecond),
    thousands(result.readPerSecond),
    thousands(result.openLoopPerSecond),
    ...Object.values(result.acknowledgedMs).map(milliseconds),
  ]);
  return [machine(), '', ...[head, ...rows].map(line)].join('\n');
}

function line([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell, at) => cell.padStart(at === 3 ? 18 : 12)).join('');
}

export function damageReport(results: readonly DamageResult[]): string {
  const head = ['one flipped bit', 'trials', 'reported', 'altered', 'shortened', 'harmless'];
  const rows = results.map(({ name, trials, reported, altered, shortened, harmless }) => [
    name,
    ...[trials, reported, altered, shortened, harmless].map(String),
  ]);
  return [head, ...rows]
    .map(([name = '', ...cells]) => name.padEnd(24) + cells.map((cell) => cell.padStart(12)).join(''))
    .join('\n');
}
