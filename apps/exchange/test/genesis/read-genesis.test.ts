import type { GenesisConfiguration } from '@glasshouse/protocol';
import { describe, expect, it } from 'vitest';
import { genesisOf } from '../../src/genesis/read-genesis.js';
import { sandboxGenesis } from '../../src/genesis/sandbox-genesis.js';

const valid = (): GenesisConfiguration => sandboxGenesis([]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** The sandbox genesis as text with one value replaced, or taken out when undefined. */
function changed(path: Path, value: Json | undefined): string {
  const root = JSON.parse(JSON.stringify(valid())) as { [key: string]: Json };
  let place = root as { [key: string]: Json };
  for (const step of path.slice(0, -1)) place = place[step] as { [key: string]: Json };
  const last = path.at(-1) as string;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(root);
}

it('reads back what it is given', () => {
  expect(genesisOf('venue.json', JSON.stringify(valid()))).toEqual(valid());
});

it('allows a file without keys, for a sandbox that makes its own', () => {
  expect(genesisOf('venue.json', changed(['keys'], undefined)).keys).toBeUndefined();
});

describe('names the place and the problem', () => {
  it.each<[Path, Json | undefined, RegExp]>([
    [['format'], 2, /format: /],
    [['name'], '', /name: /],
    [['assets'], undefined, /the file: .*required.*: assets/],
    [['assets', 0, 'decimals'], 1.5, /assets\.0\.decimals: /],
    [['assets', 0, 'symbol'], 'usdc', /assets\.0\.symbol: /],
    [['assets', 1, 'tokens', 0, 'withdrawalFee'], '-1', /assets\.1\.tokens\.0\.withdrawalFee: /],
    [['markets', 0, 'tickSize'], 0.1, /markets\.0\.tickSize: must be string/],
    [['markets', 1, 'state'], 'Paused', /markets\.1\.state: .*Open.*Closed/],
    [['markets', 1, 'leverage'], 10, /markets\.1: .*additional.*: leverage/],
    [['settings', 'openRegistration'], 'yes', /settings\.openRegistration: must be boolean/],
    [['spotFeeTiers'], [], /spotFeeTiers: /],
    [['keys'], [{ publicKey: 'short', role: 'operator' }], /keys\.0\.publicKey: /],
    [['keys'], [{ publicKey: `${'A'.repeat(43)}=`, role: 'owner' }], /keys\.0\.role: .*operator/],
  ])('%j = %j', (path, value, message) => {
    expect(() => genesisOf('venue.json', changed(path, value))).toThrow(message);
  });

  it('and the file, when it is no JSON at all', () => {
    expect(() => genesisOf('venue.json', '{"format": 1,')).toThrow(/^venue\.json is no valid genesis:\n {2}.*JSON/);
  });

  it('and lists several problems at once', () => {
    const text = JSON.stringify({ ...valid(), format: 3, markets: [{}] });
    expect(() => genesisOf('venue.json', text)).toThrow(/format: [\s\S]*markets\.0: /);
  });
});
