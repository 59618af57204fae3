import type { Committed } from '@glasshouse/gateway';
import { Overloaded } from '@glasshouse/gateway';
import { REQUEST_KIND } from '@glasshouse/protocol';
import type { Seq } from '@glasshouse/units';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pipeline } from '../src/pipeline.js';
import { ExchangeStopped, type PipelineOptions } from '../src/pipeline-contract.js';
import { SequencerClock } from '../src/sequencer-clock.js';
import { APPLIED, appliedCount, FakeCore, requestOf, textOf } from './fake-core.js';
import { FakeLog } from './fake-log.js';

const open: Pipeline[] = [];

function started(options: Partial<PipelineOptions> = {}) {
  const core = new FakeCore();
  const log = new FakeLog();
  const onStopped = vi.fn();
  const pipeline = new Pipeline({
    core,
    log,
    onStopped,
    clock: new SequencerClock(0),
    nextSeq: 0 as Seq,
    idleTickMs: 1_000_000,
    ...options,
  });
  open.push(pipeline);
  return { core, log, pipeline, onStopped };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

async function settledYet(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  promise.then(note, note);
  for (let index = 0; index < 5; index += 1) await turn();
  return settled;
}

afterEach(async () => {
  for (const pipeline of open.splice(0)) await pipeline.close();
});

describe('one order', () => {
  it('numbers the requests as they came in, without a gap, and answers each with its own number', async () => {
    const { core, pipeline } = started();
    const texts = Array.from({ length: 300 }, (_, index) => `request ${index}`);
    const answers = await Promise.all(texts.map((text) => pipeline.submit(requestOf(text))));
    expect(core.applied).toEqual(texts);
    expect(answers.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index));
  });

  it('shows the core each request before it is applied, with those of its batch that follow', async () => {
    const { core, pipeline } = started();
    const texts = Array.from({ length: 20 }, (_, index) => `request ${index}`);
    await Promise.all(texts.map((text) => pipeline.submit(requestOf(text))));
    expect(core.anticipated).toEqual(texts);
    expect(core.longestLook).toBe(20);
  });

  it('writes to the journal what it applies, in the same order with the same numbers and times', async () => {
    const { core, log, pipeline } = started({ maxBatchBytes: 1_000 });
    await Promise.all(Array.from({ length: 100 }, (_, index) => pipeline.submit(requestOf(`request ${index}`))));
    const written = log.batches.flatMap(({ firstSeq, timeUs, requests }) =>
      requests.map((request, index) => ({ seq: firstSeq + index, timeUs, text: textOf(request) })),
    );
    expect(log.batches.length).toBeGreaterThan(5);
    expect(written.map(({ text }) => text)).toEqual(core.applied);
    expect(written.map(({ timeUs }) => timeUs)).toEqual(core.times);
    expect(written.map(({ seq }) => seq)).toEqual(core.applied.map((_, index) => index));
  });

  it('publishes every request to every listener in order, until the listener leaves', async () => {
    const { pipeline } = started();
    const heard: number[] = [];
    const left: number[] = [];
    pipeline.onCommitted(({ seq }) => heard.push(seq));
    const leave = pipeline.onCommitted(({ seq }) => left.push(seq));
    await pipeline.submit(requestOf('a'));
    leave();
    await Promise.all([pipeline.submit(requestOf('b')), pipeline.submit(requestOf('c'))]);
    expect(heard).toEqual([0, 1, 2]);
    expect(left).toEqual([0]);
  });

  it('tells the listeners before the caller, so that a stream is never behind a reply', async () => {
    const { pipeline } = started();
    const order: string[] = [];
    pipeline.onCommitted(() => order.push('stream'));
    await pipeline.submit(requestOf('a')).then(() => order.push('reply'));
    expect(order).toEqual(['stream', 'reply']);
  });
});

