// However often a node stops, wherever its snapshots were taken and however its batches were cut: it comes back the same.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkInvariants } from '@glasshouse/core';
import { listSnapshots, writeSnapshot } from '@glasshouse/journal';
import { describe, expect, it, vi } from 'vitest';
import { type BootedNode, boot } from '../src/boot.js';
import { silentLog } from '../src/log.js';
import { replay } from '../src/replay/replay.js';
import { replayInto } from '../src/replay/replay-log.js';
import { Snapshotter } from '../src/snapshots/snapshotter.js';
import { takeSnapshot } from '../src/snapshots/take-snapshot.js';
import { emptyNode, sectionsOf, stateHashOf } from '../src/state/node-state.js';
import { dataDirectory } from './data-directory.js';
import { Random } from './flow/random.js';
import { seededFlow } from './flow/seeded-flow.js';
import { SMALL_SEGMENTS, writeFlow } from './flow/write-flow.js';

const venue = seededFlow(7, 1_500);
const flow = venue.requests;
const expectedHash = stateHashOf(venue.state);

async function booted<Answer>(
  directory: string,
  look: (node: BootedNode) => Answer | Promise<Answer>,
): Promise<Answer> {
  const node = await boot({ dataDirectory: directory, log: silentLog, segmentBytes: SMALL_SEGMENTS });
  try {
    return await look(node);
  } finally {
    await node.journal.close();
  }
}

type Picture = { readonly stateHash: string; readonly history: string };

const pictureOf = ({ node }: Pick<BootedNode, 'node'>): Picture => ({
  stateHash: stateHashOf(node.state),
  history: Buffer.from(node.history.save()).toString('base64'),
});

async function cleanReplay(directory: string): Promise<Picture> {
  const node = emptyNode();
  await replayInto(directory, node);
  return pictureOf({ node });
}

async function snapshotHere(directory: string): Promise<void> {
  await booted(directory, async ({ node, journal }) => {
    const { nextSeq, lastTimeUs, headHash } = journal;
    await takeSnapshot(directory, node, { nextSeq, timeUs: lastTimeUs, headHash });
  });
}

it('executes a log to the state that its requests made when they were first applied', async () => {
  const directory = dataDirectory();
  await writeFlow(directory, flow, 1);
  const report = await replay(directory);
  expect(report).toMatchObject({ seq: flow.length, commands: flow.length, stateHash: expectedHash });
});

it.each([2, 3, 4])('comes to the same state whatever the batch boundaries are (%i)', async (boundarySeed) => {
  const directory = dataDirectory();
  await writeFlow(directory, flow, boundarySeed);
  expect((await replay(directory)).stateHash).toBe(expectedHash);
});

it.each([11, 12, 13])('comes back the same from snapshots at random places (%i)', async (seed) => {
  const random = new Random(seed);
  const directory = dataDirectory();
  let written = 0;
  while (written < flow.length) {
    const next = Math.min(flow.length, written + random.between(100, 700));
    await writeFlow(directory, flow.slice(written, next), seed);
    written = next;
    if (random.chance(70)) await snapshotHere(directory);
  }
  const clean = await cleanReplay(directory);
  expect(clean.stateHash).toBe(expectedHash);
  expect(await booted(directory, pictureOf)).toEqual(clean);
  await booted(directory, ({ node }) => checkInvariants(node.state));
  expect((await replay(directory, { fromSnapshot: true })).stateHash).toBe(expectedHash);
});

describe('snapshots', () => {
  it('are taken beside the running node, and a restart goes on from them', async () => {
    const directory = dataDirectory();
    await writeFlow(directory, flow, 5);
    const snapshotter = new Snapshotter({ directory, log: silentLog, every: 1_000, checkpoint: undefined });
    snapshotter.notice(flow.length);
    await vi.waitFor(async () => expect(await listSnapshots(directory)).toHaveLength(1), { timeout: 30_000 });
    await snapshotter.stop();
    const clean = await cleanReplay(directory);
    await booted(directory, (node) => {
      expect(node.checkpoint).toMatchObject({ seq: flow.length, stateHash: expectedHash });
      expect(pictureOf(node)).toEqual(clean);
    });
  });

  it('are not taken before they are due', async () => {
    const directory = dataDirectory();
    const checkpoint = { seq: 600, timestamp: 0, stateHash: '' };
    const snapshotter = new Snapshotter({ directory, log: silentLog, every: 1_000, checkpoint });
    snapshotter.notice(1_599);
    await snapshotter.stop();
    expect(snapshotter.since(1_599)).toBe(999);
    expect(await listSnapshots(directory)).toEqual([]);
  });

  it('are kept two at a time', async () => {
    const directory = dataDirectory();
    for (const end of [300, 600, 900]) {
      await writeFlow(directory, flow.slice(end - 300, end), 6);
      await snapshotHere(directory);
    }
    expect((await listSnapshots(directory)).map(({ seq }) => seq)).toEqual([900, 600]);
  });

  it('that are damaged are passed over with a warning: the replay is longer, the state the same', async () => {
    const directory = dataDirectory();
    await writeFlow(directory, flow, 7);
    await snapshotHere(directory);
    const [entry] = await listSnapshots(directory);
    const file = entry?.file ?? '';
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const warn = vi.fn();
    const node = await boot({ dataDirectory: directory, log: { ...silentLog, warn } });
    await node.journal.close();
    expect(node.checkpoint).toBeUndefined();
    expect(stateHashOf(node.node.state)).toBe(expectedHash);
    expect(warn).toHaveBeenCalledWith('a snapshot was passed over', { reason: expect.stringContaining(file) });
  });
});

describe('a snapshot that other software took', () => {
  /** What a version of the code would have left that came to `stateHash`. */
  async function snapshotOfOthers(directory: string, stateHash: (ours: string) => string): Promise<void> {
    await booted(directory, async ({ node, journal }) => {
      const { nextSeq: seq, lastTimeUs: timeUs, headHash } = journal;
      const { sections, stateHash: ours } = sectionsOf(node);
      const others = new Map([...sections, ['software', Buffer.from('another version')]]);
      const hash = Buffer.from(stateHash(ours), 'hex');
      await writeSnapshot(directory, { seq, timeUs, headHash, stateHash: hash, sections: others });
    });
  }

  const unchanged = (ours: string): string => ours;
  const different = (): string => '07'.repeat(32);

  it.each(['genesis', 'an older snapshot'])(
    'is believed when executing the log from %s agrees with it',
    async (base) => {
      const directory = dataDirectory();
      await writeFlow(directory, flow.slice(0, 700), 1);
      if (base !== 'genesis') await snapshotOfOthers(directory, unchanged);
      await writeFlow(directory, flow.slice(700, 1_200), 2);
      await snapshotOfOthers(directory, unchanged);
      await writeFlow(directory, flow.slice(1_200), 3);
      const clean = await cleanReplay(directory);
      await booted(directory, (node) => {
        expect(node.checkpoint?.seq).toBe(1_200);
        expect(pictureOf(node)).toEqual(clean);
      });
    },
  );

  it('stops the start when the log comes to another state, until its folder is removed', async () => {
    const directory = dataDirectory();
    await writeFlow(directory, flow, 1);
    await snapshotOfOthers(directory, different);
    await expect(booted(directory, pictureOf)).rejects.toThrow(
      `after request ${flow.length} this software has the state hash ${expectedHash}, the software that took the snapshot there had ${different()}`,
    );
    rmSync(join(directory, 'snapshots'), { recursive: true });
    expect((await booted(directory, pictureOf)).stateHash).toBe(expectedHash);
  });
});
