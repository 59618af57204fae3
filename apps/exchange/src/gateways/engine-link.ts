// A gateway process's line to the exchange: comes back by itself for as long as it is wanted.
import { connect, type Socket } from 'node:net';
import { Overloaded } from '@glasshouse/gateway';
import { DurableReach } from '@glasshouse/journal';
import type { Request } from '@glasshouse/protocol';
import type { Seq } from '@glasshouse/units';
import { ExchangeStopped } from '../pipeline-contract.js';
import { softwareFingerprint } from '../state/software.js';
import { encodeFrame, type Frame, FrameReader } from './frames.js';

/** The exchange runs other software: what it does and what we would make of its log need not be the same. */
export class OtherSoftware extends Error {
  override readonly name = 'OtherSoftware';

  constructor() {
    super(
      'the exchange runs other software than this gateway process; start the gateway process again with the same version',
    );
  }
}

type Waiting = { readonly resolve: (seq: Seq) => void; readonly reject: (error: Error) => void };

const RETRY_MS = 200;
const MAX_OUTSTANDING = 16_384;

export type EngineLinkEvents = {
  /** The line stands; the reach closes when it breaks. */
  readonly onUp: (reach: DurableReach) => void;
  readonly onOtherSoftware: (error: OtherSoftware) => void;
};

export class EngineLink {
  private socket: Socket | undefined;
  private reach: DurableReach | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly path: string,
    private readonly events: EngineLinkEvents,
  ) {
    this.connect();
  }

  /** True while the exchange is there. */
  get isUp(): boolean {
    return this.reach !== undefined;
  }

  /** As far as the exchange has said; 0 without it. */
  get durableSeq(): number {
    return this.reach?.durableSeq ?? 0;
  }

  /** The number that the request got, once it is durable. Rejects when that is not known: it may be in the log all the same. */
  submit(request: Request): Promise<Seq> {
    const { socket } = this;
    if (this.reach === undefined || socket === undefined) return Promise.reject(this.gone());
    if (this.waiting.size >= MAX_OUTSTANDING) {
      return Promise.reject(new Overloaded(`${this.waiting.size} requests are waiting`));
    }
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      socket.write(encodeFrame({ kind: 'submit', id, request }));
    });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.socket?.destroy();
  }

  private connect(): void {
    const reader = new FrameReader();
    const socket = connect(this.path);
    this.socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.lost());
    socket.on('data', (chunk) => {
      try {
        for (const frame of reader.push(chunk)) this.hear(frame);
      } catch {
        socket.destroy();
      }
    });
  }

  private lost(): void {
    this.reach?.close();
    this.reach = undefined;
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(this.gone());
    if (!this.closed) this.retry = setTimeout(() => this.connect(), RETRY_MS);
  }

  private gone(): ExchangeStopped {
    return new ExchangeStopped('this gateway process has no connection to it', this.durableSeq as Seq);
  }

  private hear(frame: Frame): void {
    switch (frame.kind) {
      case 'welcome':
        return this.begin(frame.fingerprint, frame.durableSeq);
      case 'durable':
        return this.reach?.advance(frame.durableSeq);
      case 'committed':
        return this.take(frame.id)?.resolve(frame.seq as Seq);
      case 'refused':
        return this.take(frame.id)?.reject(frame.why === 'overloaded' ? new Overloaded(frame.why) : this.gone());
    }
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private begin(fingerprint: string, durableSeq: number): void {
    if (fingerprint !== softwareFingerprint()) {
      this.close();
      this.events.onOtherSoftware(new OtherSoftware());
      return;
    }
    this.reach = new DurableReach(durableSeq);
    this.events.onUp(this.reach);
  }
}
