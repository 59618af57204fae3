import { genesisRequest } from '@glasshouse/protocol';
import { RFQ_MARKET, TEST_GENESIS } from '@glasshouse/testkit';
import { InvariantViolation, type Seq, type TimeUs } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { apply, ConfigurationProblem, createState } from '../src/index.js';
import { Venue } from './venue.js';

type Path = readonly (string | number)[];

/** The configuration with the value at `path` replaced. */
function changed(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? changed(item, rest, replacement) : item));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: changed(object[key], rest, replacement) };
}

function problemOf(genesis: object): string {
  try {
    new Venue({ genesis });
  } catch (problem) {
    expect(problem).toBeInstanceOf(ConfigurationProblem);
    return problem instanceof Error ? problem.message : '';
  }
  return 'none';
}

const TEXT = 'not a text of 1..256 characters';
const asset = (field: string): Path => ['assets', 0, field];
const market = (field: string): Path => ['markets', 2, field];
const token = (field: string): Path => ['assets', 0, 'tokens', 0, field];

test('the venue of the tests opens', () => {
  expect(problemOf(TEST_GENESIS)).toBe('none');
});

test.each<[Path, unknown, string]>([
  [['format'], 2, 'genesis.format: not an integer in 1..1'],
  [['name'], '', `genesis.name: ${TEXT}`],
  [['settings'], null, 'genesis.settings: not an object'],
  [['settings', 'openRegistration'], 'yes', 'genesis.settings.openRegistration: not true or false'],
  [['settings', 'futureToleranceMs'], 60_001, 'genesis.settings.futureToleranceMs: not an integer in 0..60000'],
  [['settings', 'maxKeysPerAccount'], 0, 'genesis.settings.maxKeysPerAccount: not an integer in 1..1000'],
  [
    ['settings', 'maxOpenOrdersPerAccount'],
    1.5,
    'genesis.settings.maxOpenOrdersPerAccount: not an integer in 1..10000000',
  ],
  [['assets'], {}, 'genesis.assets: not a list of at most 1000'],
  [['assets', 0], [], 'genesis.assets[0]: not an object'],
  [asset('symbol'), 'USD$', 'genesis.assets[0].symbol: not 1..16 letters and digits'],
  [asset('symbol'), 'BTC', 'genesis.assets[1].symbol: listed already'],
  [asset('decimals'), 13, 'genesis.assets[0].decimals: not an integer in 0..12'],
  [token('blockchain'), 'a:b', 'genesis.assets[0].tokens[0].blockchain: not 1..32 letters, digits, - and _'],
  [token('minimumDeposit'), '-1', 'genesis.assets[0].tokens[0].minimumDeposit: not a decimal with at most 6 places'],
  [
    token('withdrawalFee'),
    '0.0000001',
    'genesis.assets[0].tokens[0].withdrawalFee: not a decimal with at most 6 places',
  ],
  [
    asset('tokens'),
    [TEST_GENESIS.assets[0]?.tokens[0], TEST_GENESIS.assets[0]?.tokens[0]],
    'genesis.assets[0].tokens: one blockchain twice',
  ],
  [market('base'), 'GOLD', 'genesis.markets[2].base: no such asset'],
  [market('quote'), 'SOL', 'genesis.markets[2].quote: same as base'],
  [market('symbol'), 'SOLUSDC', 'genesis.markets[2].symbol: not SOL_USDC'],
  [market('tickSize'), '0', 'genesis.markets[2].tickSize: not a positive decimal'],
  [['markets', 0, 'stepSize'], '0.000001', 'genesis.markets[0].tickSize: tick × step is no whole number of 10^−6 USDC'],
  [
    ['markets', 2],
    { ...TEST_GENESIS.markets[2], tickSize: '10', minPrice: '10', stepSize: '0.0000001' },
    'genesis.markets[2].stepSize: finer than 10^−6 SOL',
  ],
  [
    ['markets', 2],
    {
      ...TEST_GENESIS.markets[2],
      tickSize: '0.0009765625',
      minPrice: '0.0009765625',
      maxPrice: '97656.25',
      stepSize: '1024',
      minQuantity: '1024',
      maxQuantity: '1024',
    },
    'genesis.markets[2].maxPrice: has too many digits',
  ],
  [market('minPrice'), '0.005', 'genesis.markets[2].minPrice: not a positive multiple of its step'],
  [market('maxPrice'), '0', 'genesis.markets[2].maxPrice: not a positive multiple of its step'],
  [market('maxPrice'), '21474836.48', 'genesis.markets[2].maxPrice: more than 2147483647 steps'],
  [market('minPrice'), '1000000.01', 'genesis.markets[2].maxPrice: below minPrice'],
  [market('minQuantity'), '1000.01', 'genesis.markets[2].maxQuantity: below minQuantity'],
  [
    market('maxQuantity'),
    '10000',
    'genesis.markets[2].maxQuantity: maxPrice × maxQuantity passes 2^53 − 1 quote atoms',
  ],
  [market('limitMinPpm'), -1, 'genesis.markets[2].limitMinPpm: not an integer in 0..1000000'],
  [market('limitMaxPpm'), 999_999, 'genesis.markets[2].limitMaxPpm: not an integer in 1000000..1000000000'],
  [market('limitMaxPpm'), 100_000_000, 'genesis.markets[2].maxPrice: its band passes 2^53 − 1'],
  [['markets', 2], { ...RFQ_MARKET, symbol: 'SOL_USDC' }, 'genesis.markets[2].symbol: not SOL_USDC_RFQ'],
  [['markets', 2], { ...RFQ_MARKET, perp: {} }, 'genesis.markets[2].rfq: a perpetual is traded in its book'],
  [
    ['markets', 2],
    { ...RFQ_MARKET, rfq: { expiryMs: 59_999 } },
    'genesis.markets[2].rfq.submissionMs: longer than expiryMs',
  ],
  [
    ['markets', 2],
    { ...RFQ_MARKET, rfq: { maxQuotesPerRequest: 0 } },
    'genesis.markets[2].rfq.maxQuotesPerRequest: not an integer in 1..100000',
  ],
  [market('state'), 'open', 'genesis.markets[2].state: not one of Open, CancelOnly, LimitOnly, PostOnly, Closed'],
  [['spotFeeTiers'], [], 'genesis.spotFeeTiers: the first tier must start at volume 0'],
  [['spotFeeTiers', 0, 'takerPpm'], 50_001, 'genesis.spotFeeTiers[0].takerPpm: not an integer in 0..50000'],
  [['keys', 0, 'publicKey'], 'short', 'genesis.keys[0].publicKey: not the base64 of 32 bytes'],
  [['keys', 1, 'publicKey'], TEST_GENESIS.keys[0]?.publicKey, 'genesis.keys[1].publicKey: registered already'],
  [['keys', 0, 'role'], 'account', 'genesis.keys[0].role: not one of operator, registrar, chain'],
])('genesis with %j = %j does not open', (path, replacement, problem) => {
  expect(problemOf(changed(TEST_GENESIS, path, replacement) as object)).toContain(problem);
});

describe('the first request', () => {
  const text = JSON.stringify(TEST_GENESIS);
  const request = genesisRequest(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  const at = (seq: number, timeUs: number) => ({ seq: seq as Seq, timeUs: timeUs as TimeUs, request });

  test('is the genesis, and no other is', () => {
    const state = createState();
    apply(state, at(0, 1), undefined);
    expect(() => apply(state, at(1, 1), undefined)).toThrow(InvariantViolation);
  });

  test('and all after it come in order of sequence and time', () => {
    const venue = new Venue();
    const next = { seq: 1 as Seq, timeUs: venue.state.timeUs, request: venue.maker.tick() };
    for (const wrong of [{ seq: 0 }, { seq: 2 }, { timeUs: venue.state.timeUs - 1 }]) {
      const sequenced = { ...next, ...wrong } as typeof next;
      expect(() => apply(venue.state, sequenced, undefined)).toThrow('requests come in order');
    }
    expect(() => apply(venue.state, next, undefined)).not.toThrow();
  });
});
