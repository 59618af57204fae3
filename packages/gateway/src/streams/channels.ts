// Streams that someone listens to, or listened to a moment ago. A frame is written as text once and the same bytes go to every
// subscriber; the newest ones are kept, so that who was cut off goes on where it was.
import { formatStream, type Stream } from '@glasshouse/api';
import { KeptBudget, KeptFrames } from './kept-frames.js';

export interface Subscriber {
  send(frame: Buffer): void;
}

export class Channel {
  readonly subscribers = new Set<Subscriber>();
  readonly name: string;
  private readonly kept: KeptFrames;
  /** When the last one left. */
  idleSinceMs = 0;

  constructor(
    readonly key: string,
    readonly stream: Stream,
    /** Whose private stream it is. */
    readonly accountId: number | undefined,
    /** Names this opening of the stream: numbers count from it. */
    private readonly opening: string,
    budget: KeptBudget,
  ) {
    this.name = formatStream(stream);
    this.kept = new KeptFrames(budget);
  }

  /** `data` is the JSON text of the frame. */
  publish(data: string): void {
    const frame = frameOf(this.name, data, `${this.opening}-${this.kept.count + 1}`);
    this.kept.add(frame);
    for (const subscriber of this.subscribers) subscriber.send(frame);
  }

  /** What was published after the frame with this cursor; undefined when it is not known or not all of it is kept. */
  since(cursor: string): readonly Buffer[] | undefined {
    const [opening, number = ''] = cursor.split('-');
    return opening === this.opening && /^\d{1,15}$/.test(number) ? this.kept.after(Number(number)) : undefined;
  }

  end(): void {
    this.kept.drop();
  }
}

/** What is sent of a stream: its name and the JSON text of its data. Without a cursor nobody can go on from it. */
export function frameOf(name: string, data: string, cursor?: string): Buffer {
  const place = cursor === undefined ? '' : `"cursor":"${cursor}",`;
  return Buffer.from(`{${place}"data":${data},"stream":${JSON.stringify(name)}}`);
}

/** A private stream exists once for each account. */
export function channelKey(name: string, accountId: number | undefined): string {
  return accountId === undefined ? name : `${accountId} ${name}`;
}

export type ChannelObserver = {
  opened(channel: Channel): void;
  closed(channel: Channel): void;
  /** After `opened`, once for every subscriber that does not go on where it was. */
  joined?(channel: Channel, subscriber: Subscriber): void;
};

export type KeepingLimits = {
  /** For so long a stream goes on without listeners, so that they may come back. */
  readonly resumeGraceMs: number;
  readonly maxKeptBytes: number;
  readonly maxKeptBytesPerStream: number;
};

/** Beyond it a stream that nobody listens to is not waited for. */
const MAX_IDLE = 10_000;

export class Channels {
  private readonly open = new Map<string, Channel>();
  private readonly idle = new Set<Channel>();
  private readonly budget: KeptBudget;
  private openings = 0;

  constructor(
    private readonly observers: readonly ChannelObserver[],
    private readonly limits: KeepingLimits,
    private readonly nowMs: () => number,
    /** Tells the openings of this gateway from those of any other: short, without a dash. */
    private readonly run: string,
  ) {
    this.budget = new KeptBudget(limits.maxKeptBytes, limits.maxKeptBytesPerStream);
  }

  get size(): number {
    return this.open.size;
  }

  find(key: string): Channel | undefined {
    return this.open.get(key);
  }

  /** Frames that a subscriber missed who has seen all up to the cursor; undefined when it must begin anew. */
  missed(stream: Stream, accountId: number | undefined, cursor: string | undefined): readonly Buffer[] | undefined {
    return cursor === undefined ? undefined : this.find(channelKey(formatStream(stream), accountId))?.since(cursor);
  }

  /** Sends what was missed first. */
  subscribe(
    stream: Stream,
    accountId: number | undefined,
    subscriber: Subscriber,
    missed?: readonly Buffer[] | undefined,
  ): Channel {
    const key = channelKey(formatStream(stream), accountId);
    const channel = this.open.get(key) ?? this.begin(key, stream, accountId);
    if (channel.subscribers.has(subscriber)) return channel;
    for (const frame of missed ?? []) subscriber.send(frame);
    this.idle.delete(channel);
    channel.subscribers.add(subscriber);
    if (missed === undefined) for (const observer of this.observers) observer.joined?.(channel, subscriber);
    return channel;
  }

  private begin(key: string, stream: Stream, accountId: number | undefined): Channel {
    this.openings += 1;
    const channel = new Channel(key, stream, accountId, `${this.run}${this.openings.toString(36)}`, this.budget);
    this.open.set(key, channel);
    for (const observer of this.observers) observer.opened(channel);
    return channel;
  }

  unsubscribe(channel: Channel, subscriber: Subscriber): void {
    if (!channel.subscribers.delete(subscriber) || channel.subscribers.size > 0) return;
    channel.idleSinceMs = this.nowMs();
    this.idle.add(channel);
    if (this.idle.size > MAX_IDLE || this.limits.resumeGraceMs === 0) this.close(channel);
  }

  /** In the order in which they became idle. */
  closeIdle(): void {
    const before = this.nowMs() - this.limits.resumeGraceMs;
    for (const channel of this.idle) {
      if (channel.idleSinceMs > before) return;
      this.close(channel);
    }
  }

  private close(channel: Channel): void {
    this.idle.delete(channel);
    this.open.delete(channel.key);
    channel.end();
    for (const observer of this.observers) observer.closed(channel);
  }
}
