import type { NegativeBalanceView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import { IdSet } from './id-set.js';

/**
 * What liquidated accounts owed when they had nothing left. The house has taken these debts over, each as a negative claim of
 * HOUSE.negativeBalances on its asset's pool; nothing that comes to the account later is set against them unasked.
 */
export class NegativeBalances {
  readonly #accounts = new IdSet();
  /** By account id, then by rising asset id. */
  readonly #records = new Map<number, NegativeBalanceView[]>();

  get(accountId: number, assetId: number): NegativeBalanceView | undefined {
    return this.#records.get(accountId)?.find((record) => record.assetId === assetId);
  }

  of(accountId: number): readonly NegativeBalanceView[] {
    return this.#records.get(accountId) ?? [];
  }

  /** Adds to the record (negative: takes off); one that has come to nothing is gone. Returns the record after. */
  change(accountId: number, assetId: number, atoms: number, recordedUs: TimeUs): NegativeBalanceView {
    const before = this.get(accountId, assetId);
    const quantityAtoms = ((before?.quantityAtoms ?? 0) + atoms) as Atoms;
    const since = atoms > 0 ? recordedUs : (before?.recordedUs ?? recordedUs);
    const after: NegativeBalanceView = { accountId, assetId, quantityAtoms, recordedUs: since };
    this.#put(after);
    return after;
  }

  #put(record: NegativeBalanceView): void {
    const { accountId, assetId, quantityAtoms } = record;
    const others = this.of(accountId).filter((other) => other.assetId !== assetId);
    const records = quantityAtoms === 0 ? others : [...others, record].sort((a, b) => a.assetId - b.assetId);
    this.#records.set(accountId, records);
    this.#accounts.add(accountId);
    if (records.length > 0) return;
    this.#records.delete(accountId);
    this.#accounts.delete(accountId);
  }

  /** By rising account id, then asset id. */
  *inOrder(): Generator<NegativeBalanceView> {
    for (let id = this.#accounts.firstFrom(1); id !== -1; id = this.#accounts.firstFrom(id + 1)) yield* this.of(id);
  }
}
