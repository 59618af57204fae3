// Streams that someone listens to. A frame is written as text once and the same bytes go to every subscriber.
import { formatStream, type Stream } from '@glasshouse/api';

export interface Subscriber {
  send(frame: Buffer): void;
}

export class Channel {
  readonly subscribers = new Set<Subscriber>();
  readonly name: string;

  constructor(
    readonly key: string,
    readonly stream: Stream,
    /** Whose private stream it is. */
    readonly accountId: number | undefined,
  ) {
    this.name = formatStream(stream);
  }

  /** `data` is the JSON text of the frame. */
  publish(data: string): void {
    const frame = frameOf(this.name, data);
    for (const subscriber of this.subscribers) subscriber.send(frame);
  }
}

/** What is sent of a stream: its name and the JSON text of its data. */
export function frameOf(name: string, data: string): Buffer {
  return Buffer.from(`{"data":${data},"stream":${JSON.stringify(name)}}`);
}

/** A private stream exists once for each account. */
export function channelKey(name: string, accountId: number | undefined): string {
  return accountId === undefined ? name : `${accountId} ${name}`;
}

export type ChannelObserver = {
  opened(channel: Channel): void;
  closed(channel: Channel): void;
  /** After `opened`, once for every subscriber. */
  joined?(channel: Channel, subscriber: Subscriber): void;
};

export class Channels {
  private readonly open = new Map<string, Channel>();

  constructor(private readonly observers: readonly ChannelObserver[]) {}

  get size(): number {
    return this.open.size;
  }

  find(key: string): Channel | undefined {
    return this.open.get(key);
  }

  subscribe(stream: Stream, accountId: number | undefined, subscriber: Subscriber): Channel {
    const key = channelKey(formatStream(stream), accountId);
    const known = this.open.get(key);
    const channel = known ?? new Channel(key, stream, accountId);
    if (known === undefined) this.begin(channel);
    if (channel.subscribers.has(subscriber)) return channel;
    channel.subscribers.add(subscriber);
    for (const observer of this.observers) observer.joined?.(channel, subscriber);
    return channel;
  }

  private begin(channel: Channel): void {
    this.open.set(channel.key, channel);
    for (const observer of this.observers) observer.opened(channel);
  }

  unsubscribe(channel: Channel, subscriber: Subscriber): void {
    if (!channel.subscribers.delete(subscriber) || channel.subscribers.size > 0) return;
    this.open.delete(channel.key);
    for (const observer of this.observers) observer.closed(channel);
  }
}
