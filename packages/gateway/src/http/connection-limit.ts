// So many TCP connections from one address: without it one caller that opens thousands and says nothing keeps all others out.
import type { Server, Socket } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';
import { addressKey } from '../limits/address.js';
import type { TrustProxy } from './client-address.js';

function trusted(trustProxy: TrustProxy): (address: string) => boolean {
  if (typeof trustProxy === 'boolean') return () => trustProxy;
  const trust = proxyAddr.compile(trustProxy);
  return (address) => trust(address, 0);
}

/** Beyond the limit a new connection is closed without a word. */
export function limitConnections(server: Server, maxPerAddress: number, trustProxy: TrustProxy): void {
  const isProxy = trusted(trustProxy);
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isProxy(address)) return;
    const key = addressKey(address);
    const count = open.get(key) ?? 0;
    if (count >= maxPerAddress) {
      socket.destroy();
      return;
    }
    open.set(key, count + 1);
    socket.once('close', () => {
      const left = (open.get(key) ?? 1) - 1;
      if (left === 0) open.delete(key);
      else open.set(key, left);
    });
  });
}
