// Follows a log by its events alone, keeps its own books, and says after every step what does not add up.
import type { Event } from '@glasshouse/protocol';
import { Catalogue } from './books/catalogue.js';
import { DustBook } from './books/dust.js';
import { FeeBook } from './books/fees.js';
import { type Finding, FindingLog } from './books/finding.js';
import { FundingBook } from './books/funding-rounds.js';
import { Ledger } from './books/ledger.js';
import { LifetimeBook } from './books/lifetimes.js';
import { PoolBook } from './books/pools.js';
import { PositionBook } from './books/positions.js';
import { PriceBook } from './books/price-bounds.js';
import { QuoteBook } from './books/quotes.js';
import { StrategyBook } from './books/strategies.js';
import { TradeBook } from './books/trades.js';
import { UnsettledBook } from './books/unsettled.js';
import { LiquidationBook } from './liquidation/liquidations.js';
import { VaultBook } from './vaults/vaults.js';

export type AuditReport = {
  readonly steps: number;
  readonly events: number;
  /** Of all findings, the first ones are kept. */
  readonly findingCount: number;
  readonly findings: readonly Finding[];
};

/** One applied request: where it stands in the log, when it was sequenced. */
export type AuditedStep = { readonly seq: number; readonly timeUs: number };

const KEPT_FINDINGS = 1000;

export class Audit {
  readonly #findings: FindingLog;
  readonly #catalogue = new Catalogue();
  readonly #ledger = new Ledger();
  readonly #positions = new PositionBook();
  readonly #lifetimes = new LifetimeBook();
  readonly #unsettled = new UnsettledBook();
  readonly #fees = new FeeBook();
  readonly #trades = new TradeBook();
  readonly #strategies = new StrategyBook();
  readonly #quotes = new QuoteBook(this.#fees);
  readonly #dust = new DustBook(this.#fees);
  readonly #pools = new PoolBook();
  readonly #funding = new FundingBook();
  readonly #prices = new PriceBook(this.#positions);
  readonly #liquidations = new LiquidationBook({
    catalogue: this.#catalogue,
    ledger: this.#ledger,
    positions: this.#positions,
    lifetimes: this.#lifetimes,
  });
  readonly #vaults = new VaultBook(this.#catalogue, this.#ledger, this.#positions);
  #steps = 0;
  #events = 0;
  #timeUs = 0;

  constructor(options: { readonly keptFindings?: number } = {}) {
    this.#findings = new FindingLog(options.keptFindings ?? KEPT_FINDINGS);
  }

  /** The next request of the log with all events that it caused, in order. The first must be the genesis. */
  step({ seq, timeUs }: AuditedStep, events: readonly Event[]): void {
    this.#findings.seq = seq;
    this.#timeUs = timeUs;
    this.#steps += 1;
    this.#events += events.length;
    for (const event of events) this.#observe(event);
    this.#closeStep();
  }

  /** PnL of an account that is no cash yet, by the auditor's books. */
  unsettledAtoms(accountId: number, assetId: number): bigint {
    return this.#ledger.columns(accountId, assetId).unsettled;
  }

  /** Closes what can be judged only at the end. The log may go on afterwards. */
  report(): AuditReport {
    for (const marketId of this.#funding.marketIds) this.#funding.closeRound(marketId, this.#findings);
    for (const assetId of this.#pools.assetIds) this.#checkInterestCovered(assetId);
    return {
      steps: this.#steps,
      events: this.#events,
      findingCount: this.#findings.count,
      findings: [...this.#findings.kept],
    };
  }

  #observe(event: Event): void {
    const [catalogue, findings] = [this.#catalogue, this.#findings];
    catalogue.observe(event);
    this.#liquidations.observe(event, this.#timeUs, findings);
    this.#vaults.observe(event, this.#timeUs, findings);
    this.#funding.observe(event, catalogue, this.#positions, findings);
    this.#pools.observe(event, this.#timeUs, findings);
    this.#ledger.observe(event, catalogue);
    this.#positions.observe(event, catalogue, findings);
    this.#lifetimes.observe(event, catalogue, findings);
    this.#unsettled.observe(event, this.#ledger, catalogue);
    this.#fees.observe(event, catalogue, findings);
    this.#trades.observe(event, findings);
    this.#strategies.observe(event, this.#timeUs, findings);
    this.#quotes.observe(event, this.#timeUs, catalogue, findings);
    this.#dust.observe(event, catalogue, findings);
    this.#prices.observe(event, this.#timeUs, catalogue, findings);
    this.#liquidations.settle(event, findings);
  }

  #closeStep(): void {
    const findings = this.#findings;
    const moved = [...this.#positions.touched];
    for (const { accountId, marketId } of moved) {
      this.#ledger.touch(accountId, this.#catalogue.market(marketId).quoteAssetId);
    }
    const touched = [...this.#ledger.touched];
    const virtual = (assetId: number) => this.#unsettled.total(assetId);
    this.#trades.closeStep(findings);
    this.#positions.closeStep(this.#catalogue, findings);
    this.#unsettled.closeStep(touched, this.#positions, findings);
    this.#ledger.closeStep(findings);
    this.#liquidations.closeStep(touched, moved, this.#timeUs, findings);
    this.#pools.closeStep(touched, this.#timeUs, virtual);
    const reserve = (assetId: number) => this.#reserve(assetId);
    const beside = (assetId: number) => this.#ledger.earned(assetId) - this.#positions.costInAll(assetId);
    this.#pools.checkShown(virtual, reserve, beside, findings);
  }

  /** What borrowers were charged beyond what lenders were credited. */
  #reserve(assetId: number): bigint {
    return -this.#ledger.given(assetId, 'lendingReserve');
  }

  /** A sweep may have credited lenders before it charges borrowers what they owe. */
  #checkInterestCovered(assetId: number): void {
    const covered = this.#pools.uncharged(assetId, this.#timeUs).plus(this.#reserve(assetId).toString());
    if (covered.isNegative()) this.#findings.add('interestCovered', { assetId }, 'at least 0', covered);
  }
}
