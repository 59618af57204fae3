import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, readBatches, type Snapshot, writeSnapshot } from '@glasshouse/journal';
import { genesisRequest, REQUEST_KIND, type Request } from '@glasshouse/protocol';
import { beforeEach, expect, it } from 'vitest';
import { boot } from '../src/boot.js';
import { silentLog } from '../src/log.js';
import { verify } from '../src/replay/verify.js';
import { takeSnapshot } from '../src/snapshots/take-snapshot.js';
import { sectionsOf, stateHashOf } from '../src/state/node-state.js';
import { dataDirectory } from './data-directory.js';
import type { TimedRequest } from './flow/flow-venue.js';
import { seededFlow } from './flow/seeded-flow.js';
import { SMALL_SEGMENTS, writeFlow } from './flow/write-flow.js';

const venue = seededFlow(21, 600);
const flow: readonly TimedRequest[] = venue.requests;
const signed = flow.filter(({ request }) => request.kind === REQUEST_KIND.signed).length;

let directory = '';
beforeEach(() => {
  directory = dataDirectory();
});

const verified = (invariantsEvery = 200) => verify(directory, { workers: 2, invariantsEvery });

/** The flow with the request at `seq` replaced; the later ones stay as they were signed. */
function replaced(seq: number, request: Request): TimedRequest[] {
  return flow.map((one, index) => (index === seq ? { ...one, request } : one));
}

function lastSignedBefore(limit: number): { readonly seq: number; readonly request: Request } {
  for (let seq = limit - 1; seq > 0; seq -= 1) {
    const request = flow[seq]?.request;
    if (request?.kind === REQUEST_KIND.signed) return { seq, request };
  }
  throw new Error('the flow holds no signed request');
}

async function withSnapshot(change: (snapshot: Snapshot) => Snapshot): Promise<number> {
  const { node, journal } = await boot({ dataDirectory: directory, log: silentLog });
  const { nextSeq: seq, lastTimeUs: timeUs, headHash } = journal;
  const { sections, stateHash } = sectionsOf(node);
  await writeSnapshot(directory, change({ seq, timeUs, headHash, sections, stateHash: Buffer.from(stateHash, 'hex') }));
  await journal.close();
  return seq;
}

const segmentFile = (): string => {
  const [name] = readdirSync(join(directory, 'segments'));
  return join(directory, 'segments', name ?? '');
};

it('finds nothing wrong with what the exchange wrote, and says what it has checked', async () => {
  await writeFlow(directory, flow.slice(0, 300), 1);
  const { node, journal } = await boot({ dataDirectory: directory, log: silentLog, segmentBytes: SMALL_SEGMENTS });
  const { nextSeq, lastTimeUs, headHash } = journal;
  await takeSnapshot(directory, node, { nextSeq, timeUs: lastTimeUs, headHash });
  await journal.close();
  await writeFlow(directory, flow.slice(300), 2);
  expect(await verified()).toMatchObject({
    problem: undefined,
    seq: flow.length,
    commands: flow.length,
    signatures: signed,
    snapshots: 1,
    stateHash: stateHashOf(venue.state),
    tail: 'sealed',
  });
});

it('names the first request whose signature does not fit, though the log around it is sound', async () => {
  const { seq, request } = lastSignedBefore(400);
  const bytes = request.bytes.slice();
  bytes[request.signatureStart + 40] = (bytes[request.signatureStart + 40] ?? 0) ^ 4;
  await writeFlow(directory, replaced(seq, { ...request, bytes }), 1);
  const { problem } = await verified();
  expect(problem).toEqual({ seq, what: `its signature does not verify with key ${request.keyId}` });
});

it('names a request whose text was changed after it was signed', async () => {
  const { seq, request } = lastSignedBefore(250);
  const bytes = request.bytes.slice();
  bytes[request.payloadEnd - 1] = (bytes[request.payloadEnd - 1] ?? 0) ^ 1;
  await writeFlow(directory, replaced(seq, { ...request, bytes }), 1);
  expect((await verified()).problem).toEqual({ seq, what: expect.stringContaining('does not verify') });
});

