// The history made anew from the whole log, and compared with the one that is there.
import { createState } from '@glasshouse/core';
import { type DatabaseSettings, HistoryWriter, Projection, type TableDifference } from '@glasshouse/history';
import { readBatches } from '@glasshouse/journal';
import { applyBatch } from './follower.js';

export type RebuildRequest = {
  readonly directory: string;
  readonly database: DatabaseSettings;
  readonly onProgress?: ((commands: number) => void) | undefined;
};

export type RebuildReport = { readonly seq: number; readonly seconds: number };

export type HistoryVerdict = RebuildReport & { readonly tables: readonly TableDifference[] };

const MOST_ROWS = 20_000;
const MS_PER_SECOND = 1_000;
/** Where the history is made anew beside the one that it is compared with. */
const CHECK_SCHEMA = 'glasshouse_check';

/** Into empty tables. */
async function build(writer: HistoryWriter, untilSeq: number, { directory, onProgress }: RebuildRequest) {
  const startMs = performance.now();
  const projection = await Projection.at(writer.database);
  const state = createState();
  let storedSeq = 0;
  const store = async (): Promise<void> => {
    if (state.nextSeq === storedSeq) return;
    await writer.write(projection.pending, { fromSeq: storedSeq, toSeq: state.nextSeq, timeUs: state.timeUs });
    projection.clear();
    storedSeq = state.nextSeq;
    onProgress?.(storedSeq);
  };
  for await (const batch of readBatches(directory)) {
    if (state.nextSeq >= untilSeq) break;
    applyBatch(state, projection, batch, 0);
    if (projection.size >= MOST_ROWS) await store();
  }
  await store();
  return { seq: storedSeq, seconds: (performance.now() - startMs) / MS_PER_SECOND };
}

/** Throws HistoryHasWriter while an exchange writes it. */
export async function rebuildHistory(request: RebuildRequest): Promise<RebuildReport> {
  const writer = await HistoryWriter.open(request.database, 'anew');
  try {
    return await build(writer, Number.POSITIVE_INFINITY, request);
  } finally {
    await writer.close();
  }
}

/** Makes it a second time, up to the same request, and looks for rows that only one of the two has. */
export async function verifyHistory(request: RebuildRequest): Promise<HistoryVerdict> {
  const kept = await HistoryWriter.open(request.database);
  try {
    const made = await HistoryWriter.open({ ...request.database, schema: CHECK_SCHEMA }, 'anew');
    try {
      const report = await build(made, await kept.nextSeq(), request);
      return { ...report, tables: await kept.compareWith(CHECK_SCHEMA) };
    } finally {
      await made.removeTables();
      await made.close();
    }
  } finally {
    await kept.close();
  }
}
