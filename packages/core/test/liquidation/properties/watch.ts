// What must hold of liquidations at every event and between any two commands, whatever happens. A broken rule throws by its name.
import type { Event, EventKind } from '@glasshouse/protocol';
import { positionExposures, workableExposures } from '../../../src/liquidation/exposures.js';
import { fundAtoms } from '../../../src/liquidation/fund.js';
import { assetUnits } from '../../../src/margin/account.js';
import { isLiquidatable } from '../../../src/margin/liquidation.js';
import { usdPriceOf } from '../../../src/prices/usd.js';
import type { Asset } from '../../../src/state/assets.js';
import type { State } from '../../../src/state/state.js';
import { type Standing, standingOf, standingsOf } from './standings.js';

type Of<Kind extends EventKind> = Extract<Event, { kind: Kind }>;

/** Dollars that roundings may come to in one event: two atoms of BTC. */
const SLACK_USD = 0.0025;

/** Collateral of less than the smallest lot that can be sold, of every kind. */
const LOT_USD = 5;

const WATCHED: ReadonlySet<EventKind> = new Set([
  'liquidationStarted',
  'liquidationStep',
  'backstopAssigned',
  'deleveraged',
  'loanDeleveraged',
  'loanAssigned',
  'deficitCovered',
  'negativeBalanceRecorded',
  'liquidationEnded',
]);

export class BrokenRule extends Error {
  constructor(rule: string, details: object) {
    super(`${rule} ${JSON.stringify(details)}`);
  }
}

function must(holds: boolean, rule: string, details: object): void {
  if (!holds) throw new BrokenRule(rule, details);
}

export class Watch {
  /** As they were at the last event that is watched. */
  #before: Standing[] = [];
  /** What the accounts being liquidated were worth when it began. */
  readonly #worthAtStart = new Map<number, number>();
  /** Whose deficit the fund has paid in this command: their positions close, whatever they are worth with its money. */
  readonly #paidFor = new Set<number>();

  constructor(private readonly state: State) {}

  /** Before a command: prices may have been changed since the last. */
  begin(): void {
    this.#before = standingsOf(this.state);
    this.#paidFor.clear();
  }

  see(event: Event): void {
    if (!WATCHED.has(event.kind)) return;
    const after = standingsOf(this.state);
    this.#check(event, after);
    this.#before = after;
  }

  /** After a command. */
  end(): void {
    for (const { accountId } of this.state.liquidations.inOrder()) {
      const { bookUsd, backstopUsd } = this.state.liquidations.get(accountId) ?? { bookUsd: 0, backstopUsd: 0 };
      must(bookUsd >= 0 && backstopUsd >= 0, 'what a liquidation came to is not negative', { accountId });
    }
  }

