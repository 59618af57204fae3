// Binance's recorded stream on a real exchange: a market maker plays it over HTTP, a follower rebuilds the book from our depth
// stream, and the two must end with the same book.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIDE } from '@glasshouse/protocol';
import type { Progress } from '../../../terminal/progress.js';
import type { Grid } from '../../grid.js';
import { equalCheck, type FlowReport, noneCheck } from '../../report.js';
import { symbolOf } from '../../venue-genesis.js';
import { type BookChange, DepthSequence } from '../depth-sequence.js';
import { readBinanceCapture } from '../events.js';
import { gridFinderOf, pairOf } from '../flow.js';
import { LevelMaker } from '../level-maker.js';
import { RecordedBook, targetsOf } from '../recorded-book.js';
import { startExchangeProcess } from './exchange-process.js';
import { Follower } from './follower.js';
import { LevelSync } from './level-sync.js';
import { MakerClient } from './maker-client.js';
import { Schedule } from './schedule.js';

export type LiveOptions = {
  /** Multiple of real speed. */
  readonly speed: number;
  /** Seconds of the recording to play; all of it by default. */
  readonly recordedSeconds?: number | undefined;
  /** Kept afterwards, for `verify`; a temporary folder without it. */
  readonly dataDirectory?: string | undefined;
  readonly progress: Progress;
};

const US_PER_SECOND = 1_000_000;
const UPDATES_PER_COMPARISON = 500;

class LiveFlow {
  readonly schedule: Schedule;
  comparisons = 0;
  comparisonsEqual = 0;
  levelChanges = 0;
  readonly #recorded = new RecordedBook();

  constructor(
    private readonly levels: LevelSync,
    private readonly follower: Follower,
    private readonly grid: Grid,
    speed: number,
  ) {
    this.schedule = new Schedule(speed);
  }

  async play(changes: readonly BookChange[], progress: Progress): Promise<void> {
    progress.start('updates', changes.length);
    for (const [place, change] of changes.entries()) {
      if (change.live) await this.schedule.due(change.timeUs);
      this.#apply(change);
      if ((place + 1) % UPDATES_PER_COMPARISON === 0) {
        await this.levels.settled();
        await this.schedule.pause(() => this.compare());
      }
      progress.at(place + 1);
    }
    await this.levels.settled();
    this.schedule.end();
    await this.compare();
    progress.stop();
  }

  #apply(change: BookChange): void {
    const targets = targetsOf(change, this.grid);
    this.levelChanges += targets.length;
    this.levels.set(targets);
    this.#recorded.apply(targets);
  }

  private async compare(): Promise<void> {
    await this.follower.caughtUp();
    this.comparisons += 1;
    if (this.follower.equals(this.#recorded)) this.comparisonsEqual += 1;
  }
}

/** The changes of the first `recordedSeconds` after the snapshot. */
function changesOf(
  events: Parameters<DepthSequence['changesOf']>[0][],
  sequence: DepthSequence,
  recordedSeconds: number,
) {
  const changes = events.flatMap((event) => sequence.changesOf(event));
  const lastUs = (changes[0]?.timeUs ?? 0) + recordedSeconds * US_PER_SECOND;
  return changes.filter(({ timeUs }) => timeUs <= lastUs);
}

function recordedSeconds(changes: readonly BookChange[]): number {
  return ((changes.at(-1)?.timeUs ?? 0) - (changes[0]?.timeUs ?? 0)) / US_PER_SECOND;
}

export async function runLiveBinance(files: readonly string[], options: LiveOptions): Promise<FlowReport> {
  const { symbol, events } = await readBinanceCapture(files);
  const pair = pairOf(symbol);
  const grid = gridFinderOf(events).grid();
  const sequence = new DepthSequence();
  const changes = changesOf([...events], sequence, options.recordedSeconds ?? Number.POSITIVE_INFINITY);
  const directory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'glasshouse-live-')));
  const exchange = await startExchangeProcess(directory, pair, grid);
  const follower = new Follower(exchange.url, symbolOf(pair), grid);
  try {
    const maker = await MakerClient.open({ ...exchange, pair, grid });
    const levels = new LevelSync(new LevelMaker(grid.maxOrderLots), maker);
    const flow = new LiveFlow(levels, follower, grid, options.speed);
    await flow.play(changes, options.progress);
    const seconds = flow.schedule.playedSeconds;
    return {
      title: `Binance ${symbol} on a running exchange at ${options.speed} times real speed`,
      figures: {
        'book updates': changes.length,
        'level changes': flow.levelChanges,
        'recorded seconds': Math.round(recordedSeconds(changes)),
        'seconds of play': Math.round(seconds * 10) / 10,
        'requests over http': maker.requests,
        'requests per second': Math.round(maker.requests / seconds),
        'depth frames received': follower.frames,
        'bid levels at the end': follower.levelCount(SIDE.bid),
        'ask levels at the end': follower.levelCount(SIDE.ask),
        'worst lag behind the recording, ms': Math.round(flow.schedule.worstLagMs),
      },
      checks: [
        noneCheck('recorded gaps', sequence.gaps, 'gaps in the recorded update ids'),
        noneCheck('stream gaps', follower.gaps, 'gaps in our depth stream'),
        equalCheck(
          'books',
          flow.comparisonsEqual,
          flow.comparisons,
          "times the follower's whole book was equal to the feed's",
        ),
      ],
    };
  } finally {
    follower.stop();
    await exchange.stop();
    if (options.dataDirectory === undefined) await rm(directory, { recursive: true });
  }
}
