import { hash } from 'node:crypto';

export interface StoredRecord {
  readonly firstSeq: number;
  readonly count: number;
  readonly body: Uint8Array;
}

/** A store of batches. `append` resolves when the batch is on the disk. */
export interface Contestant {
  append(batch: StoredRecord): Promise<void>;
  /** Bodies in order, each checked against its place in the chain. Returns the number of records. */
  readAll(): Promise<number>;
  close(): Promise<void>;
}

export interface Entrant {
  readonly name: string;
  open(directory: string): Promise<Contestant>;
}

/** The chain that the journal keeps, for stores that do not: SHA-256 over the hash before, the numbers and the body. */
export class Chain {
  private head = Buffer.alloc(32);

  /** The bytes to store: hash, count, body. */
  seal(batch: StoredRecord): Buffer {
    const bytes = Buffer.allocUnsafe(PREFIX_BYTES + batch.body.length);
    this.head.copy(bytes, 0);
    bytes.writeUInt32LE(batch.count, 32);
    bytes.set(batch.body, PREFIX_BYTES);
    this.head = Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
    this.head.copy(bytes, 0);
    return bytes;
  }

  /** Returns the number of records. */
  verify(bytes: Buffer): number {
    const stored = bytes.toString('latin1', 0, 32);
    const copy = Buffer.from(bytes);
    this.head.copy(copy, 0);
    const computed = hash('sha256', copy, 'binary');
    if (computed !== stored) throw new Error('the chain does not verify');
    this.head = Buffer.from(computed, 'latin1');
    return bytes.readUInt32LE(32);
  }
}

const PREFIX_BYTES = 36;

/** Commits one group at a time; what arrives meanwhile forms the next. */
export class Grouped {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly commit: (entries: readonly Entry[]) => Promise<void> | void) {}

  append(key: number, bytes: Buffer): Promise<void> {
    const done = new Promise<void>((resolve, reject) => this.waiting.push({ key, bytes, resolve, reject }));
    this.running ??= Promise.resolve().then(() => this.run());
    return done;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0);
      try {
        await this.commit(group);
        for (const entry of group) entry.resolve();
      } catch (error) {
        for (const entry of group) entry.reject(error);
      }
    }
    this.running = undefined;
  }
}

export interface Entry {
  readonly key: number;
  readonly bytes: Buffer;
}

interface Waiting extends Entry {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}
