// The first request: what the venue is before anyone acts.
import { isPublicKeyText, KEY_ROLE, type KeyRole } from '@glasshouse/protocol';
import { registerKey } from '../state/account-keys.js';
import type { State } from '../state/state.js';
import { keyViewOf } from '../state/views.js';
import { type ConfigurationReader, readFeeTiers, readRisk, readSettings } from './configuration/index.js';
import { listAsset, listMarket } from './listing.js';

const MAX_LISTED = 1000;
const SERVICE_ROLES = ['operator', 'registrar', 'chain', 'priceFeed', 'twoFactor'] as const;

const ROLE_OF: Readonly<Record<(typeof SERVICE_ROLES)[number], KeyRole>> = {
  operator: KEY_ROLE.operator,
  registrar: KEY_ROLE.registrar,
  chain: KEY_ROLE.chain,
  priceFeed: KEY_ROLE.priceFeed,
  twoFactor: KEY_ROLE.twoFactor,
};

export function addServiceKey(state: State, reader: ConfigurationReader): void {
  const publicKey = reader.text('publicKey');
  if (!isPublicKeyText(publicKey)) reader.fail('publicKey', 'not the base64 of 32 bytes');
  if (state.keys.idOf(publicKey) !== 0) reader.fail('publicKey', 'registered already');
  const role = ROLE_OF[reader.oneOf('role', SERVICE_ROLES)];
  const keyId = registerKey(state, publicKey, role, 0, 0);
  const key = keyViewOf(state, keyId);
  if (key !== undefined) state.scope.emit?.({ kind: 'keyAdded', key });
}

/** Throws ConfigurationProblem: a venue whose genesis is wrong does not open. */
export function applyGenesis(state: State, reader: ConfigurationReader): void {
  reader.integer('format', 1, 1);
  state.venue = reader.text('name');
  state.settings = readSettings(reader.section('settings'));
  state.spotFeeTiers = readFeeTiers(reader, 'spotFeeTiers');
  if (reader.has('risk')) state.risk = readRisk(reader.section('risk'));
  reader.list('assets', MAX_LISTED, (asset) => listAsset(state, asset));
  reader.list('markets', MAX_LISTED, (market) => listMarket(state, market));
  reader.list('keys', MAX_LISTED, (key) => addServiceKey(state, key));
  const { settings, spotFeeTiers, risk } = state;
  state.scope.emit?.({ kind: 'settingsChanged', settings, spotFeeTiers, risk });
}
