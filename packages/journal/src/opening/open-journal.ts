import { ensureFolder, explain, segmentsFolder } from '../files/folder.js';
import { lockFolder } from '../files/folder-lock.js';
import { diskStorage, type SegmentStorage } from '../files/segment-storage.js';
import { SALT_BYTES } from '../format/limits.js';
import { FIRST_ORDINAL } from '../reading/segment-head.js';
import type { LogTail } from '../reading/walk-log.js';
import type { Journal, JournalOptions, RecoveryReport } from '../types.js';
import { FileJournal } from '../writing/file-journal.js';
import { LogWriter, type WritePlace } from '../writing/log-writer.js';
import { SegmentStock } from '../writing/segment-stock.js';
import { recover } from './recover.js';
import { settingsFrom } from './settings.js';

export interface OpenedJournal {
  readonly journal: Journal;
  readonly recovery: RecoveryReport;
}

export interface OpenOptions extends JournalOptions {
  /** For tests that need a disk to fail on order. */
  readonly storage?: SegmentStorage;
}

/** Makes the folder if need be. The caller is its only writer until `close`, or until its process ends. */
export async function openJournal(directory: string, options: OpenOptions = {}): Promise<OpenedJournal> {
  const settings = settingsFrom(options);
  const storage = options.storage ?? diskStorage;
  await ensureFolder(segmentsFolder(directory));
  const lock = await lockFolder(directory);
  try {
    const { walk, recovery } = await recover(directory, settings, storage);
    const stock = new SegmentStock(directory, settings.segmentBytes, storage);
    const writer = new LogWriter(
      { ...settings, directory, storage, stock },
      placeAfter(walk.end.tail, settings),
      walk.chain,
    );
    await explain('cannot open the journal for writing', writer.openPlace());
    return { journal: new FileJournal({ ...settings, start: walk.chain, writer, stock, lock }), recovery };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function placeAfter(tail: LogTail | undefined, { segmentBytes }: { readonly segmentBytes: number }): WritePlace {
  if (tail === undefined) {
    return { ordinal: FIRST_ORDINAL, position: 0, capacity: segmentBytes, salt: Buffer.alloc(SALT_BYTES) };
  }
  const { file, head, position } = tail;
  return { ordinal: file.ordinal, position, capacity: file.bytes, salt: head.salt };
}
