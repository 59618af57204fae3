// A server that misbehaves on demand. It answers from a script and remembers what it was sent; it trades nothing.
import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  acceptedSigningTexts,
  OPERATION_NAMES,
  operationOf,
  readSignedBody,
  readSignedQuery,
  readValidity,
} from '@glasshouse/api';
import { type WebSocket, WebSocketServer } from 'ws';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
};

/** `drop`: the connection is cut without an answer. */
export type Reply =
  | 'drop'
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

export type Script = (request: Received, count: number) => Reply;

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** What a gateway does: rebuilds the text from what arrived and checks the signature under the named instruction. */
export function isWellSigned(request: Received): boolean {
  const name = OPERATION_NAMES.find((candidate) => {
    const { method, path, auth } = operationOf(candidate);
    return auth === 'signed' && method === request.method && path === request.path;
  });
  const validity = readValidity(textOf(request.headers['x-timestamp']), textOf(request.headers['x-window']));
  if (name === undefined || typeof validity === 'string') return false;
  const texts = acceptedSigningTexts(operationOf(name).instruction ?? '', segmentsOf(request), validity);
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, Buffer.from(textOf(request.headers['x-api-key']) ?? '', 'base64')]),
    format: 'der',
    type: 'spki',
  });
  const signature = Buffer.from(textOf(request.headers['x-signature']) ?? '', 'base64');
  return texts.some((text) => verify(null, Buffer.from(text), key, signature));
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function segmentsOf(request: Received) {
  if (request.method === 'GET') {
    const query = readSignedQuery(request.query);
    return query.kind === 'query' ? [query.parameters] : [];
  }
  const body = readSignedBody(request.body);
  if (body.kind === 'malformed') return [];
  return body.kind === 'batch' ? body.parameters : [body.parameters];
}

export class FakeExchange {
  readonly received: Received[] = [];
  readonly sockets: WebSocket[] = [];
  readonly frames: unknown[] = [];
  connections = 0;
  /** Added to the server's clock. */
  clockOffsetMs = 0;
  private readonly server: Server;
  private readonly streams: WebSocketServer;

  private constructor(private readonly script: Script) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.on('connection', () => {
      this.connections += 1;
    });
    this.streams = new WebSocketServer({ server: this.server });
    this.streams.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (bytes) => this.frames.push(JSON.parse(String(bytes))));
    });
  }

  static async start(script: Script = () => ({ status: 200, body: {} })): Promise<FakeExchange> {
    const fake = new FakeExchange(script);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests for a path, the clock's left out. */
  to(path: string): readonly Received[] {
    return this.received.filter((request) => request.path === path);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.streams.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (url.pathname === '/api/v1/time') {
      response.end(String(Date.now() + this.clockOffsetMs));
      return;
    }
    const received = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.search.slice(1),
      body: await bodyOf(request),
      headers: request.headers,
    };
    this.received.push(received);
    this.reply(response, this.script(received, this.to(url.pathname).length));
  }

  private reply(response: ServerResponse, reply: Reply): void {
    if (reply === 'drop') {
      response.socket?.destroy();
      return;
    }
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  }
}

/** Waits until `condition` holds; the test's own limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
