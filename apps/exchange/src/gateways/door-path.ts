import { join } from 'node:path';

/** Longest path that a Unix socket can be bound to. */
const MAX_SOCKET_PATH_BYTES = 107;

/** Where the exchange on a data folder waits for gateway processes; undefined when the folder's path is too long for a socket. */
export function doorPath(dataDirectory: string): string | undefined {
  const path = join(dataDirectory, 'gateways.sock');
  return Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES ? undefined : path;
}
