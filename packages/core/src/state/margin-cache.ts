import { withRoom } from './columns.js';

/**
 * What accounts' holdings and debts were worth when they were last valued, and at which prices. Scratch, not state: an entry
 * equals what valuing them again would give, to the last bit.
 */
export class MarginCache {
  /** Price version of the entry; 0 when the account's money has moved since. */
  #version = new Float64Array(0);
  #collateralUsd = new Float64Array(0);
  #liabilityUsd = new Float64Array(0);

  forget(accountId: number): void {
    if (accountId < this.#version.length) this.#version[accountId] = 0;
  }

  isKept(accountId: number, priceVersion: number): boolean {
    return this.#version[accountId] === priceVersion;
  }

  collateralUsd(accountId: number): number {
    return this.#collateralUsd[accountId] as number;
  }

  liabilityUsd(accountId: number): number {
    return this.#liabilityUsd[accountId] as number;
  }

  keep(accountId: number, priceVersion: number, collateralUsd: number, liabilityUsd: number): void {
    this.#version = withRoom(this.#version, accountId);
    this.#collateralUsd = withRoom(this.#collateralUsd, accountId);
    this.#liabilityUsd = withRoom(this.#liabilityUsd, accountId);
    this.#version[accountId] = priceVersion;
    this.#collateralUsd[accountId] = collateralUsd;
    this.#liabilityUsd[accountId] = liabilityUsd;
  }
}
