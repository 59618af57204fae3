// A book kept from depth frames by the reference's rule: buffer, snapshot, then every frame's U is the previous u + 1.
// Pure: it is fed frames and snapshots, and says when it needs a new snapshot.
import { type BookChecksumFrame, bookChecksumText, type Depth, type DepthFrame } from '@glasshouse/api';
import crc32 from 'crc-32';
import { BookSide, type Level } from './book-side.js';

/** `needsSnapshot`: frames are being buffered until `applySnapshot` is given a recent enough one. */
export type BookState = 'needsSnapshot' | 'synced';

/** While no snapshot can be had, old frames are of no use: a snapshot recent enough to need fewer will come or none. */
const MAX_BUFFERED_FRAMES = 10_000;

export class LocalBook {
  private readonly bidSide = new BookSide('descending');
  private readonly askSide = new BookSide('ascending');
  private buffer: DepthFrame[] = [];
  private lastId = 0;
  private afterSnapshot = false;
  private synced = false;
  /** How often a frame did not follow the one before it. A snapshot older than the first frame is none: it came too early. */
  gaps = 0;

  get state(): BookState {
    return this.synced ? 'synced' : 'needsSnapshot';
  }

  /** Id of the last update that the book contains. */
  get lastUpdateId(): number {
    return this.lastId;
  }

  /** Best first. */
  bids(): readonly Level[] {
    return this.bidSide.levels();
  }

  /** Best first. */
  asks(): readonly Level[] {
    return this.askSide.levels();
  }

  bestBid(): Level | undefined {
    return this.bidSide.best();
  }

  bestAsk(): Level | undefined {
    return this.askSide.best();
  }

  /** False when the exchange's book was another one after the same update: then fetch it anew and report the fault. */
  agreesWith({ u, c }: BookChecksumFrame): boolean {
    if (!this.synced || u !== this.lastId) return true;
    return crc32.str(bookChecksumText(this.bids(), this.asks())) >>> 0 === c;
  }

  /** Takes the next frame of the stream. A gap empties nothing but asks for a new snapshot. */
  applyFrame(frame: DepthFrame): BookState {
    if (!this.synced) {
      if (this.buffer.length === MAX_BUFFERED_FRAMES) this.buffer = [];
      this.buffer.push(frame);
    } else if (frame.u > this.lastId) {
      if (this.follows(frame)) this.write(frame);
      else this.startOver([frame]);
    }
    return this.state;
  }

  /** Takes a snapshot: one older than the first buffered frame is useless, and another must be fetched. */
  applySnapshot(depth: Depth): BookState {
    const snapshotId = Number(depth.lastUpdateId);
    const frames = this.buffer.filter((frame) => frame.u > snapshotId);
    const first = frames[0];
    if (first !== undefined && first.U > snapshotId + 1) {
      this.startOver(frames);
      return this.state;
    }
    this.bidSide.reset(depth.bids);
    this.askSide.reset(depth.asks);
    this.lastId = snapshotId;
    this.buffer = [];
    this.synced = true;
    this.afterSnapshot = true;
    for (const frame of frames) this.applyFrame(frame);
    return this.state;
  }

  /** The connection was lost: what is known may be old, and frames may be missing. */
  invalidate(): void {
    this.synced = false;
    this.buffer = [];
  }

  /** Levels are absolute, so the first frame after a snapshot may begin before it. */
  private follows(frame: DepthFrame): boolean {
    return this.afterSnapshot ? frame.U <= this.lastId + 1 : frame.U === this.lastId + 1;
  }

  private write(frame: DepthFrame): void {
    for (const row of frame.b) this.bidSide.set(row);
    for (const row of frame.a) this.askSide.set(row);
    this.lastId = frame.u;
    this.afterSnapshot = false;
  }

  private startOver(buffer: DepthFrame[]): void {
    if (this.synced && !this.afterSnapshot) this.gaps += 1;
    this.synced = false;
    this.buffer = buffer;
  }
}
