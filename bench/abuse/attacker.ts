// What is done to the exchange while somebody else trades. Each attack goes on until it is stopped, from addresses of its own.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { HEADER } from '@glasshouse/api';
import { createKeyPair } from '@glasshouse/client';
import { WebSocket } from 'ws';
import type { Attack, AttackSizes } from './attack-names.js';

const ADDRESSES = 12;
const HEADER_BOMB = `GET / HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 2_000 }, (_, place) => `x-${place}: ${'y'.repeat(60)}\r\n`).join('')}`;
const RETRY_MS = 5;

/** Everything but the address of the one who trades. */
const addressOf = (place: number): string => `127.0.0.${2 + (place % ADDRESSES)}`;

class Attacker {
  private readonly port: number;

  constructor(
    private readonly url: string,
    private readonly sizes: AttackSizes,
  ) {
    this.port = Number(new URL(url).port);
  }

  start(attack: Attack): void {
    const { slow, idle, floods } = this.sizes;
    if (attack === 'slow readers') this.times(slow, (place) => this.readSlowly(place));
    if (attack === 'bad signatures') this.times(floods, (place) => this.repeat(place, () => badlySigned()));
    if (attack === 'idle connections') this.times(idle, (place) => void this.open(place));
    if (attack === 'header bombs') this.times(floods, (place) => this.repeat(place, () => HEADER_BOMB));
    if (attack === 'stream floods') this.times(floods, (place) => this.flood(place));
  }

  private times(count: number, act: (place: number) => void): void {
    for (let place = 0; place < count; place += 1) act(place);
  }

  private open(place: number): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', localAddress: addressOf(place) });
    return socket.on('error', () => socket.destroy());
  }

  /** Sends again as soon as anything comes back, and connects again when it is cut off. */
  private repeat(place: number, bytes: () => string): void {
    const socket = this.open(place);
    socket.on('connect', () => socket.write(bytes()));
    socket.on('data', () => socket.writable && socket.write(bytes()));
    socket.on('close', () => setTimeout(() => this.repeat(place, bytes), RETRY_MS));
  }

  private stream(place: number): WebSocket {
    const socket = new WebSocket(this.url.replace('http', 'ws'), { localAddress: addressOf(place) });
    return socket.on('error', () => undefined);
  }

  private readSlowly(place: number): void {
    const socket = this.stream(place);
    socket.on('open', () => {
      socket.send(
        JSON.stringify({ method: 'SUBSCRIBE', params: ['depth.SOL_USDC', 'trade.SOL_USDC', 'bookTicker.SOL_USDC'] }),
      );
      socket.pause();
    });
    socket.on('close', () => setTimeout(() => this.readSlowly(place), RETRY_MS));
  }

  private flood(place: number): void {
    const socket = this.stream(place);
    const frame = JSON.stringify({ method: 'SUBSCRIBE', params: Array.from({ length: 100 }, () => 'depth.SOL_USDC') });
    socket.on('open', () => this.times(1_000, () => socket.send(frame)));
    socket.on('close', () => setTimeout(() => this.flood(place), RETRY_MS));
  }
}

const { apiKey } = createKeyPair();

function badlySigned(): string {
  const body = '{"symbol":"SOL_USDC","side":"Bid","orderType":"Limit","price":"1","quantity":"1"}';
  const head = [
    'POST /api/v1/order HTTP/1.1',
    'host: x',
    'content-type: application/json',
    `content-length: ${body.length}`,
    `${HEADER.apiKey}: ${apiKey}`,
    `${HEADER.signature}: ${randomBytes(64).toString('base64')}`,
    `${HEADER.timestamp}: ${Date.now()}`,
    `${HEADER.window}: 60000`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

process.on('message', ({ url, attack, sizes }: { url: string; attack: Attack; sizes: AttackSizes }) => {
  new Attacker(url, sizes).start(attack);
  process.send?.({ kind: 'attacking' });
});