it('names a request that is said to be signed by a key that never was', async () => {
  const { seq, request } = lastSignedBefore(300);
  await writeFlow(directory, replaced(seq, { ...request, keyId: 9_999 }), 1);
  expect((await verified()).problem).toEqual({ seq, what: 'signed with key 9999, which does not exist' });
});

it('names a request that cannot be executed', async () => {
  await writeFlow(directory, replaced(200, genesisRequest(Buffer.from('{}'))), 1);
  const { problem, seq } = await verified();
  expect(problem).toEqual({ seq: 200, what: expect.stringContaining('genesis is the first request') });
  expect(seq).toBe(200);
});

it('names the place where the log is damaged, and counts what is sound before it', async () => {
  await writeFlow(directory, flow, 1);
  const file = segmentFile();
  const bytes = readFileSync(file);
  const place = bytes.indexOf('instruction=orderExecute', Math.floor(bytes.lastIndexOf('instruction=') / 2));
  bytes[place] = (bytes[place] ?? 0) ^ 0x20;
  writeFileSync(file, bytes);
  const { problem, seq } = await verified();
  expect(problem?.what).toMatch(/damaged at byte \d+ \(record \d+\)/);
  expect(problem?.seq).toBe(seq);
  expect(seq).toBeGreaterThan(0);
  expect(seq).toBeLessThan(flow.length);
});

it('reports an interrupted last write as what it is, not as damage', async () => {
  await writeFlow(directory, flow.slice(0, 100), 1);
  const sound = (await verified()).seq;
  const { journal } = await openJournal(directory, { segmentBytes: SMALL_SEGMENTS });
  const before = readFileSync(segmentFile());
  await journal.append({
    firstSeq: journal.nextSeq,
    timeUs: journal.lastTimeUs,
    count: 1,
    body: new Uint8Array(3_000),
  });
  const after = readFileSync(segmentFile());
  await journal.close();
  const end = after.findLastIndex((byte) => byte !== 0) + 1;
  const torn = Buffer.concat([after.subarray(0, end - 64), before.subarray(end - 64)]);
  writeFileSync(segmentFile(), torn);
  expect(await verified()).toMatchObject({ problem: undefined, tail: 'torn', seq: sound });
});

it('refuses to believe a snapshot whose hash is not that of the replayed state', async () => {
  await writeFlow(directory, flow, 1);
  const seq = await withSnapshot((snapshot) => ({ ...snapshot, stateHash: new Uint8Array(32).fill(1) }));
  const { problem } = await verified();
  expect(problem).toEqual({
    seq,
    what: `a snapshot says state hash ${'01'.repeat(32)}, the replay ${stateHashOf(venue.state)}`,
  });
});

it('refuses to believe a snapshot of another log', async () => {
  await writeFlow(directory, flow, 1);
  const seq = await withSnapshot((snapshot) => ({ ...snapshot, headHash: new Uint8Array(32).fill(1) }));
  expect((await verified()).problem).toEqual({ seq, what: 'a snapshot names another batch' });
});

it('names a snapshot file that cannot be read', async () => {
  await writeFlow(directory, flow, 1);
  const seq = await withSnapshot((snapshot) => snapshot);
  const [name] = readdirSync(join(directory, 'snapshots'));
  appendFileSync(join(directory, 'snapshots', name ?? ''), 'x');
  expect((await verified()).problem).toEqual({ seq, what: expect.stringMatching(/\.snapshot cannot be read: /) });
});

it('changes nothing in the folder', async () => {
  await writeFlow(directory, flow, 1);
  const before = readFileSync(segmentFile());
  await verified();
  expect(readFileSync(segmentFile()).equals(before)).toBe(true);
  for await (const batch of readBatches(directory)) expect(batch.count).toBeGreaterThan(0);
});

it('lets the independent model follow the log when it is asked to, and says what that found', async () => {
  await writeFlow(directory, flow, 1);
  const report = await verify(directory, { workers: 2, audit: true });
  expect(report.problem).toBeUndefined();
  expect(report.audit).toMatchObject({ steps: flow.length, findingCount: 0, findings: [] });
  expect(report.audit?.events).toBeGreaterThan(flow.length);
});
