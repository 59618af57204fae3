import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Batch, openJournal, readBatches } from '@glasshouse/journal';
import { Chain, type Contestant, type Entrant, type Entry, Grouped, type StoredRecord } from './contestant.js';
import { installPeers, type Peers } from './peers.js';

export async function journalContestants(withPeers: boolean): Promise<Entrant[]> {
  const own: Entrant[] = [
    { name: 'journal', open: openOwn },
    { name: 'growing file', open: openGrowingFile },
  ];
  if (!withPeers) return own;
  const peers = await installPeers();
  return [
    ...own,
    { name: `lmdb ${peers.versions.lmdb}`, open: (directory) => openLmdb(peers, directory) },
    { name: `classic-level ${peers.versions['classic-level']}`, open: (directory) => openLevel(peers, directory) },
    { name: `SQLite (libsql ${peers.versions.libsql})`, open: (directory) => openSqlite(peers, directory) },
  ];
}

async function openOwn(directory: string): Promise<Contestant> {
  const { journal } = await openJournal(directory);
  return {
    async append({ count, body }) {
      const { nextSeq: firstSeq, lastTimeUs: timeUs } = journal;
      const batch: Batch = { firstSeq, timeUs, count, body };
      await journal.append(batch);
    },
    async readAll() {
      let records = 0;
      for await (const batch of readBatches(directory)) records += batch.count;
      return records;
    },
    close: () => journal.close(),
  };
}

/** What a log is without pre-allocation: each sync must also record the file's new length. */
async function openGrowingFile(directory: string): Promise<Contestant> {
  const path = join(directory, 'log');
  const handle = await open(path, 'a');
  const grouped = new Grouped(async (entries) => {
    await handle.writev(entries.flatMap(({ bytes }) => [lengthOf(bytes), bytes]));
    await handle.datasync();
  });
  return { ...sealed(grouped), readAll: () => readGrowingFile(path), close: () => handle.close() };
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(bytes.length);
  return length;
}

async function readGrowingFile(path: string): Promise<number> {
  const chain = new Chain();
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  let records = 0;
  for (let at = 0, chunk = Buffer.alloc(0); at < size; ) {
    if (chunk.length < 4 || chunk.length < 4 + chunk.readUInt32LE(0)) {
      chunk = Buffer.allocUnsafeSlow(Math.min(1024 * 1024, size - at));
      await handle.read(chunk, 0, chunk.length, at);
    }
    const end = 4 + chunk.readUInt32LE(0);
    records += chain.verify(chunk.subarray(4, end));
    chunk = chunk.subarray(end);
    at += end;
  }
  await handle.close();
  return records;
}

function sealed(grouped: Grouped): Pick<Contestant, 'append'> {
  const chain = new Chain();
  return { append: (batch: StoredRecord) => grouped.append(batch.firstSeq, chain.seal(batch)) };
}

async function openLmdb({ lmdb }: Peers, directory: string): Promise<Contestant> {
  const store = lmdb.open({ path: join(directory, 'lmdb'), encoding: 'binary', keyEncoding: 'uint32' });
  const chain = new Chain();
  return {
    async append(batch) {
      await store.put(batch.firstSeq, chain.seal(batch));
      await store.flushed;
    },
    async readAll() {
      const reading = new Chain();
      let records = 0;
      for (const { value } of store.getRange({})) records += reading.verify(value);
      return records;
    },
    close: () => store.close(),
  };
}

async function openLevel({ ClassicLevel }: Peers, directory: string): Promise<Contestant> {
  const store = new ClassicLevel(join(directory, 'level'), { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await store.open();
  const commit = (entries: readonly Entry[]): Promise<void> =>
    store.batch(
      entries.map(({ key, bytes }) => ({ type: 'put', key: orderedKey(key), value: bytes })),
      { sync: true },
    );
  return {
    ...sealed(new Grouped(commit)),
    async readAll() {
      const chain = new Chain();
      let records = 0;
      for await (const value of store.values()) records += chain.verify(value);
      return records;
    },
    close: () => store.close(),
  };
}

function orderedKey(key: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(0, 0);
  bytes.writeUInt32BE(key, 4);
  return bytes;
}

async function openSqlite({ Database }: Peers, directory: string): Promise<Contestant> {
  const store = new Database(join(directory, 'sqlite.db'));
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  store.exec('CREATE TABLE IF NOT EXISTS batches (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
  const insert = store.prepare('INSERT INTO batches VALUES (?, ?)');
  const commit = store.transaction((entries: readonly Entry[]) => {
    for (const { key, bytes } of entries) insert.run(key, bytes);
  });
  return {
    ...sealed(new Grouped(commit)),
    async readAll() {
      const chain = new Chain();
      let records = 0;
      for (const { bytes } of store.prepare('SELECT bytes FROM batches ORDER BY seq').iterate()) {
        records += chain.verify(Buffer.from(bytes));
      }
      return records;
    },
    close: async () => void store.close(),
  };
}
