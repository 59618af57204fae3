// What the gateway asks of the past of vaults.
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { Answer } from './page-port.js';

/** In units of the deposit asset. */
export type VaultRow = {
  readonly supplyAtoms: Atoms;
  readonly timeUs: TimeUs;
  readonly nav: number;
  readonly vaultEquity: number;
};

export interface PastVaults {
  /** The last row of each step of the given length, from `fromUs` on, oldest first. */
  vaultHistory(query: {
    readonly vaultId: number;
    readonly fromUs: number;
    readonly stepUs: number;
  }): Answer<readonly VaultRow[]>;
}
