import type { KeyRole } from '@glasshouse/protocol';
import { withRoom } from './columns.js';

/** Public keys that may sign, by id from 1. A revoked key stays: old log entries name it. */
export class KeyTable {
  count = 0;
  readonly publicKey: string[] = [''];
  role = new Uint8Array(0);
  /** 0 for service and operator keys. */
  accountId = new Int32Array(0);
  permissions = new Uint8Array(0);
  active = new Uint8Array(0);
  nextOfAccount = new Int32Array(0);
  readonly #idByPublicKey = new Map<string, number>();

  add(publicKey: string, role: KeyRole, accountId: number, permissions: number): number {
    this.count += 1;
    const id = this.count;
    this.role = withRoom(this.role, id);
    this.accountId = withRoom(this.accountId, id);
    this.permissions = withRoom(this.permissions, id);
    this.active = withRoom(this.active, id);
    this.nextOfAccount = withRoom(this.nextOfAccount, id);
    this.publicKey.push(publicKey);
    this.role[id] = role;
    this.accountId[id] = accountId;
    this.permissions[id] = permissions;
    this.active[id] = 1;
    this.#idByPublicKey.set(publicKey, id);
    return id;
  }

  has(keyId: number): boolean {
    return keyId >= 1 && keyId <= this.count;
  }

  /** 0 when unknown. */
  idOf(publicKey: string): number {
    return this.#idByPublicKey.get(publicKey) ?? 0;
  }
}