  #check(event: Event, after: readonly Standing[]): void {
    switch (event.kind) {
      case 'liquidationStarted':
        return this.#started(event, after);
      case 'liquidationStep':
        return this.#stepped(event);
      case 'deficitCovered':
        return this.#covered(event);
      case 'backstopAssigned':
        return this.#assigned(event, after);
      case 'loanAssigned':
        return this.#loanAssigned(event, after);
      case 'deleveraged':
        return this.#deleveraged(event, after);
      case 'negativeBalanceRecorded':
        return this.#recorded(event);
      case 'liquidationEnded':
        return this.#ended(event, after);
      default:
    }
  }

  #was = (accountId: number): Standing => this.#before[accountId] ?? standingOf(this.state, accountId);

  #started({ accountId }: Of<'liquidationStarted'>, after: readonly Standing[]): void {
    const standing = after[accountId] as Standing;
    must(!standing.isLeftAlone, 'nobody is liquidated above its maintenance', { accountId, ...standing });
    this.#worthAtStart.set(accountId, standing.worthUsd);
  }

  /** Fills and fees of a step, against how the account stood just before it. */
  #stepped({ accountId, before, after, feeAtoms, quoteAtoms }: Of<'liquidationStep'>): void {
    if (before.netEquityUsd <= 0) return must(feeAtoms === 0, 'who has nothing pays no fee', { accountId, feeAtoms });
    must(before.maintenanceMarginUsd >= before.netEquityUsd, 'a step is taken only while it must be', { accountId });
    must(after.netEquityUsd > -SLACK_USD, 'a step takes no more than there is', { accountId, before, after });
    const ratio = (at: typeof before): number => (at.exposureUsd <= 0 ? 0 : at.maintenanceMarginUsd / at.netEquityUsd);
    const rises = ratio(after) > ratio(before) * (1 + 1e-6);
    must(!rises, 'a book step never raises the margin ratio', { accountId, before, after });
    const freed = before.maintenanceMarginUsd - after.maintenanceMarginUsd;
    const most = (this.state.risk.liquidation.equityShare * freed * before.netEquityUsd) / before.maintenanceMarginUsd;
    const cost = before.netEquityUsd - after.netEquityUsd;
    must(cost <= most + SLACK_USD, 'closing costs no more than its share of what is behind', { accountId, cost, most });
    must(feeAtoms <= 0.01 * quoteAtoms, 'a step costs at most one percent', { accountId, feeAtoms, quoteAtoms });
  }

  #covered({ accountId, quantityAtoms }: Of<'deficitCovered'>): void {
    const was = this.#was(accountId);
    const first = quantityAtoms > 0 && was.exposureUsd > 0 && !this.#paidFor.has(accountId);
    if (first) must(!was.isLeftAlone, 'the fund pays only for who must be liquidated', { accountId, ...was });
    this.#paidFor.add(accountId);
  }

  #assigned(event: Of<'backstopAssigned'>, after: readonly Standing[]): void {
    const { accountId, providerAccountId, providerFeeAtoms, fundFeeAtoms } = event;
    const [was, is] = [this.#was(accountId), after[accountId] as Standing];
    const mustGo = this.#paidFor.has(accountId) || !was.isLeftAlone;
    must(mustGo, 'providers take over only while they must', { accountId, ...was });
    const fees = (providerFeeAtoms + fundFeeAtoms) / 1e6;
    const details = { accountId, providerAccountId, fees, was, is };
    must(fees === 0 || is.equityUsd >= -SLACK_USD, 'backstop fees come out of equity that is left', details);
    const gained = (after[providerAccountId] as Standing).worthUsd - this.#was(providerAccountId).worthUsd;
    must(gained <= providerFeeAtoms / 1e6 + SLACK_USD, 'a provider gains its fee and no more', { ...details, gained });
    must(is.worthUsd >= was.worthUsd - fees - SLACK_USD, 'what is taken over is paid at the mark', details);
  }

  #loanAssigned(event: Of<'loanAssigned'>, after: readonly Standing[]): void {
    const { accountId, providerAccountId, providerFeeAtoms, fundFeeAtoms } = event;
    const [was, is] = [this.#was(accountId), after[accountId] as Standing];
    const fees = (providerFeeAtoms + fundFeeAtoms) / 1e6;
    const details = { accountId, providerAccountId, fees, was, is };
    const mustGo = this.#paidFor.has(accountId) || !was.isLeftAlone;
    must(mustGo, 'providers take over only while they must', details);
    must(is.worthUsd >= was.worthUsd - fees - SLACK_USD, 'a loan goes over with no more than it is worth', details);
    must(is.equityUsd >= was.equityUsd - fees - SLACK_USD, 'collateral that goes over counted no more', details);
    const gained = (after[providerAccountId] as Standing).worthUsd - this.#was(providerAccountId).worthUsd;
    const fair = Math.abs(gained - providerFeeAtoms / 1e6) <= SLACK_USD;
    must(fair, 'a provider gains its fee, no more and no less', { ...details, gained });
  }

  #deleveraged(event: Of<'deleveraged'>, after: readonly Standing[]): void {
    const { accountId, counterpartyAccountId, takenAtoms } = event;
    const [was, is] = [this.#was(counterpartyAccountId), after[counterpartyAccountId] as Standing];
    const taken = takenAtoms / 1e6;
    const details = { accountId, counterpartyAccountId, taken, was, is };
    must(takenAtoms >= 0, 'nobody gains by being deleveraged', details);
    must(taken <= Math.max(0, was.equityUsd) + SLACK_USD, 'no more is taken than the winner has', details);
    must(is.worthUsd <= was.worthUsd - taken + SLACK_USD, 'nobody gains from the bankruptcy of another', details);
    must(is.worthUsd >= was.worthUsd - taken - SLACK_USD, 'a winner loses what is told and no more', details);
    const [from, to] = [this.#was(accountId), after[accountId] as Standing];
    must(to.worthUsd <= from.worthUsd + taken + SLACK_USD, 'a bankrupt gets what was taken and no more', details);
    if (takenAtoms > 0) must(from.equityUsd <= 0, 'profit is taken only for a deficit', { ...details, from });
    const mustGo = this.#paidFor.has(accountId) || !from.isLeftAlone;
    must(mustGo, 'others give way only while they must', { ...details, from });
  }

  /** The fund has paid first: it has nothing that would pay another atom. */
  #recorded({ negative: { accountId, assetId } }: Of<'negativeBalanceRecorded'>): void {
    const free = fundAtoms(this.state) / 1e6;
    const atomUsd = usdPriceOf(this.state, assetId) / assetUnits(this.state.assets.list[assetId - 1] as Asset);
    must(free <= atomUsd + 1e-6, 'nothing is recorded while the fund has money', { accountId, assetId, free });
  }

  #ended({ liquidation, reason }: Of<'liquidationEnded'>, after: readonly Standing[]): void {
    const { accountId } = liquidation;
    const standing = after[accountId] as Standing;
    const { equityUsd, maintenanceUsd, worthUsd, exposureUsd } = standing;
    const details = { accountId, reason, equityUsd, worthUsd, exposureUsd };
    must(standing.isLeftAlone, 'a liquidation ends when the account is left alone', details);
    const isSheltered = exposureUsd > 0 && maintenanceUsd >= equityUsd;
    must(isSheltered || (equityUsd >= 0 && worthUsd >= 0), 'nobody is left below nothing', details);
    const started = this.#worthAtStart.get(accountId) ?? 0;
    const owed = this.state.negativeBalances.of(accountId).length > 0;
    if (reason === 'bankrupt' && owed) {
      must(worthUsd < LOT_USD, 'who owes on record has kept nothing', { ...details, started });
    }
    this.#worthAtStart.delete(accountId);
  }

  /** After a sample. Whoever must be liquidated is known to be: looked for among all accounts, by id, without any list. */
  sampled(): void {
    const { state } = this;
    const { liquidations, exposed, accounts } = state;
    for (let accountId = 1; accountId <= accounts.count; accountId += 1) {
      const owes = (accounts.loanCount[accountId] as number) > 0;
      const exposure = owes || positionExposures(state, accountId).length > 0;
      if (exposure) must(exposed.has(accountId), 'every account with exposure is scanned', { accountId });
      if (liquidations.has(accountId) || liquidations.waits(accountId)) continue;
      const due = isLiquidatable(state, accountId) && workableExposures(state, accountId).length > 0;
      must(!due, 'nobody below maintenance is passed over by a sample', { accountId });
    }
  }
}
