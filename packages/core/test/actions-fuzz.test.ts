// Operators' actions with anything in any place. FUZZ_RUNS sets how many (default 200).
import type { OperatorAction } from '@glasshouse/protocol';
import { fakePublicKey, RFQ_MARKET, TEST_GENESIS } from '@glasshouse/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restore, snapshot } from '../src/index.js';
import { hashOf } from './hashing.js';
import { VAULT_TERMS } from './vaults/vault-venue.js';
import { summary, Venue } from './venue.js';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);

const [asset] = TEST_GENESIS.assets;
const [, , market] = TEST_GENESIS.markets;
if (asset === undefined || market === undefined) throw new Error('the test venue lists nothing');

const ACTIONS: readonly OperatorAction[] = [
  { kind: 'setMarketState', symbol: 'SOL_USDC', state: 'CancelOnly' },
  { kind: 'setMarketState', symbol: 'SOL_USDC', state: 'Open' },
  { kind: 'listAsset', asset: { ...asset, symbol: 'NEW' } },
  { kind: 'listMarket', market: { ...market, symbol: 'SOL_BTC', quote: 'BTC' } },
  { kind: 'setMarketFilters', market },
  { kind: 'listMarket', market: RFQ_MARKET },
  { kind: 'setFeeTiers', spotFeeTiers: TEST_GENESIS.spotFeeTiers },
  { kind: 'setCustomerTier', customerId: 1, tier: 1 },
  { kind: 'markOperatorCustomer', customerId: 1 },
  { kind: 'setSettings', settings: TEST_GENESIS.settings },
  { kind: 'addServiceKey', key: { publicKey: fakePublicKey('newcomer'), role: 'chain' } },
  { kind: 'setAssetTerms', asset: { symbol: 'SOL', collateral: { weight: 0.9 } } },
  {
    kind: 'listVault',
    vault: {
      ...VAULT_TERMS,
      accountId: 2,
      token: 'VLT',
      displayName: 'Vault',
      decimals: 6,
      tokenStepSize: '0.001',
      symbol: 'SOL',
    },
  },
  { kind: 'setVaultTerms', vault: { ...VAULT_TERMS, vaultId: 1 } },
  { kind: 'revokeServiceKey', publicKey: TEST_GENESIS.keys[0]?.publicKey ?? '' },
];

type Json = fc.JsonValue;
const oddity = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<Json>(
    0,
    -1,
    1,
    0.5,
    1e308,
    2 ** 53,
    '',
    '0',
    '-1',
    '1e5',
    '9007199254740991',
    'SOL_USDC',
    'Open',
    [],
    {},
  ),
);

/** Every place in a JSON value, as a path. */
function placesIn(value: Json, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner as Json, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value) as [string, Json][];
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? replaced(inner, rest, by) : inner]));
}

const spoiled = fc
  .tuple(fc.constantFrom(...ACTIONS), fc.array(fc.tuple(fc.nat(), oddity), { minLength: 1, maxLength: 3 }))
  .map(([action, changes]) => {
    let value = action as unknown as Json;
    for (const [place, by] of changes) {
      const places = placesIn(value);
      value = replaced(value, places[place % places.length] ?? [], by);
    }
    return JSON.stringify(value);
  });

test('an action is executed or refused, and the exchange goes on', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(fc.array(spoiled, { minLength: 1, maxLength: 6 }), (actions) => {
      const venue = new Venue();
      const alice = venue.trader('alice', { USDC: '1000', SOL: '10' });
      venue.limit(alice, 'Bid', '100', '1');
      venue.trader('bob');
      for (const action of actions) {
        const ascii = action.replace(/[^ -~]|[%&]/g, '.');
        for (const outcome of summary([...venue.propose(ascii), ...venue.approve()])) outcomes.add(outcome);
      }
      venue.limit(alice, 'Ask', '100', '1');
      expect(hashOf(restore(snapshot(venue.state)))).toBe(hashOf(venue.state));
    }),
    { numRuns },
  );
  expect([...outcomes]).toEqual(expect.arrayContaining(['proposed', 'approved', 'rejected actionInvalid']));
});
