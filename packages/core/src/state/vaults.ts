import type { VaultTerms } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';

/** What a token was worth from then until the next sample. */
export type NavSample = { readonly timeUs: TimeUs; readonly nav: number };

/** Tokens that wait to be paid. */
export type QueuedRedeem = {
  readonly redeemId: number;
  readonly accountId: number;
  readonly tokenAtoms: Atoms;
  readonly requestedUs: TimeUs;
};

/** An account that others own a share of. How many tokens there are, and how many wait, the ledger's house accounts say. */
export class Vault {
  /** Oldest first; as far back as the window goes. */
  samples: NavSample[] = [];
  /** By account, in the order in which they came: at most one each. */
  readonly queue = new Map<number, QueuedRedeem>();
  nextSampleUs = 0 as TimeUs;

  constructor(
    readonly vaultId: number,
    readonly accountId: number,
    readonly tokenAssetId: number,
    readonly depositAssetId: number,
    readonly tokenStepAtoms: Atoms,
    readonly createdUs: TimeUs,
    public terms: VaultTerms,
  ) {}
}

/** Vaults by id, from 1; listed once and never taken away. */
export class VaultTable {
  readonly list: Vault[] = [];
  readonly #byAccount = new Map<number, Vault>();
  readonly #byToken = new Map<number, Vault>();
  lastRedeemId = 0;

  add(vault: Vault): void {
    this.list.push(vault);
    this.#byAccount.set(vault.accountId, vault);
    this.#byToken.set(vault.tokenAssetId, vault);
  }

  get(vaultId: number): Vault | undefined {
    return this.list[vaultId - 1];
  }

  ofAccount(accountId: number): Vault | undefined {
    return this.#byAccount.get(accountId);
  }

  ofToken(assetId: number): Vault | undefined {
    return this.#byToken.get(assetId);
  }
}
