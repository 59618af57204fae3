// Who is being liquidated, whose turn it is, and what liquidations have come to so far.
import type { MaintenanceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { IdSet } from './id-set.js';

/** One account's liquidation while it lasts. */
export class LiquidationCase {
  steps = 0;
  /** Turns in a row in which the book took nothing. */
  idleTurns = 0;
  bookUsd = 0;
  backstopUsd = 0;
  deleveragedUsd = 0;
  fundFeeAtoms = 0;
  providerFeeAtoms = 0;
  /** What the backstop fund has paid for it and not got back. */
  coveredAtoms = 0;
  /** Least equity by maintenance that any of its turns began with: what fees go by, so that a worse fall never costs less. */
  leastBacking = Number.POSITIVE_INFINITY;
  /** What nobody has paid, as it was worth when it was put on record. */
  unpaidUsd = 0;

  constructor(
    /** Counted from 1 since genesis. */
    readonly liquidationId: number,
    readonly accountId: number,
    readonly startedUs: TimeUs,
    readonly atStart: MaintenanceView,
  ) {}
}

export class Liquidations {
  readonly #accounts = new IdSet();
  readonly #cases = new Map<number, LiquidationCase>();
  /** Whose turn comes, the next last: those of this round who have not had it, and those who have just fallen due. */
  readonly turns: number[] = [];
  readonly #waiting = new IdSet();
  /** Rounds dealt since genesis: no two are dealt in the same order. */
  rounds = 0;
  /** When the next round is dealt; 0 while nobody is in liquidation. */
  nextRoundUs = 0 as TimeUs;
  /** Opposing positions that the running turn has looked at. Scratch, not state. */
  looks = 0;
  /** When those who have a turn may go on. */
  nextSliceUs = 0 as TimeUs;

  get size(): number {
    return this.#cases.size;
  }

  /** The exchange acts for the account: its own commands are refused. */
  has(accountId: number): boolean {
    return this.#accounts.has(accountId);
  }

  /** It has a turn to come in which it is looked at. */
  waits(accountId: number): boolean {
    return this.#waiting.has(accountId);
  }

  /** How many have a turn to come. */
  get waiting(): number {
    return this.#waiting.size;
  }

  get(accountId: number): LiquidationCase | undefined {
    return this.#cases.get(accountId);
  }

  open(opened: LiquidationCase): void {
    this.#accounts.add(opened.accountId);
    this.#cases.set(opened.accountId, opened);
  }

  close(accountId: number): void {
    this.#accounts.delete(accountId);
    this.#cases.delete(accountId);
  }

  /** By rising account id. */
  *inOrder(): Generator<LiquidationCase> {
    for (let id = this.#accounts.firstFrom(1); id !== -1; id = this.#accounts.firstFrom(id + 1)) {
      yield this.#cases.get(id) as LiquidationCase;
    }
  }

  /** Behind all who have a turn already; in the order of `accountIds`. */
  queue(accountIds: readonly number[]): void {
    if (accountIds.length === 0) return;
    this.turns.reverse();
    for (const accountId of accountIds) {
      this.#waiting.add(accountId);
      this.turns.push(accountId);
    }
    this.turns.reverse();
  }

  takeTurn(): number | undefined {
    const accountId = this.turns.pop();
    if (accountId !== undefined) this.#waiting.delete(accountId);
    return accountId;
  }
}
