// Liquidations from their start to their end: nobody's begins early, each stops as soon as it may, the exchange alone acts meanwhile,
// and what is told of the account's margin is what the auditor's own books say.
import type { Event, LiquidationStarted, LiquidationView, MaintenanceView } from '@glasshouse/protocol';
import type { FindingLog } from '../books/finding.js';
import { type Exact, exact } from '../exact.js';
import { isClearlyDue, isClearlySpared, type Standing, type Standings } from './standing.js';

/** USD that the interest of a moment may come to, posted between a look and the next. */
const MOMENT_USD = exact('0.01');

export class CaseBook {
  /** Who is in liquidation, and how it stood when the exchange's order for it came. */
  readonly #running = new Map<number, Standing | undefined>();
  /** Number of each that lasts, by account. */
  readonly #numbers = new Map<number, number>();
  #begun = 0;
  /**
   * Whose deficit the fund has paid in this step: with its money the account may be sound at the index, and its positions close all the
   * same.
   */
  readonly #paidFor = new Set<number>();

  constructor(private readonly standings: Standings) {}

  has(accountId: number): boolean {
    return this.#running.has(accountId);
  }

  /** How the account stood when the order came that is being told of. */
  atOrder(accountId: number): Standing | undefined {
    return this.#running.get(accountId);
  }

  observe(event: Event, findings: FindingLog): void {
    switch (event.kind) {
      case 'liquidationStarted':
        this.#number(event, findings);
        return this.#start(event.accountId, event.standing, findings);
      case 'orderAccepted': {
        const { accountId } = event.order;
        if (!this.has(accountId)) return;
        if (event.index < 0) this.#running.set(accountId, this.standings.of(accountId));
        else this.#acted(accountId, `order ${event.order.orderId}`, findings);
        return;
      }
      case 'withdrawalRequested':
        return this.#acted(event.withdrawal.accountId, 'a withdrawal', findings);
      case 'transferred':
        return this.#acted(event.fromAccountId, 'a transfer', findings);
      case 'liquidationStep':
        return this.#stepped(event.accountId, event.before, event.after, findings);
      case 'deficitCovered':
        return this.#covered(event.accountId, findings);
      case 'backstopAssigned':
      case 'loanAssigned':
      case 'deleveraged':
        return this.#mustGoOn(event.accountId, undefined, findings);
      case 'liquidationEnded':
        this.#expectNumber(event.liquidation, findings);
        return this.#end(event.liquidation.accountId, event.standing, findings);
      default:
    }
  }

  /** After the event has been put on the books. */
  settle(event: Event, findings: FindingLog): void {
    if (event.kind !== 'liquidationStep') return;
    this.#expectTold(event.accountId, event.after, this.standings.of(event.accountId), findings);
  }

  closeStep(): void {
    this.#paidFor.clear();
  }

  /** The fund pays first for positions that are closed for nothing else. */
  #covered(accountId: number, findings: FindingLog): void {
    const [open] = this.standings.openPositions(accountId);
    if (open !== undefined) this.#mustGoOn(accountId, undefined, findings);
    this.#paidFor.add(accountId);
  }

  #number({ accountId, liquidationId }: LiquidationStarted, findings: FindingLog): void {
    this.#begun += 1;
    if (liquidationId !== this.#begun) findings.add('numberedAsBegun', { accountId }, this.#begun, liquidationId);
    this.#numbers.set(accountId, liquidationId);
  }

  #expectNumber({ accountId, liquidationId }: LiquidationView, findings: FindingLog): void {
    const begun = this.#numbers.get(accountId);
    this.#numbers.delete(accountId);
    if (begun === undefined || begun === liquidationId) return;
    findings.add('numberedAsBegun', { accountId }, begun, liquidationId);
  }

  #start(accountId: number, told: MaintenanceView, findings: FindingLog): void {
    const standing = this.standings.of(accountId);
    this.#running.set(accountId, undefined);
    this.#expectTold(accountId, told, standing, findings);
    if (isClearlySpared(standing)) {
      findings.add('liquidatedOnlyBelow', { accountId }, `equity up to ${standing.maintenance}`, standing.equity);
    }
  }

  #acted(accountId: number, what: string, findings: FindingLog): void {
    if (this.has(accountId)) findings.add('exchangeActsAlone', { accountId }, 'nothing while in liquidation', what);
  }

  #stepped(accountId: number, before: MaintenanceView, after: MaintenanceView, findings: FindingLog): void {
    const standing = this.atOrder(accountId);
    this.#mustGoOn(accountId, standing, findings);
    if (standing === undefined) return findings.add('marginTold', { accountId }, 'an order of the exchange', 'none');
    this.#expectTold(accountId, before, { ...standing, slack: standing.slack.plus(MOMENT_USD) }, findings);
    const rises = ratioOf(after).minus(ratioOf(before)).greaterThan('1e-6');
    if (before.netEquityUsd > 0 && rises) {
      findings.add('stepNeverHarms', { accountId }, `ratio up to ${ratioOf(before)}`, ratioOf(after));
    }
  }

  /** Something is about to be worked off, or has been since `standing`. */
  #mustGoOn(accountId: number, standing: Standing | undefined, findings: FindingLog): void {
    if (!this.has(accountId)) return findings.add('stopsInTime', { accountId }, 'an account in liquidation', 'none');
    if (this.#paidFor.has(accountId)) return;
    const known = standing ?? this.standings.of(accountId);
    const { equity, maintenance } = known;
    if (isClearlySpared(known)) {
      findings.add('stopsInTime', { accountId }, `equity up to ${maintenance}`, equity);
    }
  }

  #end(accountId: number, told: MaintenanceView, findings: FindingLog): void {
    const standing = this.standings.of(accountId);
    if (!this.#running.delete(accountId)) {
      findings.add('stopsInTime', { accountId }, 'an account in liquidation', 'none');
    }
    this.#expectTold(accountId, told, standing, findings);
    const { equity, maintenance, exposure, slack } = standing;
    if (isClearlyDue(standing) || (exposure.isZero() && equity.lessThan(slack.negated()))) {
      findings.add('endsWhenSound', { accountId }, `equity above ${maintenance}`, equity);
    }
  }

  /** Exposure counts orders, which come and go without bearing on this. */
  #expectTold(
    accountId: number,
    told: MaintenanceView,
    { equity, maintenance, atIndex, slack }: Standing,
    findings: FindingLog,
  ): void {
    const figures: readonly (readonly [Exact, number])[] = [
      [equity, told.netEquityUsd],
      [maintenance, told.maintenanceMarginUsd],
      [atIndex.equity, told.netEquityAtIndexUsd],
      [atIndex.maintenance, told.maintenanceMarginAtIndexUsd],
    ];
    for (const [mine, theirs] of figures) {
      if (mine.minus(theirs).abs().greaterThan(slack)) findings.add('marginTold', { accountId }, mine, theirs);
    }
  }
}

const ratioOf = ({ netEquityUsd, maintenanceMarginUsd }: MaintenanceView): Exact =>
  maintenanceMarginUsd === 0 ? exact(0) : exact(maintenanceMarginUsd).dividedBy(netEquityUsd);
