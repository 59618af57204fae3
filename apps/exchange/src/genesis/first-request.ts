// What a venue begins with, and whose keys it names.
import { type GenesisObject, genesisBytes, readGenesis } from './read-genesis.js';
import { sandboxGenesis } from './sandbox/sandbox-genesis.js';
import type { ServiceKey } from './service-keys.js';

/**
 * The genesis bytes. A file that lists keys names its own operators and services; without `keys`, and without a file, the
 * venue is a sandbox with the keys that `sandboxKeys` makes or finds.
 */
export function firstRequestBytes(
  genesisFile: string | undefined,
  sandboxKeys: () => readonly ServiceKey[],
): Uint8Array {
  const keys = () => sandboxKeys().map(({ publicKey, role }) => ({ publicKey, role }));
  if (genesisFile === undefined) return genesisBytes(sandboxGenesis(keys()));
  const genesis: GenesisObject = readGenesis(genesisFile);
  return genesisBytes(genesis['keys'] === undefined ? { ...genesis, keys: keys() } : genesis);
}
