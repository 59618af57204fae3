// Where gateway processes come in: they hand in requests, and are told how far the log is durable. Whoever can open the
// socket could as well write the log: both belong to the user that the exchange runs as, and to nobody else.
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { type ExchangePort, Overloaded } from '@glasshouse/gateway';
import type { Log } from '../log.js';
import { softwareFingerprint } from '../state/software.js';
import { encodeFrame, type Frame, FrameReader } from './frames.js';

export type GatewayDoorParts = {
  readonly path: string;
  readonly port: ExchangePort;
  readonly durableSeq: () => number;
  readonly log: Log;
};

const MAX_GATEWAYS = 64;
/** A gateway that reads so little is better off without us: it comes back and reads the log. */
const MAX_UNSENT_BYTES = 16_777_216;
const OWNER_ONLY = 0o600;

export class GatewayDoor {
  private readonly sockets = new Set<Socket>();
  private readonly stopListening: () => void;
  private telling = false;

  private constructor(
    private readonly parts: GatewayDoorParts,
    private readonly server: Server,
  ) {
    server.on('connection', (socket) => this.welcome(socket));
    this.stopListening = parts.port.onCommitted(() => this.tellSoon());
  }

  /** A socket that a killed process left behind is in nobody's way: the folder is ours. */
  static async open(parts: GatewayDoorParts): Promise<GatewayDoor> {
    await rm(parts.path, { force: true });
    const server = createServer();
    server.maxConnections = MAX_GATEWAYS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(parts.path, resolve);
    });
    await chmod(parts.path, OWNER_ONLY);
    return new GatewayDoor(parts, server);
  }

  async close(): Promise<void> {
    this.stopListening();
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private welcome(socket: Socket): void {
    const reader = new FrameReader();
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk) => this.hear(socket, reader, chunk));
    this.send(socket, {
      kind: 'welcome',
      fingerprint: softwareFingerprint(),
      durableSeq: this.parts.durableSeq(),
    });
  }

  private hear(socket: Socket, reader: FrameReader, chunk: Buffer): void {
    try {
      for (const frame of reader.push(chunk)) {
        if (frame.kind === 'submit') this.submit(socket, frame);
      }
    } catch (problem) {
      this.parts.log.warn('a gateway process was cut off', { reason: String(problem) });
      socket.destroy();
    }
  }

  private submit(socket: Socket, { id, request }: Frame & { readonly kind: 'submit' }): void {
    this.parts.port.submit(request).then(
      ({ seq }) => this.send(socket, { kind: 'committed', id, seq }),
      (error: unknown) =>
        this.send(socket, { kind: 'refused', id, why: error instanceof Overloaded ? 'overloaded' : 'stopped' }),
    );
  }

  /** After the answers of the batch, so that whoever waits for a number waits before it comes by. */
  private tellSoon(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      const durableSeq = this.parts.durableSeq();
      for (const socket of this.sockets) this.send(socket, { kind: 'durable', durableSeq });
    });
  }

  private send(socket: Socket, frame: Frame): void {
    if (socket.destroyed) return;
    if (socket.writableLength > MAX_UNSENT_BYTES) socket.destroy();
    else socket.write(encodeFrame(frame));
  }
}
