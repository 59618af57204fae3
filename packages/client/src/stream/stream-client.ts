// Subscriptions that survive the connection: after a break everything is subscribed again, and goes on where it was if the
// exchange still has what was missed.
import {
  type ControlFrame,
  DEFAULT_WINDOW_MS,
  type FrameOf,
  formatStream,
  isPrivateStream,
  type Stream,
  type StreamAcknowledgement,
  subscribeSigningText,
} from '@glasshouse/api';
import type { ExchangeClient } from '../rest/exchange-client.js';
import { Backoff, type BackoffOptions } from './backoff.js';
import { openSocket, type Socket } from './socket.js';

export type StreamError = { readonly code: number; readonly message: string };

export type StreamClientOptions = {
  /** Signs private subscriptions and lends its clock; its URL is the default for `url`. */
  readonly client: ExchangeClient;
  /** `ws://…` or `wss://…`. */
  readonly url?: string | undefined;
  readonly backoff?: BackoffOptions | undefined;
  /** How often the other end must show that it lives. */
  readonly pulseMs?: number | undefined;
  /** Error frames of the exchange. */
  readonly onError?: ((error: StreamError) => void) | undefined;
  readonly onState?: ((state: 'connected' | 'disconnected', reason: string) => void) | undefined;
};

type Listener = (frame: unknown) => void;
export type Unsubscribe = () => void;
/** Is told the names of the streams. */
export type LossListener = (streams: readonly string[]) => void;

type Incoming = Partial<Omit<StreamAcknowledgement, 'id'>> & {
  readonly id?: unknown;
  readonly stream?: unknown;
  readonly data?: unknown;
  readonly cursor?: unknown;
  readonly error?: StreamError;
};

function parsed(text: string): Incoming {
  try {
    return (JSON.parse(text) ?? {}) as Incoming;
  } catch {
    return { error: { code: 0, message: 'the frame is not JSON' } };
  }
}

export class StreamClient {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly lossListeners = new Set<LossListener>();
  /** Of the last frame of each stream. */
  private readonly cursors = new Map<string, string>();
  /** Streams asked to go on where they were, by the id of the frame that asked. */
  private readonly resuming = new Map<number, readonly string[]>();
  private lastId = 0;
  private readonly backoff: Backoff;
  private openings = 0;
  private socket: Socket | undefined;
  private connected = false;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly options: StreamClientOptions) {
    this.backoff = new Backoff(options.backoff ?? { firstMs: 250, maxMs: 15_000 });
  }

  /** Connects with the first subscription. The frames of one stream arrive in order, without a gap unless `onLost` says so. */
  subscribe<Kind extends Stream['kind']>(
    stream: Extract<Stream, { kind: Kind }>,
    listener: (frame: FrameOf<Kind>) => void,
  ): Unsubscribe {
    const name = formatStream(stream);
    if (isPrivateStream(name) && this.options.client.connection.signer === undefined) {
      throw new TypeError(`${name} needs an API key and secret`);
    }
    const typed = listener as Listener;
    const known = this.listeners.get(name);
    if (known === undefined) {
      this.listeners.set(name, new Set([typed]));
      this.connect();
      if (this.connected) this.request('SUBSCRIBE', [name]);
    } else {
      known.add(typed);
    }
    return () => this.unsubscribe(name, typed);
  }

  /** Called when the connection is back after a break, with the streams of which frames in between are lost. */
  onLost(listener: LossListener): Unsubscribe {
    this.lossListeners.add(listener);
    return () => void this.lossListeners.delete(listener);
  }

  /** Ends for good: no frames, no reconnection. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.listeners.clear();
    this.socket?.close();
  }

  private unsubscribe(name: string, listener: Listener): void {
    const known = this.listeners.get(name);
    if (known === undefined || !known.delete(listener) || known.size > 0) return;
    this.listeners.delete(name);
    this.cursors.delete(name);
    if (this.connected) this.request('UNSUBSCRIBE', [name]);
  }

  private connect(): void {
    if (this.socket !== undefined || this.closed || this.retry !== undefined) return;
    const url = this.options.url ?? this.options.client.connection.streamUrl;
    this.socket = openSocket(url, this.options.pulseMs ?? 30_000, {
      onOpen: () => this.opened(),
      onText: (text) => this.received(text),
      onClosed: (reason) => this.lost(reason),
    });
  }

  private opened(): void {
    this.connected = true;
    this.options.onState?.('connected', '');
    const names = [...this.listeners.keys()];
    const known = names.filter((name) => this.cursors.has(name));
    const unknown = names.filter((name) => !this.cursors.has(name));
    if (unknown.length > 0) this.request('SUBSCRIBE', unknown);
    if (known.length > 0) this.request('SUBSCRIBE', known, true);
    this.openings += 1;
    if (this.openings > 1) this.report(unknown);
  }

  private report(lost: readonly string[]): void {
    for (const name of lost) this.cursors.delete(name);
    if (lost.length > 0) for (const listener of this.lossListeners) listener(lost);
  }

  private lost(reason: string): void {
    const wasConnected = this.connected;
    this.connected = false;
    this.socket = undefined;
    this.resuming.clear();
    if (wasConnected) this.options.onState?.('disconnected', reason);
    if (this.closed || this.listeners.size === 0) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.connect();
    }, this.backoff.nextDelayMs());
  }

  /** Public names go in one frame without a signature, so that a refused key does not take them along. */
  private request(method: ControlFrame['method'], names: readonly string[], resumes = false): void {
    const open = names.filter((name) => !isPrivateStream(name));
    const closed = names.filter(isPrivateStream);
    if (open.length > 0) this.socket?.send(JSON.stringify({ method, params: open, ...this.resumption(open, resumes) }));
    if (closed.length > 0) void this.requestSigned(method, closed, resumes);
  }

  private resumption(names: readonly string[], resumes: boolean) {
    if (!resumes) return {};
    this.lastId += 1;
    this.resuming.set(this.lastId, names);
    return { id: this.lastId, resume: Object.fromEntries(names.map((name) => [name, this.cursors.get(name)])) };
  }

  private async requestSigned(
    method: ControlFrame['method'],
    params: readonly string[],
    resumes: boolean,
  ): Promise<void> {
    const { signer } = this.options.client.connection;
    if (signer === undefined) return;
    const socket = this.socket;
    try {
      const validity = { timestampMs: await this.options.client.nowMs(), windowMs: DEFAULT_WINDOW_MS };
      const signature = [
        signer.apiKey,
        signer.sign(subscribeSigningText(validity)),
        String(validity.timestampMs),
        String(validity.windowMs),
      ];
      if (socket === undefined || socket !== this.socket) return;
      socket.send(JSON.stringify({ method, params, signature, ...this.resumption(params, resumes) }));
    } catch {
      // The clock could not be read: the exchange is away. Starting over subscribes again when it is back.
      socket?.close();
    }
  }

  private received(text: string): void {
    this.backoff.reset();
    const frame = parsed(text);
    if (typeof frame.id === 'number') this.resumed(frame.id, frame.result?.resumed ?? []);
    if (frame.error !== undefined) {
      this.options.onError?.(frame.error);
    } else if (typeof frame.stream === 'string' && frame.data !== undefined) {
      if (typeof frame.cursor === 'string') this.cursors.set(frame.stream, frame.cursor);
      for (const listener of this.listeners.get(frame.stream) ?? []) listener(frame.data);
    }
  }

  private resumed(id: number, resumed: readonly string[]): void {
    const asked = this.resuming.get(id) ?? [];
    this.resuming.delete(id);
    this.report(asked.filter((name) => !resumed.includes(name)));
  }
}
