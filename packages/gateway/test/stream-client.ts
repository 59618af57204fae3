// A WebSocket client that keeps every frame it gets.
import { sign } from 'node:crypto';
import { OWN_STREAM_FRAMES, parseStream, problemWith, STREAM_FRAMES, subscribeSigningText } from '@glasshouse/api';
import { WebSocket } from 'ws';
import type { Key } from './venue.js';

export type Data = Readonly<Record<string, unknown>>;
export type Frame = {
  readonly stream?: string;
  readonly data?: Data;
  readonly error?: { code: number; message: string };
  readonly cursor?: string;
  readonly id?: unknown;
  readonly result?: Data;
};

const FRAMES = { ...STREAM_FRAMES, ...OWN_STREAM_FRAMES };

/** Every data frame must fit the published schema of its stream. */
function checked(frame: Frame): Frame {
  if (frame.data === undefined) return frame;
  const stream = parseStream(String(frame.stream));
  if (stream === undefined) throw new Error(`${frame.stream} is no stream`);
  const problem = problemWith(FRAMES[stream.kind], frame.data);
  if (problem !== undefined) throw new Error(`${frame.stream}: ${problem} in ${JSON.stringify(frame.data)}`);
  return frame;
}

export type ConnectOptions = {
  readonly autoPong?: boolean;
  readonly headers?: Record<string, string>;
  readonly compression?: boolean;
};

export class StreamClient {
  readonly frames: Frame[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  pings = 0;
  private waiting: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (text) => {
      this.frames.push(checked(JSON.parse(String(text)) as Frame));
      this.wake();
    });
    socket.on('ping', () => {
      this.pings += 1;
      this.wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.wake();
      });
    });
  }

  static async connect(url: string, options: ConnectOptions = {}): Promise<StreamClient> {
    const { autoPong = true, headers = {}, compression = true } = options;
    const socket = new WebSocket(url, { autoPong, headers, perMessageDeflate: compression });
    const client = new StreamClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Success is silent, so a stream that does not exist asks for the answer that proves that the first frame was read. */
  async settled(): Promise<void> {
    const before = this.frames.length;
    this.send({ method: 'UNSUBSCRIBE', params: ['no.such.stream'] });
    await this.until(() => this.frames.slice(before).some(({ error }) => error?.code === 4006));
    const place = this.frames.findIndex(({ error }, index) => index >= before && error?.code === 4006);
    this.frames.splice(place, 1);
  }

  async subscribe(...params: string[]): Promise<void> {
    this.send({ method: 'SUBSCRIBE', params });
    await this.settled();
  }

  async subscribeSigned(key: Key, ...params: string[]): Promise<void> {
    await this.subscribeSignedAt(Date.now(), key, ...params);
  }

  /** For venues whose time runs ahead. */
  async subscribeSignedAt(nowMs: number, key: Key, ...params: string[]): Promise<void> {
    this.send({ method: 'SUBSCRIBE', params, signature: streamSignature(key, nowMs) });
    await this.settled();
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.socket.readyState === this.socket.CLOSED) throw new Error('the connection is closed');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  dataOf(stream: string): Data[] {
    return this.frames.flatMap((frame) => (frame.stream === stream && frame.data !== undefined ? [frame.data] : []));
  }

  errors(): unknown[] {
    return this.frames.flatMap(({ error }) => (error === undefined ? [] : [error]));
  }

  close(): void {
    this.socket.terminate();
  }
}

export function streamSignature(key: Key, timestampMs = Date.now(), windowMs = 5000): string[] {
  const text = new TextEncoder().encode(subscribeSigningText({ timestampMs, windowMs }));
  const signature = sign(null, text, key.privateKey).toString('base64');
  return [key.publicKey, signature, String(timestampMs), String(windowMs)];
}
