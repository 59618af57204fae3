// What operators may do, and which of it one of them may do alone.
import { KEY_ROLE, MARKET_STATE, type MarketState } from '@glasshouse/protocol';
import { cancelOrdersOf } from '../orders/cancel.js';
import { cancelTriggersOf } from '../orders/triggers/cancel.js';
import { cancelRfqsOf } from '../rfq/end.js';
import { resetTwoFactor } from '../security/delay.js';
import { deactivateKey } from '../state/account-keys.js';
import type { State } from '../state/state.js';
import { keyViewOf, marketViewOf } from '../state/views.js';
import { terminateStrategiesIn, terminateStrategiesOf } from '../strategies/end.js';
import { type ConfigurationReader, readFeeTiers, readRisk, readSettings } from './configuration/index.js';
import { updateFeeTier } from './fee-tiers.js';
import { addServiceKey } from './genesis.js';
import { changeAssetTerms, changeFilters, listAsset, listMarket, readMarketState } from './listing.js';
import { changeVaultTerms, listVault } from './vaults.js';

const KINDS = [
  'setMarketState',
  'listAsset',
  'listMarket',
  'setMarketFilters',
  'setFeeTiers',
  'setCustomerTier',
  'markOperatorCustomer',
  'setSettings',
  'setRisk',
  'setAssetTerms',
  'addServiceKey',
  'revokeServiceKey',
  'resetTwoFactor',
  'listVault',
  'setVaultTerms',
] as const;

function marketOf(state: State, reader: ConfigurationReader) {
  return state.markets.bySymbol(reader.text('symbol')) ?? reader.fail('symbol', 'no such market');
}

const isHalted = (state: MarketState): boolean => state === MARKET_STATE.closed || state === MARKET_STATE.cancelOnly;

function setMarketState(state: State, reader: ConfigurationReader): void {
  const market = marketOf(state, reader);
  const next = readMarketState(reader);
  if (isHalted(market.state) && !isHalted(next) && next !== MARKET_STATE.postOnly) {
    reader.fail('state', 'after a halt the market passes through PostOnly');
  }
  market.state = next;
  state.scope.emit?.({ kind: 'marketChanged', market: marketViewOf(market) });
  if (next === MARKET_STATE.closed) terminateStrategiesIn(state, market);
}

function setCustomerTier(state: State, reader: ConfigurationReader): void {
  const customerId = reader.integer('customerId', 1, state.customers.count);
  const tier = reader.integer('tier', 0, state.spotFeeTiers.length - 1);
  state.customers.grantedTier[customerId] = tier;
  updateFeeTier(state, customerId);
}

function announceSettings({ scope, settings, spotFeeTiers, risk }: State): void {
  scope.emit?.({ kind: 'settingsChanged', settings, spotFeeTiers, risk });
}

/** Fewer tiers must not leave a customer without one. */
function setFeeTiers(state: State, reader: ConfigurationReader): void {
  const tiers = readFeeTiers(reader, 'spotFeeTiers');
  if (tiers.length < state.spotFeeTiers.length) reader.fail('spotFeeTiers', 'fewer tiers than before');
  state.spotFeeTiers = tiers;
  announceSettings(state);
}

function setSettings(state: State, reader: ConfigurationReader): void {
  state.settings = readSettings(reader.section('settings'));
  announceSettings(state);
}

function setRisk(state: State, reader: ConfigurationReader): void {
  const risk = readRisk(reader.section('risk'));
  if (state.risk.liquidation.gradual && !risk.liquidation.gradual)
    reader.fail('risk.liquidation.gradual', 'a venue that closes by steps goes on doing so');
  state.risk = risk;
  announceSettings(state);
}

function activeOperators({ keys }: State): number {
  let count = 0;
  for (let keyId = 1; keyId <= keys.count; keyId += 1) {
    if (keys.active[keyId] === 1 && keys.role[keyId] === KEY_ROLE.operator) count += 1;
  }
  return count;
}

/** From here on the customer has no order in any book and can place none. */
function markOperatorCustomer(state: State, reader: ConfigurationReader): void {
  const { customers, accounts } = state;
  const customerId = reader.integer('customerId', 1, customers.count);
  customers.isOperators[customerId] = 1;
  let accountId = customers.mainAccountId[customerId] as number;
  while (accountId !== 0) {
    terminateStrategiesOf(state, accountId, 'UserPermissions');
    cancelOrdersOf(state, accountId);
    cancelTriggersOf(state, accountId);
    cancelRfqsOf(state, accountId);
    accountId = accounts.nextOfCustomer[accountId] as number;
  }
}

/** With one operator left nothing could be approved again, not even a second operator. */
function revokeServiceKey(state: State, reader: ConfigurationReader): void {
  const keyId = state.keys.idOf(reader.text('publicKey'));
  if (keyId === 0 || state.keys.accountId[keyId] !== 0 || state.keys.active[keyId] !== 1) {
    reader.fail('publicKey', 'no active service key');
  }
  if (state.keys.role[keyId] === KEY_ROLE.operator && activeOperators(state) <= 2) {
    reader.fail('publicKey', 'two operators must remain');
  }
  deactivateKey(state, keyId);
  const key = keyViewOf(state, keyId);
  if (key !== undefined) state.scope.emit?.({ kind: 'keyRevoked', key });
}

/** Executes an action. Throws ConfigurationProblem before it changes anything. */
export function executeAction(state: State, reader: ConfigurationReader): void {
  switch (reader.oneOf('kind', KINDS)) {
    case 'setMarketState':
      return setMarketState(state, reader);
    case 'listAsset':
      return listAsset(state, reader.section('asset'));
    case 'listMarket':
      return listMarket(state, reader.section('market'));
    case 'setMarketFilters':
      return changeFilters(state, reader.section('market'));
    case 'setFeeTiers':
      return setFeeTiers(state, reader);
    case 'setCustomerTier':
      return setCustomerTier(state, reader);
    case 'markOperatorCustomer':
      return markOperatorCustomer(state, reader);
    case 'setSettings':
      return setSettings(state, reader);
    case 'setRisk':
      return setRisk(state, reader);
    case 'setAssetTerms':
      return changeAssetTerms(state, reader.section('asset'));
    case 'addServiceKey':
      return addServiceKey(state, reader.section('key'));
    case 'revokeServiceKey':
      return revokeServiceKey(state, reader);
    case 'resetTwoFactor':
      return resetTwoFactor(state, reader.integer('customerId', 1, state.customers.count));
    case 'listVault':
      return listVault(state, reader.section('vault'));
    case 'setVaultTerms':
      return changeVaultTerms(state, reader.section('vault'));
  }
}

/** How much a market state lets through; a step down is a halt, which must not wait for a second person. */
const FREEDOM: Readonly<Record<number, number>> = {
  [MARKET_STATE.open]: 4,
  [MARKET_STATE.limitOnly]: 3,
  [MARKET_STATE.postOnly]: 2,
  [MARKET_STATE.cancelOnly]: 1,
  [MARKET_STATE.closed]: 0,
};

/** True for actions that one operator may take alone: making a market more restricted. */
export function needsOneOperator(state: State, reader: ConfigurationReader): boolean {
  if (reader.oneOf('kind', KINDS) !== 'setMarketState') return false;
  const from = FREEDOM[marketOf(state, reader).state] ?? 0;
  const to = FREEDOM[readMarketState(reader)] ?? 0;
  return to < from;
}