describe('nothing leaves before it is durable', () => {
  it('holds reply and stream while the write is under way, though the core has applied the request', async () => {
    const { core, log, pipeline } = started();
    log.hold();
    const heard: Committed[] = [];
    pipeline.onCommitted((committed) => heard.push(committed));
    const reply = pipeline.submit(requestOf('a'));
    await until(() => log.writing);
    expect(core.applied).toEqual(['a']);
    expect(await settledYet(reply)).toBe(false);
    expect(heard).toEqual([]);
    log.finishWrite();
    expect((await reply).events).toEqual([APPLIED]);
    expect(heard).toHaveLength(1);
  });

  it('holds a read that has seen an undurable request, and gives the picture of the moment it was taken', async () => {
    const { log, pipeline } = started();
    log.hold();
    const first = pipeline.submit(requestOf('a'));
    await until(() => log.writing);
    const seen = pipeline.read(appliedCount);
    const second = pipeline.submit(requestOf('b'));
    expect(await settledYet(seen)).toBe(false);
    log.finishWrite();
    expect(await seen).toBe(1);
    await first;
    await until(() => log.writing);
    log.finishWrite();
    await second;
  });

  it('answers a read at once when all is durable', async () => {
    const { log, pipeline } = started();
    await pipeline.submit(requestOf('a'));
    log.hold();
    expect(await pipeline.read(appliedCount)).toBe(1);
  });

  it('answers a read made by a listener with the published state, while the next batch is being written', async () => {
    const { log, pipeline } = started();
    log.hold();
    const seen: number[] = [];
    pipeline.onCommitted(() => pipeline.read(appliedCount).then((count) => seen.push(count)));
    const first = pipeline.submit(requestOf('a'));
    await until(() => log.writing);
    const second = pipeline.submit(requestOf('b'));
    log.finishWrite();
    await first;
    await until(() => log.writing);
    expect(seen).toEqual([1]);
    log.finishWrite();
    await second;
  });

  it('gathers what arrives during a write into one batch', async () => {
    const { log, pipeline } = started();
    log.hold();
    const first = pipeline.submit(requestOf('first'));
    await until(() => log.writing);
    const others = Array.from({ length: 50 }, (_, index) => pipeline.submit(requestOf(`other ${index}`)));
    log.finishWrite();
    await first;
    await until(() => log.writing);
    log.finishWrite();
    await Promise.all(others);
    expect(log.batches.map(({ requests }) => requests.length)).toEqual([1, 50]);
  });

  it('rejects a read whose query throws, and goes on', async () => {
    const { pipeline } = started();
    const broken = (): never => {
      throw new RangeError('no such market');
    };
    await expect(pipeline.read(broken)).rejects.toThrow('no such market');
    expect((await pipeline.submit(requestOf('a'))).seq).toBe(0);
  });
});

describe('bounds', () => {
  it('refuses with Overloaded what exceeds the queue, and serves what it took', async () => {
    const { core, log, pipeline } = started({ maxQueue: 3 });
    log.hold();
    const taken = [pipeline.submit(requestOf('in flight'))];
    await until(() => log.writing);
    for (let index = 0; index < 3; index += 1) taken.push(pipeline.submit(requestOf(`queued ${index}`)));
    await expect(pipeline.submit(requestOf('too many'))).rejects.toBeInstanceOf(Overloaded);
    log.finishWrite();
    await until(() => log.writing);
    log.finishWrite();
    await Promise.all(taken);
    expect(core.applied).toEqual(['in flight', 'queued 0', 'queued 1', 'queued 2']);
  });

  it('refuses with Overloaded when what waits is too many bytes, and takes more when they have left', async () => {
    const { log, pipeline } = started({ maxQueuedBytes: 1_000 });
    log.hold();
    const first = pipeline.submit(requestOf('in flight'));
    await until(() => log.writing);
    const large = pipeline.submit(requestOf('x'.repeat(1_000)));
    await expect(pipeline.submit(requestOf('too many'))).rejects.toBeInstanceOf(Overloaded);
    log.finishWrite();
    await first;
    await until(() => log.writing);
    const later = pipeline.submit(requestOf('later'));
    log.finishWrite();
    await large;
    await until(() => log.writing);
    log.finishWrite();
    expect((await later).seq).toBe(2);
  });

  it('puts a request larger than a batch into a batch of its own', async () => {
    const { log, pipeline } = started({ maxBatchBytes: 200 });
    const texts = ['small', 'x'.repeat(1_000), 'small again'];
    await Promise.all(texts.map((text) => pipeline.submit(requestOf(text))));
    expect(log.batches.map(({ requests }) => requests.map(textOf))).toEqual(texts.map((text) => [text]));
  });
});

