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
import { Audience } from './audience.js';
import { startExchangeProcess } from './exchange-process.js';
import { LevelSync } from './level-sync.js';
import { MakerClient } from './maker-client.js';
import { Schedule } from './schedule.js';

export type LiveOptions = {
  /** Multiple of real speed. */
  readonly speed: number;
  /** Seconds of the recording to play; all of it by default. */
  readonly recordedSeconds?: number | undefined;
  /** Who follow the book from the stream, and how many of their connections are cut in a second. */
  readonly followers?: number | undefined;
  readonly cutsPerSecond?: number | undefined;
  /** Kept afterwards, for `verify`; a temporary folder without it. */
  readonly dataDirectory?: string | undefined;
  readonly progress: Progress;
};

const SEED = 1;
const US_PER_SECOND = 1_000_000;
const UPDATES_PER_COMPARISON = 500;

class LiveFlow {
  readonly schedule: Schedule;
  levelChanges = 0;
  readonly #recorded = new RecordedBook();

  constructor(
    private readonly levels: LevelSync,
    private readonly audience: Audience,
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
        await this.schedule.pause(() => this.audience.compare(this.#recorded));
      }
      progress.at(place + 1);
    }
    await this.levels.settled();
    this.schedule.end();
    await this.audience.compare(this.#recorded);
    progress.stop();
  }

  #apply(change: BookChange): void {
    const targets = targetsOf(change, this.grid);
    this.levelChanges += targets.length;
    this.levels.set(targets);
    this.#recorded.apply(targets);
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
  const { followers = 1, cutsPerSecond = 0 } = options;
  const audience = await Audience.gather({
    ...{ url: exchange.url, symbol: symbolOf(pair), grid },
    ...{ followers, cutsPerSecond, seed: SEED },
  });
  try {
    const maker = await MakerClient.open({ ...exchange, pair, grid });
    const levels = new LevelSync(new LevelMaker(grid.maxOrderLots), maker);
    const flow = new LiveFlow(levels, audience, grid, options.speed);
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
        followers,
        'connections cut': audience.cuts,
        'streams that could not go on after a cut': audience.sum('losses'),
        'depth frames received': audience.sum('frames'),
        'bid levels at the end': audience.first.levelCount(SIDE.bid),
        'ask levels at the end': audience.first.levelCount(SIDE.ask),
        'worst lag behind the recording, ms': Math.round(flow.schedule.worstLagMs),
      },
      checks: [
        noneCheck('recorded gaps', sequence.gaps, 'gaps in the recorded update ids'),
        noneCheck('stream gaps', audience.sum('gaps'), 'gaps in our depth stream'),
        equalCheck(
          'books',
          audience.comparisonsEqual,
          audience.comparisons,
          "times a follower's best 500 levels were REST's and, unless it had to begin anew, its whole book the feed's",
        ),
      ],
    };
  } finally {
    audience.stop();
    await exchange.stop();
    if (options.dataDirectory === undefined) await rm(directory, { recursive: true });
  }
}
