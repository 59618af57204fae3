// A line to the exchange that breaks: passes bytes both ways, and cuts connections when it is told to.

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

export class FlakyLine {
  cuts = 0;
  readonly #open: Socket[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<FlakyLine> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const line = new FlakyLine(server, `ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (near) => line.#join(near, connect(Number(port), hostname)));
    return line;
  }

  /** Cuts the connection that `place`, of 0 to 1, falls on. */
  cut(place: number): void {
    const [socket] = this.#open.splice(Math.floor(place * this.#open.length), 1);
    if (socket === undefined) return;
    this.cuts += 1;
    socket.destroy();
  }

  close(): void {
    for (const socket of this.#open.splice(0)) socket.destroy();
    this.server.close();
  }

  #join(near: Socket, far: Socket): void {
    this.#open.push(near);
    near.pipe(far);
    far.pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => one.destroy());
      one.on('close', () => other.destroy());
    }
    near.on('close', () => {
      const place = this.#open.indexOf(near);
      if (place >= 0) this.#open.splice(place, 1);
    });
  }
}
