import { createState, riskView } from '@glasshouse/core';
import { describe, expect, it } from 'vitest';
import { checkGenesis, genesisBytes, genesisOf } from '../../src/genesis/read-genesis.js';
import { sandboxGenesis } from '../../src/genesis/sandbox/sandbox-genesis.js';

const valid = sandboxGenesis([]);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];

/** The sandbox genesis as text with one value replaced, or taken out when undefined. */
function changed(path: Path, value: Json | undefined): string {
  const root = JSON.parse(JSON.stringify(valid)) as { [key: string]: Json };
  let place = root;
  for (const step of path.slice(0, -1)) place = place[step] as { [key: string]: Json };
  const last = path.at(-1) as string;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return JSON.stringify(root);
}

it('reads back what it is given', () => {
  expect(genesisOf('venue.json', JSON.stringify(valid))).toEqual(valid);
});

it('accepts the sandbox that starts by default', () => {
  expect(() => checkGenesis('sandbox', valid)).not.toThrow();
});

it('allows a file without keys, for a sandbox that makes its own', () => {
  expect(genesisOf('venue.json', changed(['keys'], undefined))['keys']).toBeUndefined();
});

it('writes ASCII into the log, whatever the file holds', () => {
  const bytes = genesisBytes({ ...valid, name: 'Glashütte 🏠' });
  expect([...bytes].every((byte) => byte >= 0x20 && byte <= 0x7e)).toBe(true);
  expect(JSON.parse(new TextDecoder().decode(bytes)).name).toBe('Glashütte 🏠');
});

describe('names the place and the problem', () => {
  it.each<[Path, Json | undefined, RegExp]>([
    [['format'], 2, /genesis\.format: not an integer in 1\.\.1/],
    [['name'], '', /genesis\.name: /],
    [['assets'], undefined, /genesis\.assets: not a list/],
    [['assets', 0, 'decimals'], 1.5, /genesis\.assets\[0\]\.decimals: /],
    [['assets', 1, 'tokens', 0, 'withdrawalFee'], '-1', /genesis\.assets\[1\]\.tokens\[0\]\.withdrawalFee: /],
    [['markets', 0, 'tickSize'], 0.1, /genesis\.markets\[0\]\.tickSize: /],
    [['markets', 0, 'tickSize'], '0.01', /genesis\.markets\[0\]\.tickSize: tick × step is no whole number/],
    [['markets', 1, 'base'], 'DOGE', /genesis\.markets\[1\]\.base: no such asset/],
    [['markets', 1, 'state'], 'Paused', /genesis\.markets\[1\]\.state: not one of Open/],
    [['markets', 2, 'maxQuantity'], '9000000000', /genesis\.markets\[2\]\.maxQuantity: /],
    [['settings', 'openRegistration'], 'yes', /genesis\.settings\.openRegistration: not true or false/],
    [['spotFeeTiers'], [], /genesis\.spotFeeTiers: /],
    [['keys'], [{ publicKey: 'short', role: 'operator' }], /genesis\.keys\[0\]\.publicKey: /],
    [['keys'], [{ publicKey: `${'A'.repeat(43)}=`, role: 'owner' }], /genesis\.keys\[0\]\.role: not one of operator/],
  ])('%j = %j', (path, value, message) => {
    expect(() => genesisOf('venue.json', changed(path, value))).toThrow(message);
  });

  it('and a venue that closes positions whole and at any price, which only the laboratory has', () => {
    const risk = riskView(createState());
    const whole = { ...risk, liquidation: { ...risk.liquidation, gradual: false } };
    expect(() => genesisOf('venue.json', changed(['risk'], whole))).toThrow(/risk\.liquidation\.gradual/);
    expect(genesisOf('venue.json', changed(['risk'], risk))).toMatchObject({ risk });
  });

  it('and the file, when it is no JSON object', () => {
    expect(() => genesisOf('venue.json', '{"format": 1,')).toThrow(/^venue\.json is no valid genesis: .*JSON/);
    expect(() => genesisOf('venue.json', '[]')).toThrow('venue.json is no valid genesis: not a JSON object');
  });
});
