import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writtenExtent } from '../src/reading/written-extent.js';
import { bodyOf, temporaryFolder } from './kit.js';

const BLOCK = 4096;

test('the extent is never beyond what was written, and close to it when no block of it is zeros', async () => {
  const path = join(await temporaryFolder(), 'segment');
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 40_000 }), fc.nat({ max: 40_000 }), async (written, zeros) => {
      await writeFile(path, Buffer.concat([bodyOf(written), Buffer.alloc(zeros)]));
      const handle = await open(path, 'r');
      const extent = await writtenExtent(handle, path, written + zeros);
      await handle.close();
      expect(extent).toBeLessThanOrEqual(written);
      expect(extent).toBeGreaterThanOrEqual(Math.max(0, written - 2 * BLOCK));
    }),
  );
});
