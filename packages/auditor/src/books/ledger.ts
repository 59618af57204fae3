// Everybody's columns as the events make them, held against the balances that the exchange says it has.
import type { BalanceView, Event } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import { PairMap } from './pair-map.js';
import { type HouseBook, type Posting, postingsOf } from './postings.js';

export type Columns = {
  readonly accountId: number;
  readonly assetId: number;
  cash: bigint;
  loan: bigint;
  claim: bigint;
  /** Of the claim, what is PnL that is no cash yet; the rest is the cost of positions. As of the end of the last step. */
  unsettled: bigint;
  /** The exchange's own word, of the last event that told. */
  shown: BalanceView | undefined;
};

type AssetTotals = Record<'accounts' | HouseBook, bigint>;

const noTotals = (): AssetTotals => ({
  accounts: 0n,
  outside: 0n,
  tradingFees: 0n,
  lendingReserve: 0n,
  fundingRemainder: 0n,
  backstopFund: 0n,
  negativeBalances: 0n,
  vaultTokens: 0n,
});

function givenInAll({
  tradingFees,
  lendingReserve,
  fundingRemainder,
  backstopFund,
  negativeBalances,
  vaultTokens,
}: AssetTotals): bigint {
  return tradingFees + lendingReserve + fundingRemainder + backstopFund + negativeBalances + vaultTokens;
}

export class Ledger {
  readonly #columns = new PairMap<Columns>();
  readonly #totals = new Map<number, AssetTotals>();
  readonly #touched = new Set<Columns>();
  readonly #unbalanced = new Map<number, bigint>();

  columns(accountId: number, assetId: number): Columns {
    const make = (): Columns => ({
      accountId,
      assetId,
      cash: 0n,
      loan: 0n,
      claim: 0n,
      unsettled: 0n,
      shown: undefined,
    });
    return this.#columns.obtain(accountId, assetId, make);
  }

  /** Undefined when nothing has ever been posted there. */
  known(accountId: number, assetId: number): Columns | undefined {
    return this.#columns.get(accountId, assetId);
  }

  touch(accountId: number, assetId: number): void {
    this.#touched.add(this.columns(accountId, assetId));
  }

  /** Of the step so far. */
  get touched(): ReadonlySet<Columns> {
    return this.#touched;
  }

  /** What the house gave out of a book, minus what it took. */
  given(assetId: number, book: HouseBook): bigint {
    return this.#totalsOf(assetId)[book];
  }

  /** What the house has taken minus what it gave, out of all its books. */
  earned(assetId: number): bigint {
    return -givenInAll(this.#totalsOf(assetId));
  }

  observe(event: Event, catalogue: Catalogue): void {
    for (const posting of postingsOf(event, catalogue)) this.#post(posting);
    if (event.kind !== 'balanceChanged') return;
    const { balance } = event;
    const columns = this.columns(balance.accountId, balance.assetId);
    columns.shown = balance;
    this.#touched.add(columns);
  }

  /** Compares, then takes the exchange's word, so that one mistake is one finding. */
  closeStep(findings: FindingLog): void {
    for (const columns of this.#touched) this.#compare(columns, findings);
    this.#touched.clear();
    for (const [assetId, totals] of this.#totals) this.#checkConservation(assetId, totals, findings);
  }

  #post({ accountId, assetId, column, atoms, from }: Posting): void {
    const columns = this.columns(accountId, assetId);
    columns[column] += atoms;
    const totals = this.#totalsOf(assetId);
    totals.accounts += atoms;
    if (from !== undefined) totals[from] += atoms;
    this.#touched.add(columns);
  }

  #totalsOf(assetId: number): AssetTotals {
    const known = this.#totals.get(assetId) ?? noTotals();
    this.#totals.set(assetId, known);
    return known;
  }

  #compare(columns: Columns, findings: FindingLog): void {
    const { accountId, assetId } = columns;
    const place = { accountId, assetId };
    const shown = columns.shown ?? { availableAtoms: 0, lockedAtoms: 0, lentAtoms: 0, borrowedAtoms: 0 };
    const cash = BigInt(shown.availableAtoms) + BigInt(shown.lockedAtoms);
    const loan = BigInt(shown.lentAtoms) - BigInt(shown.borrowedAtoms);
    findings.expectSame('balanceFollows', place, columns.cash, cash);
    findings.expectSame('loanFollows', place, columns.loan, loan);
    const least = Math.min(shown.availableAtoms, shown.lockedAtoms, shown.lentAtoms, shown.borrowedAtoms);
    if (least < 0) findings.add('columnNotNegative', place, 0, least);
    if (shown.lentAtoms > 0 && shown.borrowedAtoms > 0) {
      findings.add('lentOrBorrowed', place, 'one of them', `lent ${shown.lentAtoms}, borrowed ${shown.borrowedAtoms}`);
    }
    this.#totalsOf(assetId).accounts += cash - columns.cash + loan - columns.loan;
    columns.cash = cash;
    columns.loan = loan;
  }

  /** Accounts have what came from outside and what the house gave; a difference is reported in the step in which it appears. */
  #checkConservation(assetId: number, totals: AssetTotals, findings: FindingLog): void {
    const { accounts, outside } = totals;
    const house = givenInAll(totals);
    const difference = accounts - outside - house;
    if (difference !== (this.#unbalanced.get(assetId) ?? 0n)) {
      findings.add('conserved', { assetId }, outside, accounts - house);
    }
    this.#unbalanced.set(assetId, difference);
  }
}
