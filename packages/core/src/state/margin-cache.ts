import { withRoom } from './columns.js';

/**
 * What accounts' equity was when it was last worked out, and at which prices. Scratch, not state: an entry equals what
 * working it out again would give, to the last bit.
 */
export class MarginCache {
  /** Price version of the entry; 0 when something of the account's own has changed since. */
  #version = new Float64Array(0);
  #equityUsd = new Float64Array(0);

  forget(accountId: number): void {
    if (accountId < this.#version.length) this.#version[accountId] = 0;
  }

  /** NaN when there is none. */
  equityUsd(accountId: number, priceVersion: number): number {
    return this.#version[accountId] === priceVersion ? (this.#equityUsd[accountId] as number) : Number.NaN;
  }

  keep(accountId: number, priceVersion: number, equityUsd: number): void {
    this.#version = withRoom(this.#version, accountId);
    this.#equityUsd = withRoom(this.#equityUsd, accountId);
    this.#version[accountId] = priceVersion;
    this.#equityUsd[accountId] = equityUsd;
  }
}
