import { assert } from '@glasshouse/units';
import { MAX_BODY_BYTES, MAX_SEGMENT_BYTES } from '../format/limits.js';
import { batchRecordBytes, RECORD_HEADER_BYTES } from '../format/record.js';
import { SEGMENT_HEADER_BYTES } from '../format/segment-header.js';
import type { JournalOptions } from '../types.js';

export interface Settings {
  readonly segmentBytes: number;
  readonly maxBodyBytes: number;
  readonly maxQueuedBytes: number;
  readonly validateFrom: number | undefined;
  readonly onWarning: (warning: Error) => void;
}

const DEFAULT_SEGMENT_BYTES = 64 * 1024 * 1024;
const DEFAULT_BODY_BYTES = 8 * 1024 * 1024;
const DEFAULT_QUEUED_BYTES = 64 * 1024 * 1024;

export function settingsFrom(options: JournalOptions): Settings {
  const segmentBytes = options.segmentBytes ?? DEFAULT_SEGMENT_BYTES;
  const maxBodyBytes = options.maxBodyBytes ?? Math.min(DEFAULT_BODY_BYTES, Math.floor(segmentBytes / 2));
  const largestFirstRecord = SEGMENT_HEADER_BYTES + batchRecordBytes(maxBodyBytes) + RECORD_HEADER_BYTES;
  assert(Number.isSafeInteger(segmentBytes) && segmentBytes <= MAX_SEGMENT_BYTES, 'segmentBytes is allowed', {
    segmentBytes,
  });
  assert(maxBodyBytes <= MAX_BODY_BYTES, 'maxBodyBytes is allowed', { maxBodyBytes });
  assert(largestFirstRecord <= segmentBytes, 'the largest batch fits into a segment', { maxBodyBytes, segmentBytes });
  return {
    segmentBytes,
    maxBodyBytes,
    maxQueuedBytes: options.maxQueuedBytes ?? DEFAULT_QUEUED_BYTES,
    validateFrom: options.validateFrom,
    onWarning: options.onWarning ?? ((warning) => process.emitWarning(warning)),
  };
}
