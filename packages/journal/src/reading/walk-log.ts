// Every whole batch of the log in order, with everything checked, and at the end the verdict on how the log ends.
// Safe beside a writer in another process: whatever looks wrong is read again before it is believed.

import { assert, type Seq } from '@glasshouse/units';
import { JournalDamaged } from '../errors.js';
import type { StoredBatch } from '../types.js';
import type { DurableReach } from './durable-reach.js';
import { firstSegment } from './find-segment.js';
import { judgeStop, MORE, type TornEnd, tornBeginning, type Verdict } from './judge-stop.js';
import { type ChainPoint, SegmentCursor } from './segment-cursor.js';
import { chainAt, FIRST_ORDINAL, GENESIS } from './segment-head.js';
import { type BegunSegment, findRemains, findSuccessor, hasBegun } from './successor.js';

export interface WalkOptions {
  /** Begins in the segment that holds this record; without it, or when that is gone, in the oldest. */
  readonly fromSeq?: number | undefined;
  /** Makes what was read durable before handing it out. Only the last segment can hold anything that is not. */
  readonly syncReads: boolean;
  /** Goes on at the end of the log, as far as this says that it is durable, until it is closed. */
  readonly reach?: DurableReach | undefined;
}

export interface LogEnd {
  readonly sealed: boolean;
  /** The segment that holds the last batch; undefined for a log that has not begun. */
  readonly tail: LogTail | undefined;
  readonly torn: TornEnd | undefined;
}

export interface LogTail extends BegunSegment {
  readonly position: number;
  /** From here to `position` lies the last write; no later record proves that it was synced. */
  readonly durablePosition: number;
}

export class LogWalk implements AsyncIterable<StoredBatch> {
  /** How far the walk has come: segments entered, and the chain after the last batch given out. */
  segments = 0;
  chain: ChainPoint = GENESIS;
  private reached: LogEnd | undefined;
  private lookedAgainAt = 0;

  constructor(
    private readonly directory: string,
    private readonly options: WalkOptions,
  ) {}

  /** Known once every batch was taken. */
  get end(): LogEnd {
    assert(this.reached !== undefined, 'the end of the log is asked for after the walk');
    return this.reached;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StoredBatch, void> {
    const { reach } = this.options;
    if (reach !== undefined && !(await reach.covers(1))) return;
    let segment = await firstSegment(this.directory, this.options.fromSeq);
    if (segment === undefined) {
      this.reached = await endBeforeBeginning(this.directory);
      return;
    }
    this.chain = chainAt(segment.head);
    while (segment !== undefined) {
      this.segments++;
      const cursor: SegmentCursor = await this.openCursor(segment);
      try {
        let verdict: Verdict = MORE;
        while (verdict.kind === 'more') {
          for (let batch = verdict.batch ?? cursor.next(); batch || !cursor.stop; batch = cursor.next()) {
            this.chain = cursor.chain;
            if (batch === undefined) await cursor.fill();
            else if (reach === undefined || (await reach.covers(cursor.chain.nextSeq))) yield batch;
            else return;
          }
          verdict = (await this.more(cursor)) ?? (await judgeStop(this.directory, segment, cursor));
        }
        if (verdict.kind === 'end') this.reached = endOf(segment, cursor, verdict.torn);
        segment = verdict.kind === 'next' ? verdict.segment : undefined;
      } finally {
        await cursor.close();
      }
    }
  }

  /** Where the log ends for now: waits, then looks again. Undefined when looking again at this place was of no use. */
  private async more(cursor: SegmentCursor): Promise<Verdict | undefined> {
    const { reach } = this.options;
    const { nextSeq } = cursor.chain;
    const isNews = reach !== undefined && (reach.durableSeq <= nextSeq || this.lookedAgainAt !== cursor.position);
    if (!isNews || !(await reach.covers(nextSeq + 1))) return undefined;
    this.lookedAgainAt = cursor.position;
    await cursor.fillLittle();
    return MORE;
  }

  private async openCursor({ file, head }: BegunSegment): Promise<SegmentCursor> {
    const syncReads = this.options.syncReads && !(await hasBegun(this.directory, file.ordinal + 1));
    return SegmentCursor.open(file.path, head.salt, this.chain, syncReads);
  }
}

function endOf(segment: BegunSegment, cursor: SegmentCursor, torn: TornEnd | undefined): LogEnd {
  const { position, durablePosition } = cursor;
  return { sealed: cursor.sealed && torn === undefined, tail: { ...segment, position, durablePosition }, torn };
}

async function endBeforeBeginning(directory: string): Promise<LogEnd> {
  const { begun, prepared } = await findSuccessor(directory, FIRST_ORDINAL - 1, GENESIS.nextSeq);
  const [remains, ...more] = await findRemains(prepared);
  const oldest = prepared[0];
  const isLater = oldest !== undefined && oldest.ordinal !== FIRST_ORDINAL;
  if (begun !== undefined || remains?.proven || more.length > 0 || isLater) {
    const path = oldest?.path ?? directory;
    throw new JournalDamaged(path, 0, 0 as Seq, 'the log has begun, but its first segment cannot be read');
  }
  return { sealed: false, tail: undefined, torn: remains && tornBeginning(remains) };
}
