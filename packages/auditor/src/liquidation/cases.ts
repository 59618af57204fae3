// Liquidations from their start to their end: nobody's begins early, each stops as soon as it may, the exchange alone acts meanwhile,
// and what is told of the account's margin is what the auditor's own books say.
import type { Event, MaintenanceView } from '@glasshouse/protocol';
import type { FindingLog } from '../books/finding.js';
import { type Exact, exact } from '../exact.js';
import { isClearlySound, isClearlyUnsound, type Standing, type Standings } from './standing.js';

/** USD that the interest of a moment may come to, posted between a look and the next. */
const MOMENT_USD = exact('0.01');

export class CaseBook {
  /** Who is in liquidation, and how it stood when the exchange's order for it came. */
  readonly #running = new Map<number, Standing | undefined>();

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
      case 'backstopAssigned':
      case 'loanAssigned':
      case 'deleveraged':
        return this.#mustGoOn(event.accountId, undefined, findings);
      case 'liquidationEnded':
        return this.#end(event.liquidation.accountId, event.standing, findings);
      default:
    }
  }

  /** After the event has been put on the books. */
  settle(event: Event, findings: FindingLog): void {
    if (event.kind !== 'liquidationStep') return;
    this.#expectTold(event.accountId, event.after, this.standings.of(event.accountId), findings);
  }

  #start(accountId: number, told: MaintenanceView, findings: FindingLog): void {
    const standing = this.standings.of(accountId);
    this.#running.set(accountId, undefined);
    this.#expectTold(accountId, told, standing, findings);
    if (standing.equity.greaterThan(standing.slack) && isClearlySound(standing)) {
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
    const { equity, maintenance, ...rest } = standing ?? this.standings.of(accountId);
    if (isClearlySound({ equity, maintenance, ...rest }) && equity.greaterThan(rest.slack)) {
      findings.add('stopsInTime', { accountId }, `equity up to ${maintenance}`, equity);
    }
  }

  #end(accountId: number, told: MaintenanceView, findings: FindingLog): void {
    const standing = this.standings.of(accountId);
    if (!this.#running.delete(accountId)) {
      findings.add('stopsInTime', { accountId }, 'an account in liquidation', 'none');
    }
    this.#expectTold(accountId, told, standing, findings);
    const { equity, maintenance, slack } = standing;
    if (isClearlyUnsound(standing) || equity.lessThan(slack.negated())) {
      findings.add('endsWhenSound', { accountId }, `equity above ${maintenance}`, equity);
    }
  }

  /** Exposure counts orders, which come and go without bearing on this. */
  #expectTold(
    accountId: number,
    told: MaintenanceView,
    { equity, maintenance, slack }: Standing,
    findings: FindingLog,
  ): void {
    const differs = (mine: Exact, theirs: number): boolean => mine.minus(theirs).abs().greaterThan(slack);
    if (differs(equity, told.netEquityUsd)) findings.add('marginTold', { accountId }, equity, told.netEquityUsd);
    if (differs(maintenance, told.maintenanceMarginUsd)) {
      findings.add('marginTold', { accountId }, maintenance, told.maintenanceMarginUsd);
    }
  }
}

const ratioOf = ({ netEquityUsd, maintenanceMarginUsd }: MaintenanceView): Exact =>
  maintenanceMarginUsd === 0 ? exact(0) : exact(maintenanceMarginUsd).dividedBy(netEquityUsd);
