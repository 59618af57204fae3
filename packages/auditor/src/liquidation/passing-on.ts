// What goes over to others: to providers at the mark, to those opposite only when no provider has room, at the mark or for a deficit,
// and then out of no more than their own profit. Fees come out of a share of what equity is left.
import type { BackstopAssigned, Deleveraged, Event, LiquidationConfiguration } from '@glasshouse/protocol';
import { SIDE } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { LifetimeBook } from '../books/lifetimes.js';
import type { PositionBook } from '../books/positions.js';
import { markValue } from '../books/settled-pnl.js';
import { Exact, exact, ZERO } from '../exact.js';
import type { PriceBoard } from './board.js';
import type { ProviderBook } from './providers.js';
import type { Standing, Standings } from './standing.js';

type Books = {
  readonly catalogue: Catalogue;
  readonly positions: PositionBook;
  readonly lifetimes: LifetimeBook;
  readonly board: PriceBoard;
  readonly standings: Standings;
  readonly providers: ProviderBook;
};

/** Parts of a whole are rounded so that they add up to it. */
const ATOM = 1;
/** A marketable price between two whole atoms, doubles, and the atom of each part that was closed before. */
const PROFIT_SLACK = 8;

type Taking = BackstopAssigned | Deleveraged;

function feesOf(event: Taking, { providerFee, fundFee }: LiquidationConfiguration) {
  if (event.kind === 'deleveraged') return [{ atoms: event.feeAtoms, rate: providerFee + fundFee }];
  return [
    { atoms: event.providerFeeAtoms, rate: providerFee },
    { atoms: event.fundFeeAtoms, rate: fundFee },
  ];
}

export class PassingBook {
  #before: Standing | undefined;
  /** Whose positions or loans others have taken in this step: the stage was found at its turn's begin, and its last part may end above it. */
  readonly #passed = new Set<number>();

  constructor(private readonly books: Books) {}

  /** Before the event is on the books. */
  observe(event: Event, timeUs: number, findings: FindingLog): void {
    if (event.kind === 'backstopAssigned') {
      this.#before = this.books.standings.of(event.accountId);
      this.#passed.add(event.accountId);
      this.#checkPrice(event, 0, findings);
    }
    if (event.kind === 'loanAssigned') this.#passed.add(event.accountId);
    if (event.kind === 'deleveraged') this.#deleverage(event, timeUs, findings);
  }

  /** After it is. */
  settle(event: Event, terms: LiquidationConfiguration, findings: FindingLog): void {
    const before = this.#before;
    if (before === undefined) return;
    if (event.kind !== 'backstopAssigned' && event.kind !== 'deleveraged') return;
    this.#checkFees(event, before, terms, findings);
    if (event.kind === 'deleveraged') this.#checkNeed(event, findings);
  }

  closeStep(): void {
    this.#passed.clear();
  }

