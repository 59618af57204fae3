// Vaults: accounts that others own a share of. Net asset values are in the deposit asset, `symbol`, per token.
import { type Static, Type } from 'typebox';
import {
  DateTime,
  Decimal,
  Int64,
  nullable,
  requestObject,
  responseObject,
  Uint32,
  UnsignedDecimal,
} from './primitive.js';
import { VaultRedeemStatus } from './vocabulary.js';

/** `remainingMintQuantity` of the deposit asset: null while a token cannot be valued. */
export const Vault = responseObject('Vault', {
  id: Uint32,
  minMintQuantity: Decimal,
  minRedeemTokens: Decimal,
  mintsEnabled: Type.Boolean(),
  redeemDelayMs: Int64,
  redeemsEnabled: Type.Boolean(),
  remainingMintQuantity: nullable(Decimal),
  symbol: Type.String(),
  tokenStepSize: Decimal,
  vaultToken: Type.String(),
});
export type Vault = Static<typeof Vault>;

export const VaultHistory = responseObject('VaultHistory', {
  nav: nullable(Decimal),
  timestamp: DateTime,
  tokenCirculatingSupply: nullable(Decimal),
  vaultEquity: nullable(Decimal),
  vaultId: Uint32,
});
export type VaultHistory = Static<typeof VaultHistory>;

/** A mint costs `mintNav`, a redemption is paid `redeemNav`. `netEquity` has collateral at its weights, `vaultEquity` at full price. */
export const VaultNav = responseObject('VaultNav', {
  lastCrankTimestamp: nullable(Int64),
  mintNav: Decimal,
  nav: Decimal,
  netEquity: Decimal,
  redeemNav: Decimal,
  tokenCirculatingSupply: Decimal,
  twapNav: Decimal,
  vaultEquity: Decimal,
});
export type VaultNav = Static<typeof VaultNav>;

/** The same of every vault, for everybody; null while a token cannot be valued. */
export const VaultStanding = responseObject('VaultStanding', {
  id: Uint32,
  lastCrankTimestamp: nullable(Int64),
  mintNav: nullable(Decimal),
  nav: nullable(Decimal),
  netEquity: Decimal,
  redeemNav: nullable(Decimal),
  redeemingTokens: Decimal,
  symbol: Type.String(),
  tokenCirculatingSupply: Decimal,
  twapNav: nullable(Decimal),
  vaultEquity: Decimal,
  vaultToken: Type.String(),
});
export type VaultStanding = Static<typeof VaultStanding>;

export const VaultRedeem = responseObject('VaultRedeem', {
  id: Type.String(),
  nav: nullable(Decimal),
  quantity: nullable(Decimal),
  reason: nullable(Type.String()),
  status: VaultRedeemStatus,
  symbol: nullable(Type.String()),
  timestamp: Int64,
  vaultId: Uint32,
  vaultToken: nullable(Type.String()),
  vaultTokenQuantity: Decimal,
});
export type VaultRedeem = Static<typeof VaultRedeem>;

export const VaultMintRequest = requestObject('VaultMintRequest', {
  vaultId: Uint32,
  symbol: Type.String(),
  quantity: UnsignedDecimal,
  autoBorrow: Type.Optional(Type.Boolean()),
  autoLendRedeem: Type.Optional(Type.Boolean()),
});

/** Without a quantity: all tokens of the account. */
export const VaultRedeemRequest = requestObject('VaultRedeemRequest', {
  vaultId: Uint32,
  vaultTokenQuantity: Type.Optional(UnsignedDecimal),
});

export const VaultRedeemCancelRequest = requestObject('VaultRedeemCancelRequest', { vaultId: Uint32 });
