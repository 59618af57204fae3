// One kept-alive HTTP/1.1 connection, one request at a time: as little work as possible, because it shares the machine.
import { connect, type Socket } from 'node:net';

type Waiting = (status: number) => void;

const HEADER_END = Buffer.from('\r\n\r\n');
const STATUS_START = 'HTTP/1.1 '.length;
const CONTENT_LENGTH = /content-length: (\d+)/i;

export class Connection {
  #received: Buffer = Buffer.alloc(0);
  #waiting: Waiting | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('close', () => this.#waiting?.(0));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  /** `answered` hears the status, 0 when the connection broke. */
  send(request: Buffer, answered: Waiting): void {
    this.#waiting = answered;
    this.socket.write(request);
  }

  close(): void {
    this.#waiting = undefined;
    this.socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const headerEnd = this.#received.indexOf(HEADER_END);
    if (headerEnd < 0) return;
    const header = this.#received.toString('latin1', 0, headerEnd);
    const end = headerEnd + HEADER_END.length + Number(CONTENT_LENGTH.exec(header)?.[1] ?? 0);
    if (this.#received.length < end) return;
    this.#received = this.#received.subarray(end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(Number(header.slice(STATUS_START, STATUS_START + 3)));
  }
}
