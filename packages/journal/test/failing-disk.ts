// A disk that fails on order, in front of the real one.

import { diskStorage, type SegmentStorage } from '../src/index.js';

export interface DiskFault {
  readonly code: string;
  /** How much of the write still reaches the file; a failed sync leaves all of it in the kernel's memory. */
  readonly written: 'nothing' | 'half' | 'all';
}

export class FailingDisk implements SegmentStorage {
  writes = 0;
  prepared = 0;
  /** Consulted for every write, with its number from 1. */
  onWrite: (write: number) => DiskFault | undefined = () => undefined;
  onPrepare: (preparation: number) => string | undefined = () => undefined;

  async prepare(path: string, bytes: number): Promise<void> {
    const code = this.onPrepare(++this.prepared);
    if (code !== undefined) throw systemError(code);
    await diskStorage.prepare(path, bytes);
  }

  async open(path: string): ReturnType<SegmentStorage['open']> {
    const writer = await diskStorage.open(path);
    return {
      close: () => writer.close(),
      write: async (bytes, position) => {
        const fault = this.onWrite(++this.writes);
        const share = { nothing: 0, half: 0.5, all: 1 }[fault?.written ?? 'all'];
        await writer.write(bytes.subarray(0, Math.floor(bytes.length * share)), position);
        if (fault !== undefined) throw systemError(fault.code);
      },
    };
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: ordered by the test`), { code });
}
