// Deficits: the fund pays first and only what it has; what nobody pays is on record in full, and leaves it by its owner's word alone.
import type { Event, NegativeBalanceView } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { Ledger } from '../books/ledger.js';
import { PairMap } from '../books/pair-map.js';
import type { Standings } from './standing.js';

export class DeficitBook {
  readonly #records = new PairMap<{ atoms: bigint }>();
  /** Assets in which the fund has paid or received. */
  readonly #assets = new Set<number>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
    private readonly standings: Standings,
  ) {}

  /** Before the event is on the books. */
  observe(event: Event, findings: FindingLog): void {
    switch (event.kind) {
      case 'deficitCovered':
        this.#assets.add(event.assetId);
        return;
      case 'deleveraged': {
        const { quoteAssetId } = this.catalogue.market(event.marketId);
        if (event.takenAtoms > 0) this.#expectSpent(event.accountId, quoteAssetId, findings);
        return;
      }
      case 'negativeBalanceRecorded': {
        const { accountId, assetId } = event.negative;
        if (event.from === 'unsettled') this.#expectSpent(accountId, assetId, findings);
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
    for (const assetId of this.#assets) {
      const fund = this.#fundOf(assetId);
      if (fund < 0n) findings.add('fundPaysFirst', { assetId }, 'at least 0', fund);
    }
  }

  /** By fees received and deficits paid. */
  #fundOf(assetId: number): bigint {
    return -this.ledger.given(assetId, 'backstopFund');
  }

  #expectSpent(accountId: number, assetId: number, findings: FindingLog): void {
    const fund = this.#fundOf(assetId);
    if (fund > 0n) findings.add('fundPaysFirst', { accountId, assetId }, 'a fund that is spent', fund);
  }

  #expectRecord({ accountId, assetId, quantityAtoms }: NegativeBalanceView, added: bigint, findings: FindingLog): void {
    const record = this.#records.obtain(accountId, assetId, () => ({ atoms: 0n }));
    record.atoms += added;
    findings.expectSame('negativeOnRecord', { accountId, assetId }, record.atoms, quantityAtoms);
    if (record.atoms < 0n) findings.add('negativeOnRecord', { accountId, assetId }, 'at least 0', record.atoms);
    record.atoms = BigInt(quantityAtoms);
  }
}
