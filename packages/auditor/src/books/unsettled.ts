// PnL that is no cash yet, per account: what the claim is beyond the cost of the positions. Held against what settlements say is left.
import type { Event } from '@glasshouse/protocol';
import { MARKET_KIND } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import type { Columns, Ledger } from './ledger.js';
import type { PositionBook } from './positions.js';

/** Claims on profit and debts of loss in all: the virtual lends and borrows of the asset's pool. */
export type VirtualTotal = { readonly lent: bigint; readonly borrowed: bigint };

export class UnsettledBook {
  readonly #totals = new Map<number, VirtualTotal>();
  /** What a settlement of this step left, and what the events after it made of that. */
  readonly #told = new Map<Columns, bigint>();

  total(assetId: number): VirtualTotal {
    return this.#totals.get(assetId) ?? { lent: 0n, borrowed: 0n };
  }

  observe(event: Event, ledger: Ledger, catalogue: Catalogue): void {
    switch (event.kind) {
      case 'cashSettled':
        this.#told.set(ledger.columns(event.accountId, event.assetId), BigInt(event.unsettledAtoms));
        break;
      case 'pnlSettled':
        this.#add(ledger.columns(event.accountId, catalogue.market(event.marketId).quoteAssetId), event.pnlAtoms);
        break;
      case 'fundingPaid':
        this.#add(ledger.columns(event.accountId, catalogue.market(event.marketId).quoteAssetId), event.fundingAtoms);
        break;
      case 'interestPosted':
        if (event.source === 'unsettledPnl') {
          this.#add(ledger.columns(event.accountId, event.assetId), event.interestAtoms);
        }
        break;
      case 'referralPaid': {
        const { kind } = catalogue.market(event.marketId);
        if (kind === MARKET_KIND.perp) {
          this.#add(ledger.columns(event.referrerAccountId, event.assetId), event.quantityAtoms);
        }
        break;
      }
      case 'orderFilled':
        this.#forget(event.order.accountId, event.order.marketId, ledger, catalogue);
        break;
      case 'liquidationStep':
        this.#add(ledger.columns(event.accountId, catalogue.market(event.marketId).quoteAssetId), -event.feeAtoms);
        break;
      case 'backstopAssigned':
        this.#forget(event.accountId, event.marketId, ledger, catalogue);
        this.#forget(event.providerAccountId, event.marketId, ledger, catalogue);
        break;
      case 'deleveraged':
        this.#forget(event.accountId, event.marketId, ledger, catalogue);
        this.#forget(event.counterpartyAccountId, event.marketId, ledger, catalogue);
        break;
      case 'deficitCovered':
        if (event.into === 'unsettled') this.#add(ledger.columns(event.accountId, event.assetId), event.quantityAtoms);
        break;
      case 'negativeBalanceRecorded':
        if (event.from === 'unsettled') {
          const { accountId, assetId } = event.negative;
          this.#add(ledger.columns(accountId, assetId), event.addedAtoms);
        }
        break;
      default:
    }
  }

  /** After positions and before the ledger are closed. */
  closeStep(touched: Iterable<Columns>, positions: PositionBook, findings: FindingLog): void {
    for (const columns of touched) {
      const { accountId, assetId } = columns;
      this.#count(columns, columns.claim + positions.costOf(accountId, assetId));
      const told = this.#told.get(columns);
      if (told !== undefined) findings.expectSame('unsettledFollows', { accountId, assetId }, columns.unsettled, told);
    }
    this.#told.clear();
  }

  #add(columns: Columns, atoms: number): void {
    const told = this.#told.get(columns);
    if (told !== undefined) this.#told.set(columns, told + BigInt(atoms));
  }

  /** What a close realizes is known only once the position is shown. */
  #forget(accountId: number, marketId: number, ledger: Ledger, catalogue: Catalogue): void {
    const market = catalogue.market(marketId);
    if (market.kind === MARKET_KIND.perp) this.#told.delete(ledger.columns(accountId, market.quoteAssetId));
  }

  #count(columns: Columns, atoms: bigint): void {
    const before = this.total(columns.assetId);
    this.#totals.set(columns.assetId, {
      lent: before.lent + positive(atoms) - positive(columns.unsettled),
      borrowed: before.borrowed + positive(-atoms) - positive(-columns.unsettled),
    });
    columns.unsettled = atoms;
  }
}

const positive = (atoms: bigint): bigint => (atoms > 0n ? atoms : 0n);
