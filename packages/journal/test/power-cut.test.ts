// A power cut as disks have it: every sync that returned is kept; of the write in flight any set of sectors is.

import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diskStorage, openJournal, type SegmentStorage, verifyChain } from '../src/index.js';
import { append, bodiesIn, bodyOf, hex, overwrite, temporaryFolder } from './kit.js';

const SECTOR_BYTES = 512;
const RUNS = Number(process.env['GLASSHOUSE_POWER_CUTS'] ?? 60);

/** Loses power in the middle of one write: some of its sectors arrive, and nothing is ever written again. */
class CuttingDisk implements SegmentStorage {
  readonly prepare = diskStorage.prepare;
  private writes = 0;

  constructor(
    private readonly cutAt: number,
    private readonly keepsSector: (sector: number) => boolean,
  ) {}

  async open(path: string): ReturnType<SegmentStorage['open']> {
    const writer = await diskStorage.open(path);
    return {
      close: () => writer.close(),
      write: async (bytes, position) => {
        if (++this.writes < this.cutAt) return writer.write(bytes, position);
        if (this.writes === this.cutAt) await this.writeSome(path, bytes, position);
        throw new Error('the power is gone');
      },
    };
  }

  private async writeSome(path: string, bytes: Uint8Array, position: number): Promise<void> {
    const before = await readFile(path);
    before.set(bytes, position);
    for (let at = position; at < position + bytes.length; ) {
      const next = at + SECTOR_BYTES - (at % SECTOR_BYTES);
      const end = Math.min(next, position + bytes.length);
      if (this.keepsSector(Math.floor(at / SECTOR_BYTES))) await overwrite(path, at, before.subarray(at, end));
      at = next;
    }
  }
}

const plan = fc.record({
  bodyLengths: fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 1, maxLength: 25 }),
  inFlight: fc.integer({ min: 1, max: 5 }),
  cutAt: fc.integer({ min: 1, max: 25 }),
  keptSectors: fc.array(fc.boolean(), { minLength: 1, maxLength: 16 }),
});

test('after a power cut at any write, with any of its sectors lost, every acknowledged batch is there', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ bodyLengths, inFlight, cutAt, keptSectors }) => {
      const disk = new CuttingDisk(cutAt, (sector) => keptSectors[sector % keptSectors.length] as boolean);
      const directory = await temporaryFolder();
      const bodies = bodyLengths.map((length, at) => bodyOf(length, at + 1));
      const acknowledged = await appendUntilCut(directory, disk, bodies, inFlight);
      const { journal, recovery } = await openJournal(directory, { segmentBytes: 4096 });
      expect(recovery.nextSeq).toBeGreaterThanOrEqual(acknowledged);
      await append(journal, bodyOf(33, 99));
      await journal.close();
      const kept = bodies.slice(0, recovery.nextSeq).map(hex);
      expect(await bodiesIn(directory)).toEqual([...kept, hex(bodyOf(33, 99))]);
      expect((await verifyChain(directory)).tail).toBe('sealed');
    }),
    { numRuns: RUNS },
  );
});

/** How many batches were acknowledged when the power went, or when everything was written. */
async function appendUntilCut(
  directory: string,
  disk: CuttingDisk,
  bodies: readonly Uint8Array[],
  inFlight: number,
): Promise<number> {
  const { journal } = await openJournal(directory, { segmentBytes: 4096, storage: disk });
  let next = 0;
  let acknowledged = 0;
  const lane = async (): Promise<void> => {
    while (next < bodies.length) {
      await append(journal, bodies[next++] as Uint8Array);
      acknowledged++;
    }
  };
  await Promise.allSettled(Array.from({ length: inFlight }, lane));
  await journal.close().catch(() => undefined);
  return acknowledged;
}
