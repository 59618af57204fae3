// Vaults with their terms, samples and queues. Tokens are among the balances.
import type { VaultTerms } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { State } from '../state/state.js';
import { Vault } from '../state/vaults.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

function writeTerms(terms: VaultTerms, writer: SnapshotWriter): void {
  writer.number(terms.mintsEnabled ? 1 : 0);
  writer.number(terms.redeemsEnabled ? 1 : 0);
  writer.number(terms.minMintAtoms);
  writer.number(terms.minRedeemAtoms);
  writer.number(terms.tokenCapAtoms);
  writer.number(terms.redeemDelayMs);
  writer.number(terms.navSampleMs);
  writer.number(terms.navWindowMs);
}

function readTerms(reader: SnapshotReader): VaultTerms {
  return {
    mintsEnabled: reader.number() === 1,
    redeemsEnabled: reader.number() === 1,
    minMintAtoms: reader.number() as Atoms,
    minRedeemAtoms: reader.number() as Atoms,
    tokenCapAtoms: reader.number() as Atoms,
    redeemDelayMs: reader.number(),
    navSampleMs: reader.number(),
    navWindowMs: reader.number(),
  };
}

function writeVault(vault: Vault, writer: SnapshotWriter): void {
  writer.number(vault.vaultId);
  writer.number(vault.accountId);
  writer.number(vault.tokenAssetId);
  writer.number(vault.depositAssetId);
  writer.number(vault.tokenStepAtoms);
  writer.number(vault.createdUs);
  writeTerms(vault.terms, writer);
  writer.number(vault.nextSampleUs);
  writer.number(vault.samples.length);
  for (const { timeUs, nav } of vault.samples) {
    writer.number(timeUs);
    writer.number(nav);
  }
  writer.number(vault.queue.size);
  for (const { redeemId, accountId, tokenAtoms, requestedUs } of vault.queue.values()) {
    writer.number(redeemId);
    writer.number(accountId);
    writer.number(tokenAtoms);
    writer.number(requestedUs);
  }
}

function readVault(reader: SnapshotReader): Vault {
  const [vaultId, accountId, tokenId, depositId] = [reader.number(), reader.number(), reader.number(), reader.number()];
  const [step, createdUs] = [reader.number() as Atoms, reader.number() as TimeUs];
  const vault = new Vault(vaultId, accountId, tokenId, depositId, step, createdUs, readTerms(reader));
  vault.nextSampleUs = reader.number() as TimeUs;
  for (let count = reader.count(); count > 0; count -= 1) {
    vault.samples.push({ timeUs: reader.number() as TimeUs, nav: reader.number() });
  }
  for (let count = reader.count(); count > 0; count -= 1) {
    const [redeemId, ownerId] = [reader.number(), reader.number()];
    const [tokenAtoms, requestedUs] = [reader.number() as Atoms, reader.number() as TimeUs];
    vault.queue.set(ownerId, { redeemId, accountId: ownerId, tokenAtoms, requestedUs });
  }
  return vault;
}

export function writeVaults({ vaults }: State, writer: SnapshotWriter): void {
  writer.number(vaults.lastRedeemId);
  writer.number(vaults.list.length);
  for (const vault of vaults.list) writeVault(vault, writer);
}

export function restoreVaults({ vaults }: State, reader: SnapshotReader): void {
  vaults.lastRedeemId = reader.number();
  for (let count = reader.count(); count > 0; count -= 1) vaults.add(readVault(reader));
}
