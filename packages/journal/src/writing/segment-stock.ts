// Keeps the next segment ready, so that appends do not wait for zeros to be written.

import { assert } from '@glasshouse/units';
import { findSegment, segmentOrdinals, segmentPath } from '../files/folder.js';
import type { SegmentStorage } from '../files/segment-storage.js';
import { readHead } from '../reading/segment-head.js';

export class SegmentStock {
  private preparing: { readonly ordinal: number; readonly work: Promise<void> } | undefined;

  constructor(
    private readonly directory: string,
    private readonly segmentBytes: number,
    private readonly storage: SegmentStorage,
  ) {}

  /** Resolves when the segment can be written. A failure is forgotten: the next call tries again. */
  ready(ordinal: number): Promise<void> {
    if (this.preparing?.ordinal === ordinal) return this.preparing.work;
    const work = this.prepare(ordinal);
    this.preparing = { ordinal, work };
    work.catch(() => {
      this.preparing = undefined;
    });
    return work;
  }

  async settle(): Promise<void> {
    await this.preparing?.work.catch(() => undefined);
  }

  private async prepare(ordinal: number): Promise<void> {
    const [existing] = await segmentOrdinals(this.directory, ordinal);
    if (existing === ordinal && (await this.isPrepared(ordinal))) return;
    await this.storage.prepare(segmentPath(this.directory, ordinal), this.segmentBytes);
  }

  /** False for one of another size. Preparing replaces the file, so nothing that was ever written to may get here. */
  private async isPrepared(ordinal: number): Promise<boolean> {
    const file = await findSegment(this.directory, ordinal);
    assert((await readHead(file)) === 'blank', 'a segment is prepared before it begins', { ordinal });
    return file.bytes === this.segmentBytes;
  }
}
