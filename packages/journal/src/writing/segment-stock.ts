// Keeps the next segment ready, so that appends do not wait for zeros to be written.

import { assert } from '@glasshouse/units';
import { listSegments, segmentPath } from '../files/folder.js';
import type { SegmentStorage } from '../files/segment-storage.js';
import { readHead } from '../reading/segment-head.js';

export class SegmentStock {
  private readonly preparing = new Map<number, Promise<void>>();

  constructor(
    private readonly directory: string,
    private readonly segmentBytes: number,
    private readonly storage: SegmentStorage,
  ) {}

  /** Resolves when the segment can be written. A failure is forgotten: the next call tries again. */
  ready(ordinal: number): Promise<void> {
    const known = this.preparing.get(ordinal);
    if (known !== undefined) return known;
    const work = this.prepare(ordinal);
    this.preparing.set(ordinal, work);
    work.catch(() => this.preparing.delete(ordinal));
    return work;
  }

  async settle(): Promise<void> {
    await Promise.allSettled(this.preparing.values());
  }

  private async prepare(ordinal: number): Promise<void> {
    const file = (await listSegments(this.directory)).find((candidate) => candidate.ordinal === ordinal);
    // Preparing replaces the file. Nothing that was ever written to may be replaced.
    if (file !== undefined)
      assert((await readHead(file)) === 'blank', 'a segment is prepared before it begins', { ordinal });
    if (file?.bytes === this.segmentBytes) return;
    await this.storage.prepare(segmentPath(this.directory, ordinal), this.segmentBytes);
  }
}