  #checkPrice(event: Taking, takenAtoms: number, findings: FindingLog): void {
    const { accountId, marketId, side, sizeLots, quoteAtoms, markPrice } = event;
    const { catalogue, board } = this.books;
    const place = { accountId, marketId };
    if (markPrice !== board.mark(marketId)) findings.add('passedAtMark', place, board.mark(marketId), markPrice);
    const value = markValue({ marketId, lots: BigInt(sizeLots) }, markPrice, catalogue);
    const expected = side === SIDE.ask ? value.plus(takenAtoms) : value.minus(takenAtoms);
    const slack = value.times('1e-12').plus(ATOM);
    if (expected.minus(quoteAtoms).abs().greaterThan(slack)) findings.add('passedAtMark', place, expected, quoteAtoms);
  }

  /** Each within its own rate, all together within their share of the equity that stood behind what was closed. */
  #checkFees(event: Taking, before: Standing, terms: LiquidationConfiguration, findings: FindingLog): void {
    const { accountId, marketId, sizeLots, markPrice } = event;
    const { catalogue, standings } = this.books;
    const value = markValue({ marketId, lots: BigInt(sizeLots) }, markPrice, catalogue);
    const fees = feesOf(event, terms);
    const freed = before.maintenance.minus(standings.of(accountId).maintenance);
    const backed = before.maintenance.isZero() ? ZERO : before.equity.dividedBy(before.maintenance);
    const atomsOfUsd = exact(10).pow(catalogue.asset(catalogue.market(marketId).quoteAssetId).decimals);
    const behind = Exact.max(ZERO, backed.times(freed)).times(terms.equityShare).plus(before.slack).times(atomsOfUsd);
    const all = { atoms: fees.reduce((sum, { atoms }) => sum + atoms, 0), most: behind };
    const bounded = fees.map(({ atoms, rate }) => ({ atoms, most: value.times(rate).plus(ATOM) }));
    for (const { atoms, most } of [...bounded, all]) {
      const place = { accountId, marketId };
      if (atoms < 0 || most.lessThan(atoms)) findings.add('takingFee', place, `0 to ${most.toFixed(3)}`, atoms);
    }
  }

  #deleverage(event: Deleveraged, timeUs: number, findings: FindingLog): void {
    const { accountId, counterpartyAccountId, marketId, side, takenAtoms, policy } = event;
    const { catalogue, standings, providers } = this.books;
    const place = { accountId, marketId };
    const before = standings.of(accountId);
    this.#before = before;
    this.#checkPrice(event, takenAtoms, findings);
    const { perp } = catalogue.market(marketId);
    const chosen = perp?.deleveragePolicy ?? 'queue';
    if (policy !== chosen) findings.add('deleveragedLast', place, chosen, policy);
    const first = !this.#passed.has(accountId);
    this.#passed.add(accountId);
    if (first && before.equity.greaterThan(before.autoCloseEquity.plus(before.slack))) {
      findings.add('deleveragedLast', place, `equity up to ${before.autoCloseEquity}`, before.equity);
    }
    const provider = providers.withRoom(accountId, marketId, side === SIDE.ask, timeUs);
    const deficit = before.worth.lessThan(before.slack.negated());
    if (provider !== undefined && !deficit) {
      findings.add('deleveragedLast', place, 'no provider with room', `account ${provider}`);
    }
    this.#checkTaken(event, counterpartyAccountId, findings);
  }

  /** Out of the profit that its position has made since it was opened, and out of equity that it has. */
  #checkTaken(event: Deleveraged, winnerId: number, findings: FindingLog): void {
    const { marketId, takenAtoms } = event;
    const { catalogue, positions, lifetimes, board, standings } = this.books;
    const place = { accountId: winnerId, marketId };
    const lots = positions.known(winnerId, marketId)?.lots ?? 0n;
    const value = markValue({ marketId, lots }, board.mark(marketId), catalogue);
    const profit = value.minus(lifetimes.entryOf(winnerId, marketId).toString());
    const { decimals } = catalogue.asset(catalogue.market(marketId).quoteAssetId);
    const { equity, slack } = standings.of(winnerId);
    const held = equity.plus(slack).times(exact(10).pow(decimals));
    const most = Exact.max(ZERO, Exact.min(profit, held));
    if (takenAtoms < 0 || most.plus(PROFIT_SLACK).lessThan(takenAtoms)) {
      findings.add('deleveragedOfProfit', place, `0 to ${most.toFixed(3)}`, takenAtoms);
    }
  }

  /** Together they pay the deficit and no more: nothing is left over for the account that was closed. */
  #checkNeed({ accountId, marketId, takenAtoms }: Deleveraged, findings: FindingLog): void {
    const { worth, slack } = this.books.standings.of(accountId);
    if (takenAtoms > 0 && worth.greaterThan(slack.plus('0.00001'))) {
      findings.add('deleveragedOfProfit', { accountId, marketId }, 'no more than the deficit', `${worth} left over`);
    }
  }
}
