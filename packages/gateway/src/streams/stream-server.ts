// WebSocket connections on the HTTP server's port, at `/`: admission, keep-alive, shutdown.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { STREAM_CLOSE } from '@glasshouse/api';
import type { Event } from '@glasshouse/protocol';
import { WebSocketServer } from 'ws';
import { addressKey } from '../limits/address.js';
import type { KeepingLimits } from './channels.js';
import { Connection, type ConnectionLimits, type ConnectionParts, type SentCounts } from './connection.js';
import { KeyConnections } from './key-connections.js';

export type StreamServerLimits = ConnectionLimits &
  KeepingLimits & {
    readonly maxConnections: number;
    readonly maxConnectionsPerAddress: number;
    readonly maxConnectionsPerKey: number;
    readonly maxFrameBytes: number;
  };

export type KeepAlive = {
  readonly pingEveryMs: number;
  readonly pongTimeoutMs: number;
  readonly shutdownGraceMs: number;
};

export type StreamServerParts = Omit<ConnectionParts, 'limits' | 'sent' | 'keyConnections'> & {
  readonly limits: StreamServerLimits;
  readonly keepAlive: KeepAlive;
  readonly addressOf: (request: IncomingMessage) => string;
};

const REFUSALS = {
  400: 'Bad Request',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const;

function refuse(socket: Duplex, status: keyof typeof REFUSALS): void {
  socket.end(`HTTP/1.1 ${status} ${REFUSALS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * For clients that offer it, and frames that gain by it: most are shorter, and each connection compresses for itself. Nothing is
 * remembered from frame to frame, which would take hundreds of kilobytes a connection.
 */
const COMPRESSION = {
  threshold: 1_024,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  concurrencyLimit: 4,
  zlibDeflateOptions: { level: 1 },
} as const;

export class StreamServer {
  private readonly sockets: WebSocketServer;
  private readonly connections = new Map<Connection, string>();
  private readonly perAddress = new Map<string, number>();
  readonly sent: SentCounts = { frames: 0, bytes: 0, slowConsumers: 0 };
  private keepAliveTimer: NodeJS.Timeout | undefined;
  private readonly connectionParts: ConnectionParts;
  private closing = false;

  constructor(private readonly parts: StreamServerParts) {
    const keyConnections = new KeyConnections(parts.limits.maxConnectionsPerKey);
    this.connectionParts = { ...parts, sent: this.sent, keyConnections };
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: COMPRESSION,
      maxPayload: parts.limits.maxFrameBytes,
    });
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.keepAliveTimer = setInterval(() => this.checkAlive(), this.parts.keepAlive.pingEveryMs).unref();
  }

  get size(): number {
    return this.connections.size;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?')[0];
    if (path !== '/') return refuse(socket, 404);
    if (this.closing || this.connections.size >= this.parts.limits.maxConnections) return refuse(socket, 503);
    const address = this.parts.addressOf(request);
    const counted = addressKey(address);
    if ((this.perAddress.get(counted) ?? 0) >= this.parts.limits.maxConnectionsPerAddress) return refuse(socket, 429);
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, socket, address, this.connectionParts);
      this.connections.set(connection, counted);
      this.perAddress.set(counted, (this.perAddress.get(counted) ?? 0) + 1);
      webSocket.on('close', () => this.forget(connection, counted));
    });
  }

  private forget(connection: Connection, address: string): void {
    if (!this.connections.delete(connection)) return;
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left === 0) this.perAddress.delete(address);
    else this.perAddress.set(address, left);
  }

  private checkAlive(): void {
    const now = this.parts.nowMs();
    for (const connection of this.connections.keys()) {
      if (now - connection.lastPongMs >= this.parts.keepAlive.pongTimeoutMs) connection.terminate();
      else connection.ping();
    }
  }

  observe(event: Event): void {
    if (event.kind !== 'keyRevoked') return;
    for (const connection of this.connections.keys()) connection.dropKey(event.key.keyId);
  }

  /** Says goodbye to everyone and waits until they have gone, at most for the grace period. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.keepAliveTimer);
    const { shutdownGraceMs } = this.parts.keepAlive;
    for (const connection of this.connections.keys()) connection.close(STREAM_CLOSE.shutdown, shutdownGraceMs);
    const deadline = Date.now() + shutdownGraceMs;
    while (this.connections.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const connection of [...this.connections.keys()]) connection.terminate();
  }
}
