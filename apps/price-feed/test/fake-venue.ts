// A venue on a free local port: remembers what it is asked, and sends what it is told.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export class FakeVenue {
  readonly asked: string[] = [];
  readonly paths: string[] = [];
  connections: WebSocket[] = [];

  private constructor(private readonly server: WebSocketServer) {
    server.on('connection', (socket, request) => {
      this.connections.push(socket);
      this.paths.push(request.url ?? '');
      socket.on('message', (bytes) => this.asked.push(String(bytes)));
      socket.on('error', () => undefined);
    });
  }

  static async open(): Promise<FakeVenue> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new FakeVenue(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  send(frame: string | Uint8Array): void {
    this.connections.at(-1)?.send(frame);
  }

  cut(): void {
    this.connections.at(-1)?.terminate();
  }

  close(): void {
    for (const socket of this.connections) socket.terminate();
    this.server.close();
  }
}

export async function serveHttp(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
