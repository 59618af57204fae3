// What no other tool of the ladder looks at: names that say nothing, files with more than one job, silenced checks.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAX_LINES = 500;
const SAYS_NOTHING = /^(?:utils?|helpers?|common|managers?)$/;
const SILENCED = /(?:\/\/|\/\*).*((?:biome|eslint|knip)-ignore|eslint-disable|@ts-(?:ignore|expect-error|nocheck))/;

export function sourceViolations(root: string, paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    return [...namesSayingNothing(path), ...tooLong(path, lines), ...silencedChecks(path, lines)];
  });
}

function namesSayingNothing(path: string): string[] {
  return path
    .split(/[/.]/)
    .filter((part) => SAYS_NOTHING.test(part))
    .map((part) => `${path}: '${part}' does not say what is in it`);
}

function tooLong(path: string, lines: readonly string[]): string[] {
  const count = lines.length - 1;
  return count > MAX_LINES ? [`${path}: ${count} lines; a file has one job and at most ${MAX_LINES}`] : [];
}

function silencedChecks(path: string, lines: readonly string[]): string[] {
  return lines.flatMap((line, at) => {
    const silenced = SILENCED.exec(line)?.[1];
    return silenced === undefined ? [] : [`${path}:${at + 1}: '${silenced}' silences a check`];
  });
}
