// A venue's stream as a source: connects, subscribes, reads, and comes back after every end. Nothing that arrives can stop it.
import { Backoff } from '@glasshouse/client';
import { type RawData, WebSocket } from 'ws';
import type { Log, Pair, Quote, Source } from './quote.js';
import { QuoteBoard } from './quote-board.js';
import { TroubleLog } from './trouble-log.js';
import type { Frame, StreamVenue } from './venue/frame.js';

export type StreamSourceOptions = {
  readonly venue: StreamVenue;
  readonly pairs: readonly Pair[];
  readonly log: Log;
  /** Instead of the venue's own address. */
  readonly url?: string | undefined;
  /** A connection on which nothing arrives for this long is given up. */
  readonly silenceMs?: number | undefined;
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number } | undefined;
  readonly maxFrameBytes?: number | undefined;
};

export type StreamCounts = { readonly connections: number; readonly frames: number; readonly malformed: number };

const SILENCE_MS = 20_000;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const BACKOFF = { firstMs: 500, maxMs: 60_000 };
/** Tickers are a few hundred bytes. */
const MAX_FRAME_BYTES = 65_536;

export class StreamSource implements Source {
  readonly kind = 'live';
  private readonly board: QuoteBoard;
  private readonly trouble: TroubleLog;
  private readonly backoff: Backoff;
  private readonly counted = { connections: 0, frames: 0, malformed: 0 };
  private socket: WebSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: StreamSourceOptions) {
    this.board = new QuoteBoard(options.pairs);
    this.trouble = new TroubleLog(options.log);
    this.backoff = new Backoff(options.backoff ?? BACKOFF);
  }

  get name(): string {
    return this.options.venue.name;
  }

  get counts(): StreamCounts {
    return { ...this.counted };
  }

  readonly start = (): void => {
    this.stopped = false;
    this.connect();
  };

  readonly stop = (): void => {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.terminate();
  };

  readonly quotes = (nowMs: number): readonly Quote[] => this.board.quotes(nowMs);

  private connect(): void {
    const { venue, pairs, url = venue.url, maxFrameBytes = MAX_FRAME_BYTES } = this.options;
    const socket = new WebSocket(url + venue.path(pairs), {
      maxPayload: maxFrameBytes,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    });
    this.socket = socket;
    let reason = '';
    socket.on('open', () => {
      this.counted.connections += 1;
      this.awaitSound(socket);
      for (const text of venue.subscriptions(pairs)) socket.send(text);
    });
    socket.on('message', (bytes, isBinary) => this.hear(bytes, isBinary));
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.on('close', (code) => this.lost(reason === '' ? `connection closed with ${code}` : reason));
  }

  /** Each frame winds the clock up again. */
  private awaitSound(socket: WebSocket): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.trouble.report(this.name, 'silent for too long; connecting again');
      socket.terminate();
    }, this.options.silenceMs ?? SILENCE_MS);
  }

  private hear(bytes: RawData, isBinary: boolean): void {
    this.timer?.refresh();
    this.counted.frames += 1;
    if (isBinary) this.dropFrame();
    else this.take(this.options.venue.read(String(bytes)));
  }

  private take(frame: Frame): void {
    if (frame.kind === 'malformed') return this.dropFrame();
    if (frame.kind === 'refused') return this.trouble.report(this.name, `refused: ${frame.reason}`);
    if (frame.kind === 'alive') return;
    const nowMs = Date.now();
    // A venue that accepts and at once cuts off must not be stormed: only a quote says that the connection is good.
    for (const tick of frame.ticks) if (this.board.take(tick, nowMs)) this.backoff.reset();
  }

  private dropFrame(): void {
    this.counted.malformed += 1;
    this.trouble.report(this.name, 'dropped a frame that makes no sense');
  }

  private lost(reason: string): void {
    clearTimeout(this.timer);
    this.board.clear();
    if (this.stopped) return;
    this.trouble.report(this.name, reason);
    this.timer = setTimeout(() => this.connect(), this.backoff.nextDelayMs());
  }
}
