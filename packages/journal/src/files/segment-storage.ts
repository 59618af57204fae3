// The only place that writes segment bytes. A port, because disks fail in ways that a test must be able to order.

import { close, constants, fdatasync, open, write } from 'node:fs';
import { open as openHandle, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, unfinished } from './folder.js';

export interface SegmentWriter {
  /** Resolves when the bytes are durable. After a rejection nothing is known about them. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

export interface SegmentStorage {
  /** Makes `path` durably exist with that many zero bytes, or leaves nothing under that name. */
  prepare(path: string, bytes: number): Promise<void>;
  open(path: string): Promise<SegmentWriter>;
}

const ZERO_CHUNK = Buffer.alloc(1024 * 1024);

/**
 * On Linux O_DSYNC makes each write its own fdatasync: one trip through the thread pool instead of two, which
 * halves what a busy event loop adds to the latency. Elsewhere an explicit fdatasync follows (on macOS it is the
 * one that reaches the platter).
 */
const SYNC_ON_WRITE = process.platform === 'linux';

export const diskStorage: SegmentStorage = {
  async prepare(path, bytes) {
    const draft = unfinished(path);
    try {
      await writeZeros(draft, bytes);
      await rename(draft, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
  },
  async open(path) {
    return new DiskSegmentWriter(await openForWriting(path));
  },
};

/** Real zeros, not a hole: writing into them later changes no metadata, so a sync has only data to flush. */
async function writeZeros(path: string, bytes: number): Promise<void> {
  const handle = await openHandle(path, 'w');
  try {
    for (let at = 0; at < bytes; ) {
      const { bytesWritten } = await handle.write(ZERO_CHUNK, 0, Math.min(ZERO_CHUNK.length, bytes - at), at);
      at += bytesWritten;
      // Small steps: one large flush would hold up the syncs of the segment that is being written meanwhile.
      await handle.datasync();
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function openForWriting(path: string): Promise<number> {
  const flags = SYNC_ON_WRITE ? constants.O_RDWR | constants.O_DSYNC : constants.O_RDWR;
  return new Promise((resolve, reject) => open(path, flags, (error, fd) => (error ? reject(error) : resolve(fd))));
}

class DiskSegmentWriter implements SegmentWriter {
  constructor(private readonly fd: number) {}

  write(bytes: Uint8Array, position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null): void => (error ? reject(error) : resolve());
      this.writeFrom(bytes, 0, position, (error) => {
        if (error || SYNC_ON_WRITE) settle(error);
        else fdatasync(this.fd, settle);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => close(this.fd, (error) => (error ? reject(error) : resolve())));
  }

  /** A write may take fewer bytes than offered; the rest follows. */
  private writeFrom(bytes: Uint8Array, from: number, position: number, done: (error: Error | null) => void): void {
    write(this.fd, bytes, from, bytes.length - from, position + from, (error, written) => {
      if (error || from + written >= bytes.length) done(error);
      else this.writeFrom(bytes, from + written, position, done);
    });
  }
}
