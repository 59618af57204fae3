// A node: what boot found, with the pipeline running on it. Knows no network.

import { anticipate, apply, nextTimerUs } from '@glasshouse/core';
import type { LogProof } from '@glasshouse/gateway';
import type { Journal } from '@glasshouse/journal';
import { genesisRequest } from '@glasshouse/protocol';
import type { Registry } from 'prom-client';
import { type BootedNode, type BootOptions, boot } from './boot.js';
import type { HistoryDatabase } from './history/history-database.js';
import { pipelineMeter, watchHistory, watchNode } from './metrics/node-metrics.js';
import { Pipeline } from './pipeline.js';
import type { BatchLog, Core, ExchangeStopped } from './pipeline-contract.js';
import { SequencerClock } from './sequencer-clock.js';
import { Snapshotter } from './snapshots/snapshotter.js';
import { takeSnapshot } from './snapshots/take-snapshot.js';
import { coreView } from './state/core-view.js';
import { type FullNode, stateHashOf } from './state/node-state.js';

export type NodeOptions = BootOptions & {
  /** Requests from one snapshot to the next. */
  readonly snapshotEvery?: number | undefined;
  readonly idleTickMs?: number | undefined;
  readonly metrics?: Registry | undefined;
  readonly onStopped: (error: ExchangeStopped) => void;
};

const SNAPSHOT_EVERY = 1_000_000;
/** Fewer requests than this are replayed sooner than a snapshot is read. */
const WORTH_A_SNAPSHOT = 20_000;

function coreOf({ state }: FullNode): Core {
  return {
    view: coreView(state),
    anticipate: (requests, index) => anticipate(state, requests, index),
    apply: (sequenced, emit) => apply(state, sequenced, emit),
    nextTimerUs: () => nextTimerUs(state),
  };
}

export class RunningNode {
  readonly pipeline: Pipeline;
  readonly core: Core;
  private readonly journal: Journal;
  private readonly node: FullNode;
  private readonly snapshotter: Snapshotter;
  private historyDatabase: HistoryDatabase | undefined;
  private logHash: Uint8Array;
  private stopped = false;

  constructor(
    booted: BootedNode,
    private readonly options: NodeOptions,
  ) {
    const { journal, node } = booted;
    const { dataDirectory: directory, log, snapshotEvery: every = SNAPSHOT_EVERY, idleTickMs, metrics } = options;
    this.journal = journal;
    this.node = node;
    this.core = coreOf(node);
    this.logHash = journal.headHash;
    this.snapshotter = new Snapshotter({ directory, log, every, checkpoint: booted.checkpoint });
    this.pipeline = new Pipeline({
      core: this.core,
      log: this.batchLog(),
      clock: new SequencerClock(journal.lastTimeUs),
      nextSeq: journal.nextSeq,
      onStopped: (error) => this.stop(error),
      ...(idleTickMs === undefined ? {} : { idleTickMs }),
      ...(metrics === undefined ? {} : { meter: pipelineMeter(metrics) }),
    });
    if (metrics !== undefined) this.count(metrics);
    // First of all listeners: whoever is answered finds in the history what was answered.
    this.pipeline.onCommitted((committed) => {
      node.history.apply(committed);
      this.noticeDurable(committed.seq + 1);
    });
  }

  private noticeDurable(seq: number): void {
    this.historyDatabase?.notice(seq);
    this.snapshotter.notice(seq, this.historyDatabase?.storedSeq);
  }

  /** From now on it is told how far the log is durable, and snapshots are kept for it. */
  followedBy(historyDatabase: HistoryDatabase): void {
    this.historyDatabase = historyDatabase;
    const { metrics } = this.options;
    if (metrics !== undefined) watchHistory(metrics, () => historyDatabase.storedSeq);
    historyDatabase.notice(this.journal.durableSeq);
  }

  get history(): FullNode['history'] {
    return this.node.history;
  }

  get durableSeq(): number {
    return this.journal.durableSeq;
  }

  /** Requested, and not confirmed by their chain yet. */
  get pendingWithdrawals() {
    return [...this.node.state.pendingWithdrawals.values()];
  }

  readonly logProof = (): LogProof => ({
    logHash: this.journal.durableSeq === 0 ? null : Buffer.from(this.logHash).toString('hex'),
    checkpoint: this.snapshotter.checkpoint ?? null,
  });

  async close(): Promise<void> {
    await this.pipeline.close();
    await this.snapshotter.stop();
    try {
      if (!this.stopped) await this.leaveInOrder();
    } finally {
      await this.journal.close();
    }
  }

  private count(metrics: Registry): void {
    watchNode(metrics, {
      queuedRequests: () => this.pipeline.queued,
      nextSeq: () => this.node.state.nextSeq,
      durableSeq: () => this.journal.durableSeq,
    });
  }

  private async leaveInOrder(): Promise<void> {
    const { nextSeq } = this.journal;
    if (this.snapshotter.since(nextSeq) >= WORTH_A_SNAPSHOT) await this.lastSnapshot();
    this.options.log.info('closed', { seq: nextSeq, stateHash: stateHashOf(this.node.state) });
  }

  private batchLog(): BatchLog {
    return {
      append: async (batch) => {
        this.logHash = await this.journal.append(batch);
      },
    };
  }

  private async lastSnapshot(): Promise<void> {
    const { dataDirectory, log } = this.options;
    const { nextSeq, lastTimeUs, headHash } = this.journal;
    const place = { nextSeq, timeUs: lastTimeUs, headHash };
    const { checkpoint } = await takeSnapshot(dataDirectory, this.node, place, this.historyDatabase?.storedSeq);
    log.info('snapshot taken', checkpoint);
  }

  private stop(error: ExchangeStopped): void {
    this.stopped = true;
    this.options.onStopped(error);
  }
}

/** Boots, and opens the venue when its log is still empty. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const booted = await boot(options);
  const node = new RunningNode(booted, options);
  try {
    if (booted.genesis !== undefined) await node.pipeline.submit(genesisRequest(booted.genesis));
    return node;
  } catch (error) {
    await node.close();
    throw error;
  }
}
