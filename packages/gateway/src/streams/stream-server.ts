// WebSocket connections on the HTTP server's port, at `/`: admission, keep-alive, shutdown.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { STREAM_CLOSE } from '@glasshouse/api';
import type { Event } from '@glasshouse/protocol';
import { WebSocketServer } from 'ws';
import { addressKey } from '../limits/address.js';
import { Connection, type ConnectionLimits, type ConnectionParts, type SentCounts } from './connection.js';

export type StreamServerLimits = ConnectionLimits & {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly maxFrameBytes: number;
};

export type KeepAlive = {
  readonly pingEveryMs: number;
  readonly pongTimeoutMs: number;
  readonly shutdownGraceMs: number;
};

export type StreamServerParts = Omit<ConnectionParts, 'limits' | 'sent'> & {
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

export class StreamServer {
  private readonly sockets: WebSocketServer;
  private readonly connections = new Map<Connection, string>();
  private readonly perAddress = new Map<string, number>();
  readonly sent: SentCounts = { frames: 0, bytes: 0, slowConsumers: 0 };
  private keepAliveTimer: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(private readonly parts: StreamServerParts) {
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
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
      const connection = new Connection(webSocket, socket, address, { ...this.parts, sent: this.sent });
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
