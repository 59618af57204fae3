import { type FileHandle, open } from 'node:fs/promises';
import { explain } from './folder.js';

/** Bytes `from … to` of a file; fewer where the file ends earlier. */
export async function readSpan(path: string, from: number, to: number): Promise<Buffer> {
  const handle = await explain(`cannot open ${path}`, open(path, 'r'));
  try {
    const { size } = await explain(`cannot look at ${path}`, handle.stat());
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(to, size) - from));
    return buffer.subarray(0, await readFully(handle, path, buffer, from));
  } finally {
    await handle.close();
  }
}

/** A read may return fewer bytes than asked for before the file ends. Returns how many there were. */
export async function readFully(handle: FileHandle, path: string, target: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const read = handle.read(target, filled, target.length - filled, position + filled);
    const { bytesRead } = await explain(`cannot read ${path} at byte ${position + filled}`, read);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
