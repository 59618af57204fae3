// A vault's terms. What is sampled must fit into memory: at most a thousand samples a window.
import type { VaultTerms } from '@glasshouse/protocol';
import { type Atoms, MAX_SAFE } from '@glasshouse/units';
import type { ConfigurationReader } from './reader.js';

const MIN_SAMPLE_MS = 1_000;
const MAX_SAMPLE_MS = 3_600_000;
const MAX_SAMPLES = 1_000;
const MAX_DELAY_MS = 90 * 86_400_000;

type Decimals = { readonly token: number; readonly deposit: number };

export function readVaultTerms(reader: ConfigurationReader, { token, deposit }: Decimals): VaultTerms {
  const navSampleMs = reader.integer('navSampleMs', MIN_SAMPLE_MS, MAX_SAMPLE_MS);
  const tokenCap = reader.units('tokenCap', token, 1);
  if (tokenCap > MAX_SAFE / 2) reader.fail('tokenCap', 'more tokens than can be counted');
  return {
    mintsEnabled: reader.boolean('mintsEnabled'),
    redeemsEnabled: reader.boolean('redeemsEnabled'),
    minMintAtoms: reader.units('minMintQuantity', deposit, 1) as Atoms,
    minRedeemAtoms: reader.units('minRedeemTokens', token, 1) as Atoms,
    tokenCapAtoms: tokenCap as Atoms,
    redeemDelayMs: reader.integer('redeemDelayMs', 0, MAX_DELAY_MS),
    navSampleMs,
    navWindowMs: reader.integer('navWindowMs', navSampleMs, navSampleMs * MAX_SAMPLES),
  };
}
