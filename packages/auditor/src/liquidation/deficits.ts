// Deficits: the fund pays first and only what it has, and owes debts that it has taken over; what nobody pays is on record in full, and
// leaves it by its owner's word alone.
import type { DeficitCovered, Event, NegativeBalanceView } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { Ledger } from '../books/ledger.js';
import { PairMap } from '../books/pair-map.js';
import { type Exact, exact, scaled, ZERO } from '../exact.js';
import type { PriceBoard } from './board.js';
import type { Standings } from './standing.js';

/** Products of doubles, and a few atoms of rounding. */
const PRODUCT_SLACK = exact('1.000000001');
const ATOMS_USD = exact('5e-6');

export class DeficitBook {
  readonly #records = new PairMap<{ atoms: bigint }>();
  /** Assets in which the fund has paid or received, and what debts of them it has taken over. */
  readonly #takenOver = new Map<number, bigint>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
    private readonly standings: Standings,
    private readonly board: PriceBoard,
  ) {}

  /** Before the event is on the books. */
  observe(event: Event, findings: FindingLog): void {
    switch (event.kind) {
      case 'deficitCovered':
        return this.#cover(event, findings);
      case 'deleveraged': {
        const { quoteAssetId } = this.catalogue.market(event.marketId);
        if (event.takenAtoms > 0) this.#expectSpent(event.accountId, quoteAssetId, findings);
        return;
      }
      case 'negativeBalanceRecorded': {
        const { accountId, assetId } = event.negative;
        this.#expectSpent(accountId, assetId, findings);
        return this.#expectRecord(event.negative, BigInt(event.addedAtoms), findings);
      }
      case 'negativeBalanceAccepted':
        return this.#expectRecord(event.negative, -BigInt(event.paidAtoms), findings);
      default:
    }
  }

  /** After it is: all that was owed is on record, and nobody's position is. */
  settle(event: Event, findings: FindingLog): void {
    if (event.kind !== 'negativeBalanceRecorded') return;
    const { accountId, assetId } = event.negative;
    const place = { accountId, assetId };
    const columns = this.ledger.columns(accountId, assetId);
    const left = event.from === 'unsettled' ? columns.claim : columns.loan;
    findings.expectSame('negativeOnRecord', place, 0n, left);
    for (const { market } of this.standings.openPositions(accountId)) {
      findings.add('negativeOnRecord', place, 'no position', market.symbol);
    }
  }

  closeStep(findings: FindingLog): void {
    for (const [assetId, takenOver] of this.#takenOver) {
      const fund = this.#fundOf(assetId);
      if (fund + takenOver < 0n) findings.add('fundPaysFirst', { assetId }, `at least −${takenOver}`, fund);
    }
  }

  /** By fees received and deficits paid. */
  #fundOf(assetId: number): bigint {
    return -this.ledger.given(assetId, 'backstopFund');
  }

  #cover({ accountId, assetId, quantityAtoms, into }: DeficitCovered, findings: FindingLog): void {
    const takenOver = this.#takenOver.get(assetId) ?? 0n;
    this.#takenOver.set(assetId, takenOver + (into === 'loan' ? BigInt(quantityAtoms) : 0n));
    if (into !== 'loan') return;
    const [owed, free] = [this.#usdOf(assetId, BigInt(quantityAtoms)), this.#freeUsd()];
    if (owed.greaterThan(free.times(PRODUCT_SLACK).plus(ATOMS_USD))) {
      findings.add('fundPaysFirst', { accountId, assetId }, `a debt of up to ${free}`, owed);
    }
  }

  /** Nothing that would pay another atom of the asset is left. */
  #expectSpent(accountId: number, assetId: number, findings: FindingLog): void {
    if (!this.board.isPriced(assetId)) return;
    const free = this.#freeUsd();
    if (free.greaterThan(this.#usdOf(assetId, 1n).plus(ATOMS_USD))) {
      findings.add('fundPaysFirst', { accountId, assetId }, 'a fund that is spent', free);
    }
  }

  /** What the fund has, less what debts come to that it has taken over. Its units of other assets pay for debts of those alone. */
  #freeUsd(): Exact {
    let free = ZERO;
    for (const { assetId } of this.catalogue.assets) {
      const fund = this.#fundOf(assetId);
      if (fund < 0n || assetId === this.catalogue.settlementAssetId) free = free.plus(this.#usdOf(assetId, fund));
    }
    return free;
  }

  #usdOf(assetId: number, atoms: bigint): Exact {
    const { decimals } = this.catalogue.asset(assetId);
    return scaled(atoms.toString(), decimals).times(this.board.usd(assetId));
  }

  #expectRecord({ accountId, assetId, quantityAtoms }: NegativeBalanceView, added: bigint, findings: FindingLog): void {
    const record = this.#records.obtain(accountId, assetId, () => ({ atoms: 0n }));
    record.atoms += added;
    findings.expectSame('negativeOnRecord', { accountId, assetId }, record.atoms, quantityAtoms);
    if (record.atoms < 0n) findings.add('negativeOnRecord', { accountId, assetId }, 'at least 0', record.atoms);
    record.atoms = BigInt(quantityAtoms);
  }
}
