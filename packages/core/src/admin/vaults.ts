// Vaults come into being here, by operators' actions: an account that holds nothing, and a token that nobody else issues.
import type { Atoms } from '@glasshouse/units';
import type { Asset } from '../state/assets.js';
import { holdsClaim } from '../state/holders.js';
import { addAsset } from '../state/listed.js';
import { followingUs } from '../state/schedule.js';
import type { State } from '../state/state.js';
import { Vault } from '../state/vaults.js';
import { vaultViewOf } from '../vaults/views.js';
import { type ConfigurationReader, readDecimals, readSymbol, readVaultTerms } from './configuration/index.js';
import { checkRoomForAsset } from './listing.js';

const MAX_VAULTS = 100;

/** What the account had before would be the first minter's, or out of its owner's reach. */
function holdsNothing(state: State, accountId: number): boolean {
  const { accounts, balances, exposed, triggers, rfqs } = state;
  if (exposed.has(accountId) || holdsClaim(state, accountId)) return false;
  if (accounts.openOrders[accountId] !== 0 || triggers.ofAccount(accountId) !== undefined) return false;
  if (rfqs.ofAccount(accountId).length + rfqs.quotesOf(accountId).length > 0) return false;
  return balances.assets.every(
    ({ availableAtoms, lockedAtoms }) => availableAtoms[accountId] === 0 && lockedAtoms[accountId] === 0,
  );
}

function readAccount(state: State, reader: ConfigurationReader): number {
  const { accounts, customers, vaults } = state;
  const accountId = reader.integer('accountId', 1, accounts.count);
  if (vaults.ofAccount(accountId) !== undefined) reader.fail('accountId', 'a vault already');
  if (customers.isOperators[accounts.customerId[accountId] as number] === 1) reader.fail('accountId', "an operator's");
  if (!holdsNothing(state, accountId)) reader.fail('accountId', 'holds something');
  return accountId;
}

/** Worth nothing to anybody but its vault: its index has no source, it is no collateral, and nobody lends it. */
function readToken(state: State, reader: ConfigurationReader): Asset {
  const symbol = readSymbol(reader, 'token');
  if (state.assets.bySymbol(symbol) !== undefined) reader.fail('token', 'listed already');
  return {
    assetId: state.assets.list.length + 1,
    symbol,
    displayName: reader.text('displayName'),
    decimals: readDecimals(reader),
    tokens: [],
    index: { sources: [], updateCap: 0 },
    collateral: undefined,
    lending: undefined,
  };
}

function readDeposit(state: State, reader: ConfigurationReader): Asset {
  const asset = state.assets.bySymbol(reader.text('symbol')) ?? reader.fail('symbol', 'no such asset');
  if (asset.collateral === undefined) reader.fail('symbol', 'not collateral: what is paid in would count for nothing');
  return asset;
}

export function listVault(state: State, reader: ConfigurationReader): void {
  const { vaults, scope } = state;
  if (vaults.list.length === MAX_VAULTS) reader.fail('accountId', `more than ${MAX_VAULTS} vaults`);
  checkRoomForAsset(state, reader);
  const accountId = readAccount(state, reader);
  const token = readToken(state, reader);
  const deposit = readDeposit(state, reader);
  const stepAtoms = reader.units('tokenStepSize', token.decimals, 1) as Atoms;
  const terms = readVaultTerms(reader, { token: token.decimals, deposit: deposit.decimals });
  const ids = [vaults.list.length + 1, accountId, token.assetId, deposit.assetId] as const;
  const vault = new Vault(...ids, stepAtoms, scope.timeUs, terms);
  vault.nextSampleUs = followingUs(state.timeUs, terms.navSampleMs);
  addAsset(state, token);
  vaults.add(vault);
  scope.emit?.({ kind: 'assetListed', asset: token });
  scope.emit?.({ kind: 'vaultListed', vault: vaultViewOf(vault) });
}

/** Terms move as a whole. Account, token, deposit asset and step stay. */
export function changeVaultTerms(state: State, reader: ConfigurationReader): void {
  const { vaults, assets, scope } = state;
  const vault = vaults.get(reader.integer('vaultId', 1, MAX_VAULTS)) ?? reader.fail('vaultId', 'no such vault');
  const decimalsOf = (assetId: number): number => assets.get(assetId)?.decimals as number;
  vault.terms = readVaultTerms(reader, {
    token: decimalsOf(vault.tokenAssetId),
    deposit: decimalsOf(vault.depositAssetId),
  });
  vault.nextSampleUs = followingUs(state.timeUs, vault.terms.navSampleMs);
  scope.emit?.({ kind: 'vaultChanged', vault: vaultViewOf(vault) });
}
