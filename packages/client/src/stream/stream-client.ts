// Subscriptions that survive the connection: after a break everything is subscribed again.
import {
  DEFAULT_WINDOW_MS,
  type FrameOf,
  formatStream,
  isPrivateStream,
  type Stream,
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

type Incoming = { readonly stream?: unknown; readonly data?: unknown; readonly error?: StreamError };

function parsed(text: string): Incoming {
  try {
    return (JSON.parse(text) ?? {}) as Incoming;
  } catch {
    return { error: { code: 0, message: 'the frame is not JSON' } };
  }
}

export class StreamClient {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly reconnected = new Set<() => void>();
  private readonly backoff: Backoff;
  private openings = 0;
  private socket: Socket | undefined;
  private connected = false;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly options: StreamClientOptions) {
    this.backoff = new Backoff(options.backoff ?? { firstMs: 250, maxMs: 15_000 });
  }

  /** Connects with the first subscription. The frames of one stream arrive in order; nothing says where a broken connection left gaps. */
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

  /** Called each time the connection is back after a break: frames in between are lost. */
  onReconnected(listener: () => void): Unsubscribe {
    this.reconnected.add(listener);
    return () => void this.reconnected.delete(listener);
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
    if (this.listeners.size > 0) this.request('SUBSCRIBE', [...this.listeners.keys()]);
    this.openings += 1;
    if (this.openings > 1) for (const listener of this.reconnected) listener();
  }

  private lost(reason: string): void {
    const wasConnected = this.connected;
    this.connected = false;
    this.socket = undefined;
    if (wasConnected) this.options.onState?.('disconnected', reason);
    if (this.closed || this.listeners.size === 0) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      this.connect();
    }, this.backoff.nextDelayMs());
  }

  /** Public names go in one frame without a signature, so that a refused key does not take them along. */
  private request(method: 'SUBSCRIBE' | 'UNSUBSCRIBE', names: readonly string[]): void {
    const open = names.filter((name) => !isPrivateStream(name));
    const closed = names.filter(isPrivateStream);
    if (open.length > 0) this.socket?.send(JSON.stringify({ method, params: open }));
    if (closed.length > 0) void this.requestSigned(method, closed);
  }

  private async requestSigned(method: 'SUBSCRIBE' | 'UNSUBSCRIBE', params: readonly string[]): Promise<void> {
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
      if (socket !== undefined && socket === this.socket) socket.send(JSON.stringify({ method, params, signature }));
    } catch {
      // The clock could not be read: the exchange is away. Starting over subscribes again when it is back.
      socket?.close();
    }
  }

  private received(text: string): void {
    this.backoff.reset();
    const frame = parsed(text);
    if (frame.error !== undefined) {
      this.options.onError?.(frame.error);
    } else if (typeof frame.stream === 'string' && frame.data !== undefined) {
      for (const listener of this.listeners.get(frame.stream) ?? []) listener(frame.data);
    }
  }
}
