import { describe, expect, test } from 'vitest';
import { runLiveBinance } from '../../src/flow/binance/live/flow.js';
import { noProgress } from '../../src/terminal/progress.js';
import { haveRecordings, recording } from './recordings.js';

const SPEED = 10;
/** The whole recording, 650 seconds, takes 65 at this speed. */
const recordedSeconds = Number(process.env['GLASSHOUSE_LIVE_RECORDED_SECONDS'] ?? 100);
/** Whoever is cut off comes back and misses nothing. */
const AUDIENCE = { followers: Number(process.env['GLASSHOUSE_LIVE_FOLLOWERS'] ?? 20), cutsPerSecond: 10 };
const files = ['binance_spot_btcusdt_l2_20240808.jsonl.gz', 'binance_spot_btcusdt_l2_20240809.jsonl.gz'];

describe.skipIf(!haveRecordings)("Binance's stream played to a running exchange at ten times real speed", () => {
  test("leaves all who follow our depth stream with the feed's book and no gap, however often they are cut off", {
    timeout: 600_000,
  }, async () => {
    const report = await runLiveBinance(files.map(recording), {
      speed: SPEED,
      recordedSeconds,
      ...AUDIENCE,
      progress: noProgress,
    });
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual(['recorded gaps', 'stream gaps', 'books']);
    expect(report.figures).toMatchObject({
      'recorded seconds': expect.any(Number),
      'depth frames received': expect.any(Number),
    });
    expect(report.figures['connections cut']).toBeGreaterThan(30);
    expect(report.figures['depth frames received']).toBeGreaterThan(Number(report.figures['book updates']));
  });
});
