// Which files of venues' public archives a scenario needs, where they are published and where they lie once they are here.
//   Binance: <base>/data/<product>/daily/klines/<SYMBOL>/<interval>/<SYMBOL>-<interval>-<day>.zip, and the same with .CHECKSUM
import { join } from 'node:path';
import type { ArchivePlan, RecordedSource, Scenario } from '../scenario/scenario.js';

export const BINANCE_ARCHIVE = 'https://data.binance.vision';

export type ArchiveFile = { readonly url: string; readonly path: string };

const DAY_MS = 86_400_000;
const FOLDER = 'archives/binance';

/** Every day that the scenario touches. */
export function daysOf({ from, to }: Pick<Scenario, 'from' | 'to'>): string[] {
  const days: string[] = [];
  const last = Date.parse(to);
  for (let at = Date.parse(from) - (Date.parse(from) % DAY_MS); at <= last; at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Under the data folder. */
export function archivePath({ product, interval }: ArchivePlan, symbol: string, day: string): string {
  return join(FOLDER, ...product.split('/'), `${symbol}-${interval}-${day}.zip`);
}

function archiveUrl(base: string, { product, interval }: ArchivePlan, symbol: string, day: string): string {
  return `${base}/data/${product}/daily/klines/${symbol}/${interval}/${symbol}-${interval}-${day}.zip`;
}

const isRecorded = (source: Scenario['sources'][number]): source is RecordedSource => source.kind === 'recorded';

export function archiveFiles(scenario: Scenario, base: string): ArchiveFile[] {
  return scenario.sources.filter(isRecorded).flatMap(({ archive, symbols }) =>
    archive === undefined
      ? []
      : Object.values(symbols).flatMap((symbol) =>
          daysOf(scenario).map((day) => ({
            url: archiveUrl(base, archive, symbol, day),
            path: archivePath(archive, symbol, day),
          })),
        ),
  );
}

/** Sources that no archive is known for: their tables must come from elsewhere. */
export function sourcesWithoutArchive(scenario: Scenario): RecordedSource[] {
  return scenario.sources.filter(isRecorded).filter(({ archive }) => archive === undefined);
}
