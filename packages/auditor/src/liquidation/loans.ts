// Loans that providers take over: each with collateral that is worth as much at the index, and for fees within their rates and within
// their share of the equity behind it.
import type { Event, LiquidationConfiguration, LoanAssigned } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import { Exact, exact, scaled, ZERO } from '../exact.js';
import type { PriceBoard } from './board.js';
import type { Standing, Standings } from './standing.js';

/** Quotients of doubles. */
const RELATIVE = exact('1e-9');
const ATOM = 1;

export class LoanBook {
  #before: Standing | undefined;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly board: PriceBoard,
    private readonly standings: Standings,
  ) {}

  /** Before the event is on the books. */
  observe(event: Event, findings: FindingLog): void {
    if (event.kind !== 'loanAssigned') return;
    this.#before = this.standings.of(event.accountId);
    this.#checkWorth(event, findings);
  }

  /** After it is. */
  settle(event: Event, terms: LiquidationConfiguration, findings: FindingLog): void {
    if (event.kind === 'loanAssigned' && this.#before !== undefined)
      this.#checkFees(event, this.#before, terms, findings);
  }

  #usdOf(assetId: number, atoms: number): Exact {
    return scaled(atoms, this.catalogue.asset(assetId).decimals).times(this.board.usd(assetId));
  }

  #checkWorth(event: LoanAssigned, findings: FindingLog): void {
    const { accountId, assetId, quantityAtoms, quoteAtoms, collateralAssetId, collateralAtoms } = event;
    const loan = this.#usdOf(assetId, quantityAtoms);
    const [least, most] = [loan, loan.plus(this.#usdOf(collateralAssetId, ATOM))];
    const collateral = this.#usdOf(collateralAssetId, collateralAtoms);
    const slack = loan.times(RELATIVE);
    if (collateral.lessThan(least.minus(slack)) || collateral.greaterThan(most.plus(slack))) {
      findings.add('loanWorth', { accountId, assetId }, `collateral worth ${loan}`, collateral);
    }
    const told = this.#usdOf(this.catalogue.settlementAssetId ?? assetId, quoteAtoms);
    const atom = this.#usdOf(this.catalogue.settlementAssetId ?? assetId, ATOM);
    if (told.minus(loan).abs().greaterThan(atom.plus(slack))) {
      findings.add('loanWorth', { accountId, assetId }, `${loan} USD`, told);
    }
  }

  #checkFees(event: LoanAssigned, before: Standing, terms: LiquidationConfiguration, findings: FindingLog): void {
    const { accountId, assetId, quoteAtoms, providerFeeAtoms, fundFeeAtoms } = event;
    const freed = before.maintenance.minus(this.standings.of(accountId).maintenance);
    const backed = before.maintenance.isZero() ? ZERO : before.equity.dividedBy(before.maintenance);
    const { decimals } = this.catalogue.asset(this.catalogue.settlementAssetId ?? assetId);
    const behind = Exact.max(ZERO, backed.times(freed)).times(terms.equityShare).plus(before.slack);
    const bounds = [
      { atoms: providerFeeAtoms, most: exact(terms.providerFee).times(quoteAtoms).plus(ATOM) },
      { atoms: fundFeeAtoms, most: exact(terms.fundFee).times(quoteAtoms).plus(ATOM) },
      { atoms: providerFeeAtoms + fundFeeAtoms, most: behind.times(exact(10).pow(decimals)) },
    ];
    for (const { atoms, most } of bounds) {
      if (atoms >= 0 && !most.lessThan(atoms)) continue;
      findings.add('takingFee', { accountId, assetId }, `0 to ${most.toFixed(3)}`, atoms);
    }
  }
}
