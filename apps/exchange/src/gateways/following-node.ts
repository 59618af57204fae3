// What a gateway process answers from: a node of its own that executes the same log. What it hands in goes to the exchange,
// and is answered once it has come back through the log.
import type { Committed, ExchangePort, ExchangeView, LogProof } from '@glasshouse/gateway';
import { type DurableReach, readBatches, type Snapshot } from '@glasshouse/journal';
import type { Request } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { NodeFigures } from '../metrics/node-metrics.js';
import { ExchangeStopped } from '../pipeline-contract.js';
import { restoredNode } from '../replay/restored-node.js';
import { SequencerClock } from '../sequencer-clock.js';
import { coreView } from '../state/core-view.js';
import { applyBatch, type FullNode } from '../state/node-state.js';
import { EngineLink, OtherSoftware } from './engine-link.js';

export type FollowingNodeOptions = {
  readonly dataDirectory: string;
  readonly door: string;
  /** Called once: this process must not go on. */
  readonly onStopped: (error: ExchangeStopped) => void;
};

type Committing = { readonly resolve: (committed: Committed) => void; readonly reject: (error: Error) => void };

export class FollowingNode implements ExchangePort {
  private readonly link: EngineLink;
  readonly view: ExchangeView;
  private readonly clock: SequencerClock;
  private readonly committing = new Map<Seq, Committing>();
  private listeners: readonly ((committed: Committed) => void)[] = [];
  private headHash: Uint8Array | undefined;
  private following: Promise<void> = Promise.resolve();
  private caughtUp = false;
  private stopped: ExchangeStopped | undefined;
  private onCaughtUp: () => void = () => {};
  private onFailed: (error: Error) => void = () => {};

  private constructor(
    private readonly node: FullNode,
    after: Snapshot | undefined,
    private readonly options: FollowingNodeOptions,
  ) {
    this.headHash = after?.headHash;
    this.view = coreView(node.state);
    this.clock = new SequencerClock(node.state.timeUs);
    this.link = new EngineLink(options.door, {
      onUp: (reach) => {
        this.following = this.following.then(() => this.follow(reach));
      },
      onOtherSoftware: (error) => this.stop(error),
    });
  }

  /** Resolves once the node stands where the exchange stood when the line came up. */
  static async start(options: FollowingNodeOptions): Promise<FollowingNode> {
    const { node, after } = await restoredNode(options.dataDirectory);
    const following = new FollowingNode(node, after, options);
    await new Promise<void>((resolve, reject) => {
      following.onCaughtUp = resolve;
      following.onFailed = reject;
    });
    return following;
  }

  get history(): FullNode['history'] {
    return this.node.history;
  }

  readonly logProof = (): LogProof => ({
    logHash: this.headHash === undefined ? null : Buffer.from(this.headHash).toString('hex'),
    checkpoint: null,
  });

  readonly figures: NodeFigures = {
    queuedRequests: () => this.committing.size,
    nextSeq: () => this.node.state.nextSeq,
    durableSeq: () => this.link.durableSeq,
  };

  nowUs(): TimeUs {
    return this.clock.nowUs();
  }

  async submit(request: Request): Promise<Committed> {
    if (this.stopped !== undefined) throw this.stopped;
    const seq = await this.link.submit(request);
    return new Promise((resolve, reject) => {
      this.committing.set(seq, { resolve, reject });
    });
  }

  /** What has come back through the log is durable. */
  read<Answer>(query: (view: ExchangeView) => Answer): Promise<Answer> {
    if (this.stopped !== undefined || !this.caughtUp) return Promise.reject(this.stopped ?? this.gone());
    return new Promise((resolve) => {
      resolve(query(this.view));
    });
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((one) => one !== listener);
    };
  }

  async close(): Promise<void> {
    this.stopped ??= new ExchangeStopped('closed', this.node.state.nextSeq);
    this.link.close();
    await this.following;
  }

  private async follow(reach: DurableReach): Promise<void> {
    const goal = reach.durableSeq;
    const range = this.headHash === undefined ? {} : { fromSeq: this.node.state.nextSeq, afterHash: this.headHash };
    try {
      if (this.node.state.nextSeq >= goal) this.arrive();
      for await (const batch of readBatches(this.options.dataDirectory, { ...range, reach })) {
        applyBatch({ ...this.node, also: { apply: (committed) => this.publish(committed) } }, batch);
        this.headHash = batch.hash.slice();
        if (!this.caughtUp && this.node.state.nextSeq >= goal) this.arrive();
      }
    } catch (error) {
      this.stop(error);
    }
    this.fallBehind();
  }

  private publish(committed: Committed): void {
    for (const listener of this.listeners) listener(committed);
    this.committing.get(committed.seq)?.resolve(committed);
    this.committing.delete(committed.seq);
  }

  private arrive(): void {
    this.caughtUp = true;
    this.onCaughtUp();
  }

  private fallBehind(): void {
    this.caughtUp = false;
    for (const { reject } of this.committing.values()) reject(this.gone());
    this.committing.clear();
  }

  private gone(): ExchangeStopped {
    return new ExchangeStopped('this gateway process has no connection to it', this.node.state.nextSeq);
  }

  private stop(cause: unknown): void {
    if (this.stopped !== undefined) return;
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.stopped = new ExchangeStopped(reason, this.node.state.nextSeq, cause);
    this.link.close();
    this.onFailed(cause instanceof OtherSoftware ? cause : this.stopped);
    this.options.onStopped(this.stopped);
  }
}
