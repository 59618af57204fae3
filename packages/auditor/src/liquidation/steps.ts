// A step on the book: how much it may close, how often it may come, and what it may cost.
import type { Event, LiquidationConfiguration, LiquidationStep, MarketView } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { Ledger } from '../books/ledger.js';
import type { PositionBook } from '../books/positions.js';
import { Exact, exact, scaled, ZERO } from '../exact.js';
import { marginFraction } from '../margin/curves.js';
import type { PriceBoard } from './board.js';
import type { Standings } from './standing.js';

const US_PER_MS = 1_000;

/** What an account had at stake when the exchange's order for it came. */
type AtOrder = { readonly orderId: number; readonly lots: bigint; readonly owedUsd: Exact; readonly mmf: Exact };

type Books = {
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly positions: PositionBook;
  readonly board: PriceBoard;
  readonly standings: Standings;
};

export class StepBook {
  readonly #orders = new Map<number, AtOrder>();
  /** Interval in which an account took its last step. */
  readonly #intervals = new Map<number, number>();

  constructor(private readonly books: Books) {}

  observe(event: Event, timeUs: number, terms: LiquidationConfiguration, findings: FindingLog): void {
    if (event.kind === 'orderAccepted' && event.index < 0) {
      const { accountId, marketId, orderId } = event.order;
      this.#orders.set(accountId, { orderId, ...this.#atStake(accountId, this.books.catalogue.market(marketId)) });
    }
    if (event.kind !== 'liquidationStep') return;
    const { accountId, marketId } = event;
    const atOrder = this.#orders.get(accountId);
    if (atOrder?.orderId !== event.orderId) {
      findings.add('stepSize', { accountId, marketId }, 'an order of the exchange', event.orderId);
      return;
    }
    this.#checkInterval(event, Math.floor(timeUs / (terms.stepIntervalMs * US_PER_MS)), findings);
    this.#checkSize(event, atOrder, terms, findings);
    this.#checkFee(event, atOrder, terms, findings);
    this.#checkCost(event, terms, findings);
  }

  #checkInterval({ accountId }: LiquidationStep, interval: number, findings: FindingLog): void {
    if (this.#intervals.get(accountId) === interval) {
      findings.add('stepsTakeTurns', { accountId }, 'one step in an interval', 'another');
    }
    this.#intervals.set(accountId, interval);
  }

  /** Of whom nothing is left, all may be sold at once. */
  #checkSize(
    event: LiquidationStep,
    { lots, owedUsd }: AtOrder,
    terms: LiquidationConfiguration,
    findings: FindingLog,
  ): void {
    const { accountId, marketId, before, filledLots } = event;
    if (before.netEquityUsd <= 0) return;
    const market = this.books.catalogue.market(marketId);
    const size = exact((lots < 0n ? -lots : lots).toString());
    const part = market.perp === undefined ? this.#lotsWorth(market, owedUsd) : size;
    const most = Exact.max(market.minLots, part.times(terms.stepFraction).times(PRODUCT_SLACK).ceil());
    if (most.lessThan(filledLots))
      findings.add('stepSize', { accountId, marketId }, `at most ${most} lots`, filledLots);
  }

  #checkFee(event: LiquidationStep, { mmf }: AtOrder, terms: LiquidationConfiguration, findings: FindingLog): void {
    const { accountId, marketId, before, quoteAtoms, feeAtoms } = event;
    const rate = Exact.min(terms.maxFee, mmf.dividedBy(2));
    const most = before.netEquityUsd <= 0 ? ZERO : rate.times(quoteAtoms).times(PRODUCT_SLACK);
    if (feeAtoms < 0 || most.lessThan(feeAtoms)) {
      findings.add('stepFee', { accountId, marketId }, `0 to ${most.toFixed(6)}`, feeAtoms);
    }
  }

  /** Told margins are held against the auditor's own elsewhere. */
  #checkCost(event: LiquidationStep, terms: LiquidationConfiguration, findings: FindingLog): void {
    const { accountId, marketId, before, after } = event;
    if (!terms.gradual || before.netEquityUsd <= 0 || before.maintenanceMarginUsd <= 0) return;
    const freed = exact(before.maintenanceMarginUsd).minus(after.maintenanceMarginUsd);
    const behind = freed.times(before.netEquityUsd).dividedBy(before.maintenanceMarginUsd);
    const most = behind.times(terms.equityShare);
    const cost = exact(before.netEquityUsd).minus(after.netEquityUsd);
    const slack = exact(before.exposureUsd).plus(Math.abs(before.netEquityUsd)).times(SUM_SLACK);
    if (most.plus(slack).lessThan(cost)) findings.add('stepCost', { accountId, marketId }, `up to ${most}`, cost);
  }

  #lotsWorth(market: MarketView, usd: Exact): Exact {
    const { decimals } = this.books.catalogue.asset(market.baseAssetId);
    const price = this.books.board.usd(market.baseAssetId);
    return usd.dividedBy(price).dividedBy(scaled(market.baseAtomsPerLot, decimals));
  }

  /** Of a loan any that is owed may have been the reason: the largest sum and the largest fraction count. */
  #atStake(accountId: number, market: MarketView): Omit<AtOrder, 'orderId'> {
    const lots = this.books.positions.known(accountId, market.marketId)?.lots ?? 0n;
    const { holdings } = this.books.standings.pictureOf(accountId);
    if (market.perp !== undefined) {
      const size = scaled(exact(lots.toString()).abs().times(market.stepDigits), market.stepScale);
      const usd = size.times(this.books.board.mark(market.marketId)).times(this.books.board.usd(market.quoteAssetId));
      return { lots, owedUsd: ZERO, mmf: marginFraction(market.perp.mmf, usd) };
    }
    const loans = holdings.map((holding) => ({ ...holding, usd: exact(holding.borrowed).times(holding.price) }));
    const owedUsd = Exact.max(ZERO, ...loans.map(({ usd }) => usd));
    const fractions = loans.map(({ usd, borrowMargin }) =>
      usd.isZero() || borrowMargin === undefined ? ZERO : marginFraction(borrowMargin.mmf, usd),
    );
    return { lots, owedUsd, mmf: Exact.max(ZERO, ...fractions) };
  }
}

/** Products of doubles. */
const PRODUCT_SLACK = exact('1.000000001');
/** Sums of them. */
const SUM_SLACK = exact('1e-9');
