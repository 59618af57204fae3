import type { Atoms, TimeUs } from '@glasshouse/units';
import type { VaultRedeemView, VaultView } from './vault-views.js';

export type VaultListed = { readonly kind: 'vaultListed'; readonly vault: VaultView };
/** New terms. */
export type VaultChanged = { readonly kind: 'vaultChanged'; readonly vault: VaultView };

/** What a vault was worth at a moment, before what happened to it then. In units of the deposit asset. */
type Valued = {
  readonly nav: number;
  readonly twapNav: number;
  readonly vaultEquity: number;
};

/** The deposit asset went into the vault's account, and tokens came into being. */
export type VaultMinted = Valued & {
  readonly kind: 'vaultMinted';
  readonly vaultId: number;
  readonly accountId: number;
  readonly quantityAtoms: Atoms;
  readonly tokenAtoms: Atoms;
  /** In circulation after it. */
  readonly supplyAtoms: Atoms;
};

/** Its tokens left the account to wait (`requested`), came back to it (`cancelled`), or were paid and burnt. */
export type VaultRedeemChanged = {
  readonly kind: 'vaultRedeemChanged';
  readonly redeem: VaultRedeemView;
  readonly supplyAtoms: Atoms;
  /** Of one that is paid. */
  readonly valued: Valued | undefined;
};

export type VaultNavSampled = Valued & {
  readonly kind: 'vaultNavSampled';
  readonly vaultId: number;
  readonly supplyAtoms: Atoms;
  readonly timeUs: TimeUs;
};

export type VaultEvent = VaultListed | VaultChanged | VaultMinted | VaultRedeemChanged | VaultNavSampled;
