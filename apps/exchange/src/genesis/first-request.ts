// What a new venue begins with, and whose keys it names.
import type { ServiceKeyConfiguration } from '@glasshouse/protocol';
import { type GenesisObject, genesisBytes, readGenesis } from './read-genesis.js';
import { sandboxGenesis } from './sandbox-genesis.js';
import { createServiceKeys } from './service-keys.js';

function sandboxKeys(dataDirectory: string): ServiceKeyConfiguration[] {
  return createServiceKeys(dataDirectory).map(({ publicKey, role }) => ({ publicKey, role }));
}

/**
 * The genesis bytes of the venue in this folder. A file that lists keys names its own operators and services; without
 * `keys`, and without a file, the venue is a sandbox whose keys are made here.
 */
export function firstRequestBytes(dataDirectory: string, genesisFile: string | undefined): Uint8Array {
  if (genesisFile === undefined) return genesisBytes(sandboxGenesis(sandboxKeys(dataDirectory)));
  const genesis: GenesisObject = readGenesis(genesisFile);
  return genesisBytes(genesis['keys'] === undefined ? { ...genesis, keys: sandboxKeys(dataDirectory) } : genesis);
}
