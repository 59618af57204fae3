// One client on the socket: its subscriptions, its limits, and its way out when it cannot keep up.
import type { Duplex } from 'node:stream';
import {
  type ControlFrame,
  type FrameId,
  readControlFrame,
  STREAM_CLOSE,
  type StreamAcknowledgement,
  type StreamErrorName,
  streamErrorFrame,
} from '@glasshouse/api';
import type { WebSocket } from 'ws';
import { TokenBuckets } from '../limits/token-bucket.js';
import type { Channel, Channels, Subscriber } from './channels.js';
import type { KeyConnections } from './key-connections.js';
import { type Asked, StreamRefusal, type SubscriptionDesk } from './subscription-desk.js';

export type ConnectionLimits = {
  readonly maxStreamsPerConnection: number;
  readonly maxFramesPerMinute: number;
  /** A consumer with more than this unsent is cut off. */
  readonly maxBufferedBytes: number;
};

/** Over all connections, for the operator. */
export type SentCounts = { frames: number; bytes: number; slowConsumers: number };

export type ConnectionParts = {
  readonly channels: Channels;
  readonly desk: SubscriptionDesk;
  readonly limits: ConnectionLimits;
  readonly nowMs: () => number;
  readonly onError: (error: unknown) => void;
  readonly sent: SentCounts;
  readonly keyConnections: KeyConnections;
};

/** After a Close frame that is not answered the connection ends by force. */
const CLOSE_TIMEOUT_MS = 5_000;
const SIGNED_BY_NOBODY = 0;
const MICROSECONDS = 1_000;

function cursorOf({ resume }: ControlFrame, name: string): string | undefined {
  return Object.hasOwn(resume, name) ? resume[name] : undefined;
}

export class Connection implements Subscriber {
  /** Key that signed for each subscription. */
  private readonly subscriptions = new Map<Channel, number>();
  private readonly frames: TokenBuckets;
  /** Frames are answered in the order in which they came, although checking a signature takes a while. */
  private work: Promise<void> = Promise.resolve();
  private corked = false;
  private cutOff = false;
  lastPongMs: number;

  constructor(
    private readonly socket: WebSocket,
    private readonly stream: Duplex,
    private readonly address: string,
    private readonly parts: ConnectionParts,
  ) {
    this.lastPongMs = parts.nowMs();
    this.frames = new TokenBuckets(parts.limits.maxFramesPerMinute, parts.nowMs);
    socket.on('message', (message, isBinary) => this.receive(String(message), isBinary));
    socket.on('pong', () => {
      this.lastPongMs = parts.nowMs();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.leaveAll());
  }

  /** Frames of one turn of the event loop leave in one write. */
  send(frame: Buffer): void {
    if (this.cutOff || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > this.parts.limits.maxBufferedBytes) {
      this.cutOff = true;
      this.parts.sent.slowConsumers += 1;
      this.leaveAll();
      this.close(STREAM_CLOSE.slowConsumer);
      return;
    }
    this.cork();
    this.parts.sent.frames += 1;
    this.parts.sent.bytes += frame.length;
    this.socket.send(frame, { binary: false });
  }

  private cork(): void {
    if (this.corked) return;
    this.corked = true;
    this.stream.cork();
    queueMicrotask(() => {
      this.corked = false;
      this.stream.uncork();
    });
  }

  private receive(text: string, isBinary: boolean): void {
    if (this.frames.take('frames') > 0) {
      this.refuse('tooManyRequests');
      this.close(STREAM_CLOSE.tooManyRequests);
      return;
    }
    this.work = this.work.then(() => this.answer(text, isBinary)).catch(this.parts.onError);
  }

  private async answer(text: string, isBinary: boolean): Promise<void> {
    const control = isBinary ? undefined : readControlFrame(text);
    if (control === undefined) return this.refuse('malformedFrame');
    if (!control.ok) return this.refuse(control.error, control.id);
    const { frame } = control;
    try {
      const asked = this.parts.desk.read(frame.params);
      if (frame.method === 'SUBSCRIBE') await this.subscribe(frame, asked);
      else this.unsubscribe(frame, asked);
    } catch (error) {
      if (!(error instanceof StreamRefusal)) throw error;
      this.refuse(error.error, frame.id);
    }
  }

  /** All of the frame's streams or none. What was missed follows the acknowledgement, and what comes next follows that. */
  private async subscribe(frame: ControlFrame, asked: readonly Asked[]): Promise<void> {
    const { channels, desk, limits, keyConnections } = this.parts;
    if (this.subscriptions.size + asked.length > limits.maxStreamsPerConnection)
      throw new StreamRefusal('tooManyStreams');
    const isPrivate = asked.some((one) => one.isPrivate);
    const key = isPrivate ? await desk.signer(frame.signature, this.address) : undefined;
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (key !== undefined && !keyConnections.admit(key.keyId, this)) throw new StreamRefusal('tooManyConnections');
    const plans = asked.map(({ name, stream, isPrivate: owned }) => {
      const accountId = owned ? key?.accountId : undefined;
      const missed = channels.missed(stream, accountId, cursorOf(frame, name));
      return { name, stream, accountId, missed, keyId: owned && key !== undefined ? key.keyId : SIGNED_BY_NOBODY };
    });
    this.acknowledge(
      frame,
      plans.filter(({ missed }) => missed !== undefined).map(({ name }) => name),
    );
    for (const { stream, accountId, missed, keyId } of plans) {
      this.subscriptions.set(channels.subscribe(stream, accountId, this, missed), keyId);
    }
  }

  private acknowledge({ id, method, params }: ControlFrame, resumed: readonly string[]): void {
    if (id === undefined || this.socket.readyState !== this.socket.OPEN) return;
    const result = { method, streams: params, resumed, time: this.parts.nowMs() * MICROSECONDS };
    const acknowledgement: StreamAcknowledgement = { id, result };
    this.socket.send(JSON.stringify(acknowledgement));
  }

  private unsubscribe(frame: ControlFrame, asked: readonly Asked[]): void {
    const names = new Set(asked.map(({ name }) => name));
    for (const channel of [...this.subscriptions.keys()]) {
      if (names.has(channel.name)) this.leave(channel);
    }
    this.acknowledge(frame, []);
  }

  private leave(channel: Channel): void {
    this.subscriptions.delete(channel);
    this.parts.channels.unsubscribe(channel, this);
  }

  private leaveAll(): void {
    this.parts.keyConnections.forget(this);
    for (const channel of [...this.subscriptions.keys()]) this.leave(channel);
  }

  /** What a revoked key has signed for ends with it. */
  dropKey(keyId: number): void {
    const channels = [...this.subscriptions].filter(([, signer]) => signer === keyId);
    for (const [channel] of channels) this.leave(channel);
    if (channels.length > 0) this.refuse('keyRevoked');
  }

  private refuse(error: StreamErrorName, id?: FrameId): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(streamErrorFrame(error, id));
  }

  ping(): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }

  close({ code, reason }: { readonly code: number; readonly reason: string }, timeoutMs = CLOSE_TIMEOUT_MS): void {
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), timeoutMs).unref();
  }

  terminate(): void {
    this.socket.terminate();
  }
}
