// Vaults: accounts that others own a share of, by tokens that only the vault mints and burns.
import type { Atoms, TimeUs } from '@glasshouse/units';

/** What operators may change of a vault. */
export type VaultTerms = {
  readonly mintsEnabled: boolean;
  readonly redeemsEnabled: boolean;
  /** Of the deposit asset. */
  readonly minMintAtoms: Atoms;
  /** Tokens; who has fewer redeems all of them. */
  readonly minRedeemAtoms: Atoms;
  /** Tokens in circulation after a mint, at most. */
  readonly tokenCapAtoms: Atoms;
  /** From the request of a redemption to the first moment at which it is paid. */
  readonly redeemDelayMs: number;
  /** How often the net asset value is sampled and redemptions are paid, and over how long it is averaged. */
  readonly navSampleMs: number;
  readonly navWindowMs: number;
};

export type VaultView = VaultTerms & {
  /** Counted from 1 since genesis. */
  readonly vaultId: number;
  /** Trades for the vault like any account; nothing leaves it but by redemptions. */
  readonly accountId: number;
  readonly tokenAssetId: number;
  /** What is paid in and out. */
  readonly depositAssetId: number;
  /** Tokens are minted, and redeemed in part, in multiples of this. */
  readonly tokenStepAtoms: Atoms;
  readonly createdUs: TimeUs;
};

/** What a token is worth, in units of the deposit asset; undefined where there is none in circulation, or nothing to value it by. */
export type VaultNavView = {
  readonly vaultId: number;
  readonly nav: number | undefined;
  /** Mean over the window of the samples. */
  readonly twapNav: number | undefined;
  /** Deposit assets a token: the larger of the two is paid to mint, the smaller is paid for one that is redeemed. */
  readonly mintNav: number | undefined;
  readonly redeemNav: number | undefined;
  /** Everything in the account at its full price, in units of the deposit asset. */
  readonly vaultEquity: number;
  /** The same with collateral at its weights, as margin counts it. */
  readonly netEquity: number;
  readonly supplyAtoms: Atoms;
  /** Tokens that wait to be redeemed; in circulation until they are paid. */
  readonly redeemingAtoms: Atoms;
  /** 0 before the first sample. */
  readonly sampledUs: TimeUs;
};

export type VaultRedeemView = {
  /** Counted from 1 since genesis, over all vaults. */
  readonly redeemId: number;
  readonly vaultId: number;
  readonly accountId: number;
  readonly tokenAtoms: Atoms;
  readonly status: 'requested' | 'redeemed' | 'cancelled';
  readonly requestedUs: TimeUs;
  /** What was paid, and the net asset value at which; 0 unless redeemed. */
  readonly quantityAtoms: Atoms;
  readonly nav: number;
};
