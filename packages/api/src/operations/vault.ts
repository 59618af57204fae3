// Vaults: what there is, what a token is worth, and how to get in and out.
import { Type } from 'typebox';
import {
  Vault,
  VaultHistory,
  VaultHistoryInterval,
  VaultMintRequest,
  VaultNav,
  VaultRedeem,
  VaultRedeemCancelRequest,
  VaultRedeemRequest,
  VaultStanding,
} from '../schemas/index.js';
import { query, Uint32 } from '../schemas/primitive.js';
import { publicQuery, signedCommand, signedQuery } from './operation.js';

const TAG = 'Vaults';

const VAULT_QUERIES = {
  vaults: publicQuery({
    method: 'GET',
    path: '/api/v1/vaults',
    tag: TAG,
    summary: 'Vaults with their terms.',
    response: Type.Array(Vault),
  }),
  vaultHistory: publicQuery({
    method: 'GET',
    path: '/api/v1/vaults/history',
    tag: TAG,
    summary: 'What tokens of one or of all vaults were worth, oldest first.',
    query: query({ interval: VaultHistoryInterval, vaultId: Type.Optional(Uint32) }),
    response: Type.Array(VaultHistory),
    rateClass: 'historical',
  }),
  vaultStandings: publicQuery({
    method: 'GET',
    path: '/glass/v1/vaults',
    tag: TAG,
    summary: 'What tokens of every vault are worth now, what a mint costs and a redemption is paid.',
    response: Type.Array(VaultStanding),
  }),
  vaultNav: signedQuery('vaultNavQuery', {
    method: 'GET',
    path: '/api/v1/vault/nav',
    tag: TAG,
    summary: "What the tokens of the signing vault's account are worth now.",
    response: VaultNav,
    errors: ['accountNotVault', 'priceUnknown'],
  }),
  vaultPendingRedeems: signedQuery('vaultPendingRedeemsQuery', {
    method: 'GET',
    path: '/api/v1/vault/redeems/pending',
    tag: TAG,
    summary:
      "Redemptions that wait, in the order in which they will be paid: all for the vault's account, else one's own.",
    query: query({ vaultId: Uint32 }),
    response: Type.Array(VaultRedeem),
    errors: ['vaultUnknown'],
  }),
};

export const VAULT_OPERATIONS = {
  ...VAULT_QUERIES,
  vaultMint: signedCommand('vaultMint', 'withdraw', {
    method: 'POST',
    path: '/api/v1/vault/mint',
    tag: TAG,
    summary: 'Pays into a vault for tokens of it: whole steps, and no more than they cost.',
    body: VaultMintRequest,
    response: null,
    errors: [
      'accountIsOperators',
      'accountIsVault',
      'assetUnknown',
      'vaultUnknown',
      'vaultClosed',
      'vaultWorthless',
      'parameterConflict',
      'quantityNotOnStep',
      'quantityBelowMinimum',
      'vaultCap',
      'insufficientFunds',
      'insufficientMargin',
      'priceUnknown',
      'notLendable',
      'insufficientBorrowableQuantity',
      'borrowLimit',
      'openBorrowLendLimit',
      'utilizationLimit',
    ],
  }),
  vaultRedeem: signedCommand('vaultRedeemRequest', 'trade', {
    method: 'POST',
    path: '/api/v1/vault/redeem',
    tag: TAG,
    summary:
      'Queues tokens to be paid out after the delay, when the vault has it free; one redemption of a vault at a time.',
    body: VaultRedeemRequest,
    response: null,
    errors: [
      'vaultUnknown',
      'vaultClosed',
      'vaultWorthless',
      'quantityNotOnStep',
      'quantityBelowMinimum',
      'redeemPending',
      'insufficientFunds',
    ],
  }),
  vaultRedeemCancel: signedCommand('vaultRedeemCancel', 'trade', {
    method: 'DELETE',
    path: '/api/v1/vault/redeem',
    tag: TAG,
    summary: 'Takes tokens back that have not been paid yet.',
    body: VaultRedeemCancelRequest,
    response: null,
    errors: ['vaultUnknown', 'redeemUnknown'],
  }),
};
