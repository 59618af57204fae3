// The snapshots in a data folder as claims about the log: "after request n the state had this hash".
import { listSnapshots, readNewestValidSnapshot, type StoredBatch } from '@glasshouse/journal';

type Claim = { readonly stateHash: string; readonly headHash: Uint8Array; readonly timeUs: number };

export class StoredSnapshots {
  compared = 0;
  /** Files that cannot be read, and why. */
  readonly unreadable: { readonly seq: number; readonly what: string }[] = [];
  private readonly claims = new Map<number, Claim>();

  static async of(directory: string): Promise<StoredSnapshots> {
    const stored = new StoredSnapshots();
    for (const { seq, file } of await listSnapshots(directory)) {
      const { snapshot, skipped } = await readNewestValidSnapshot(directory, { maxSeq: seq });
      if (snapshot?.seq === seq)
        stored.keep(seq, { ...snapshot, stateHash: Buffer.from(snapshot.stateHash).toString('hex') });
      else stored.unreadable.push({ seq, what: `${file} cannot be read: ${skipped[0]?.reason ?? 'it is gone'}` });
    }
    return stored;
  }

  private keep(seq: number, { stateHash, headHash, timeUs }: Claim): void {
    this.claims.set(seq, { stateHash, headHash, timeUs });
  }

  /** What a snapshot taken right after this batch says wrongly, if anything. */
  contradiction({ firstSeq, count, hash, timeUs }: StoredBatch, stateHash: () => string): string | undefined {
    const seq = firstSeq + count;
    const claim = this.claims.get(seq);
    if (claim === undefined) return undefined;
    this.claims.delete(seq);
    this.compared += 1;
    const found = stateHash();
    if (claim.stateHash !== found) return `a snapshot says state hash ${claim.stateHash}, the replay ${found}`;
    if (Buffer.compare(claim.headHash, hash) !== 0 || claim.timeUs !== timeUs) return 'a snapshot names another batch';
    return undefined;
  }

  /** Places of snapshots that no batch of the log ended at. */
  get unmatched(): readonly number[] {
    return [...this.claims.keys()];
  }
}