describe('time', () => {
  it('never runs back in the log when the wall clock does', async () => {
    let wallMs = 5_000;
    const clock = new SequencerClock(3_000_000, { wallMs: () => wallMs, steadyMs: () => 0 });
    const { log, pipeline } = started({ clock });
    for (const next of [5_000, 4_000, 4_500, 6_000]) {
      wallMs = next;
      await pipeline.submit(requestOf(`at ${next}`));
    }
    expect(log.batches.map(({ timeUs }) => timeUs)).toEqual([5_000_000, 5_000_000, 5_000_000, 6_000_000]);
  });

  it('ticks when nobody asks for anything', async () => {
    const { log } = started({ idleTickMs: 1 });
    await until(() => log.batches.length >= 3);
    expect(log.batches.every(({ requests }) => requests[0]?.kind === REQUEST_KIND.tick)).toBe(true);
  });

  it('ticks when a timer of the core comes due', async () => {
    const { core, log, pipeline } = started();
    const dueUs = pipeline.nowUs() + 50_000;
    core.timerUs = dueUs;
    await pipeline.submit(requestOf('a'));
    await until(() => log.batches.length === 2);
    core.timerUs = Number.POSITIVE_INFINITY;
    expect(log.batches[1]?.requests[0]?.kind).toBe(REQUEST_KIND.tick);
    // Node's own timers keep whole milliseconds.
    expect(log.batches[1]?.timeUs).toBeGreaterThanOrEqual(dueUs - 1_000);
  });
});

describe('the node stops', () => {
  it('at a write that fails: nobody hears of the batch, everyone waiting is told', async () => {
    const { log, onStopped, pipeline } = started();
    await pipeline.submit(requestOf('durable'));
    const heard: Committed[] = [];
    pipeline.onCommitted((committed) => heard.push(committed));
    log.hold();
    const written = pipeline.submit(requestOf('being written'));
    await until(() => log.writing);
    const read = pipeline.read(appliedCount);
    const queued = pipeline.submit(requestOf('queued'));
    log.failWrite(new Error('ENOSPC: no space left on device'));
    for (const lost of await Promise.allSettled([written, read, queued])) {
      expect(lost).toMatchObject({ status: 'rejected', reason: { name: 'ExchangeStopped' } });
    }
    expect(heard).toEqual([]);
    expect(onStopped).toHaveBeenCalledTimes(1);
    expect(onStopped.mock.calls[0]?.[0].message).toMatch(/request \d+: ENOSPC/);
  });

  it('at a broken invariant: the batch is not answered even if its write succeeds', async () => {
    const { log, onStopped, pipeline } = started();
    log.hold();
    const outcomes = Promise.allSettled([pipeline.submit(requestOf('good')), pipeline.submit(requestOf('poison'))]);
    await until(() => log.writing);
    log.finishWrite();
    for (const lost of await outcomes) {
      expect(lost).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('poison') } });
    }
    expect(onStopped).toHaveBeenCalledTimes(1);
    expect(onStopped.mock.calls[0]?.[0].seq).toBe(1);
  });

  it('at a listener that throws, because a read model that missed an event is wrong for ever', async () => {
    const { onStopped, pipeline } = started();
    pipeline.onCommitted(() => {
      throw new Error('read model broken');
    });
    await expect(pipeline.submit(requestOf('a'))).rejects.toBeInstanceOf(ExchangeStopped);
    expect(onStopped).toHaveBeenCalledTimes(1);
  });

  it('and then refuses everything', async () => {
    const { core, pipeline } = started();
    await expect(pipeline.submit(requestOf('poison'))).rejects.toBeInstanceOf(ExchangeStopped);
    await expect(pipeline.submit(requestOf('later'))).rejects.toBeInstanceOf(ExchangeStopped);
    await expect(pipeline.read(appliedCount)).rejects.toBeInstanceOf(ExchangeStopped);
    expect(core.applied).toEqual([]);
  });

  it('in good order when closed: what was taken is answered, what comes later is refused', async () => {
    const { core, onStopped, pipeline } = started();
    const taken = Array.from({ length: 20 }, (_, index) => pipeline.submit(requestOf(`request ${index}`)));
    await pipeline.close();
    expect(core.applied).toHaveLength(20);
    expect(await Promise.all(taken)).toHaveLength(20);
    await expect(pipeline.submit(requestOf('late'))).rejects.toThrow('closed');
    expect(onStopped).not.toHaveBeenCalled();
  });
});
