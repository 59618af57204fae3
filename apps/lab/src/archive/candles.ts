// Candles out of archives that were downloaded: one zipped table a day, without or with names of columns.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Candle } from '../prices/candle.js';
import type { ArchivePlan } from '../scenario/scenario.js';
import { archivePath } from './plan.js';
import { unzipOne } from './zip.js';

/** Some of their tables count microseconds. */
const LATEST_MS = 1e14;

function candleOf(line: string): Candle[] {
  const [opened = 0, open = 0, high = 0, low = 0, close = 0] = line.split(',').map(Number);
  if (Number.isNaN(opened) || opened === 0) return [];
  return [{ openMs: opened > LATEST_MS ? opened / 1000 : opened, open, high, low, close }];
}

/** Undefined when a day is not there. */
export function archivedCandles(
  folder: string,
  plan: ArchivePlan,
  symbol: string,
  days: readonly string[],
): Candle[] | undefined {
  const files = days.map((day) => join(folder, archivePath(plan, symbol, day)));
  if (!files.every((file) => existsSync(file))) return undefined;
  return files.flatMap((file) => unzipOne(readFileSync(file)).toString('utf8').split('\n').flatMap(candleOf));
}
