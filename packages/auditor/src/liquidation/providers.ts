// Providers of the backstop: what each has offered and taken over, and whether it could take over more. Who offers less, or nothing any
// more, is held to what it offered before until its notice has run: the auditor keeps that itself.
import type { BackstopAssigned, BackstopMarketView, BackstopView, Event, LoanAssigned } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { Ledger } from '../books/ledger.js';
import type { PositionBook } from '../books/positions.js';
import { scaled } from '../exact.js';
import { accountMargin } from '../margin/account.js';
import type { CaseBook } from './cases.js';
import type { Standings } from './standing.js';

const HOUR_US = 3_600_000_000;
/** Available margin, as a part of equity, from which on it surely suffices for another lot. */
const AMPLE = 0.05;

const CENTI_DIGITS = 2;

const US_PER_MS = 1_000;

type Terms = Pick<BackstopView, 'minimumEquityUsd' | 'markets' | 'assets'>;

/** Whatever would be taken over by the one is by the other. */
function isAsMuch(after: Terms | undefined, before: Terms): boolean {
  if (before.markets.length + before.assets.length === 0) return true;
  if (after === undefined || after.minimumEquityUsd > before.minimumEquityUsd) return false;
  const lots = before.markets.every(({ marketId, capacityLots, hourlyLots }) =>
    after.markets.some(
      (one) => one.marketId === marketId && one.capacityLots >= capacityLots && one.hourlyLots >= hourlyLots,
    ),
  );
  const loans = before.assets.every(({ assetId, capacityAtoms, hourlyAtoms }) =>
    after.assets.some(
      (one) => one.assetId === assetId && one.capacityAtoms >= capacityAtoms && one.hourlyAtoms >= hourlyAtoms,
    ),
  );
  return lots && loans;
}

/** Lots of a market, or atoms of an asset. */
type Taken = { hour: number; lots: number };

export class ProviderBook {
  readonly #offers = new Map<number, BackstopView>();
  #noticeUs = 0;
  readonly #taken = new Map<string, Taken>();
  readonly #customers = new Map<number, number>();
  /** In hundredths; 0 for none. */
  readonly #leverageLimits = new Map<number, number>();
  /** Who has given way in this step: what that has made room for comes after the provider has been asked. */
  readonly #gaveWay = new Set<number>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly positions: PositionBook,
    private readonly standings: Standings,
    private readonly cases: CaseBook,
    private readonly ledger: Ledger,
  ) {}

  observe(event: Event, timeUs: number, findings: FindingLog): void {
    if (event.kind === 'accountCreated' || event.kind === 'accountUpdated') {
      const { accountId, customerId, leverageLimitCenti } = event.account;
      this.#customers.set(accountId, customerId);
      this.#leverageLimits.set(accountId, leverageLimitCenti);
    }
    if (event.kind === 'settingsChanged') this.#noticeUs = event.risk.liquidation.providerNoticeMs * US_PER_MS;
    if (event.kind === 'backstopEnrolled') this.#change(event.backstop.accountId, event.backstop, timeUs, findings);
    if (event.kind === 'backstopLeft') this.#change(event.accountId, undefined, timeUs, findings);
    if (event.kind === 'backstopAssigned') this.#take(event, timeUs, findings);
    if (event.kind === 'loanAssigned') this.#takeLoan(event, timeUs, findings);
    if (event.kind === 'deleveraged') this.#gaveWay.add(event.counterpartyAccountId);
  }

  closeStep(): void {
    this.#gaveWay.clear();
  }

  /** Somebody who surely could take over another lot of the position. */
  withRoom(accountId: number, marketId: number, long: boolean, timeUs: number): number | undefined {
    for (const providerId of this.#offers.keys()) {
      if (this.#gaveWay.has(providerId) || !this.#isFree(providerId, accountId)) continue;
      for (const terms of this.#termsOf(providerId)) {
        const offer = terms.markets.find((one) => one.marketId === marketId);
        if (offer === undefined || this.#roomIn(providerId, offer, long, timeUs) < 1) continue;
        if (this.#bears(providerId, terms)) return providerId;
      }
    }
    return undefined;
  }

  /** Either of them holds: those of now, and those that its notice still holds it to. */
  #termsOf(providerId: number): readonly Terms[] {
    const backstop = this.#offers.get(providerId);
    if (backstop === undefined) return [];
    return backstop.bound === undefined ? [backstop] : [backstop, backstop.bound];
  }

  #roomIn(providerId: number, offer: BackstopMarketView, long: boolean, timeUs: number): number {
    return Math.min(this.#capacityLeft(providerId, offer, long), this.#hourLeft(providerId, offer, timeUs));
  }

  /** Nobody is let off before its notice has run. */
  #change(accountId: number, after: BackstopView | undefined, timeUs: number, findings: FindingLog): void {
    const before = this.#offers.get(accountId);
    if (before?.bound !== undefined && before.bound.untilUs > timeUs) {
      this.#expectHeld(accountId, before.bound, before.bound.untilUs, after, findings);
    }
    if (before !== undefined && this.#noticeUs > 0 && !isAsMuch(after, before)) {
      this.#expectHeld(accountId, before, timeUs + this.#noticeUs, after, findings);
    }
    if (after === undefined) this.#offers.delete(accountId);
    else this.#offers.set(accountId, after);
  }

  #expectHeld(accountId: number, terms: Terms, untilUs: number, after: BackstopView | undefined, findings: FindingLog) {
    const { bound } = after ?? {};
    if (bound !== undefined && bound.untilUs >= untilUs && isAsMuch(bound, terms)) return;
    findings.add('providersGiveNotice', { accountId }, `held to its offer until ${untilUs}`, bound?.untilUs ?? 'not');
  }

  #isFree(providerId: number, accountId: number): boolean {
    return !this.cases.has(providerId) && this.#customers.get(providerId) !== this.#customers.get(accountId);
  }

  #capacityLeft(providerId: number, { marketId, capacityLots }: BackstopMarketView, long: boolean): number {
    const held = Number(this.positions.known(providerId, marketId)?.lots ?? 0n);
    const limit = Math.min(capacityLots, this.catalogue.market(marketId).perp?.positionLimitLots ?? 0);
    return limit - (long ? held : -held);
  }

  #hourLeft(providerId: number, { marketId, hourlyLots }: BackstopMarketView, timeUs: number): number {
    const taken = this.#taken.get(`${providerId}:${marketId}`);
    return taken?.hour === Math.floor(timeUs / HOUR_US) ? hourlyLots - taken.lots : hourlyLots;
  }

  #bears(accountId: number, { minimumEquityUsd }: Terms): boolean {
    const centi = this.#leverageLimits.get(accountId) ?? 0;
    const leverageLimit = centi === 0 ? undefined : scaled(centi, CENTI_DIGITS);
    const { netEquity, available } = accountMargin({ ...this.standings.pictureOf(accountId, true), leverageLimit });
    const sure = netEquity.greaterThanOrEqualTo(minimumEquityUsd * (1 + AMPLE));
    return sure && available.greaterThan(netEquity.times(AMPLE));
  }

  /** Before it is on the books: what the provider owes with it stays within its capacity, what it has taken within its hour. */
  #takeLoan(event: LoanAssigned, timeUs: number, findings: FindingLog): void {
    const { accountId, providerAccountId, assetId, quantityAtoms } = event;
    const place = { accountId: providerAccountId, assetId };
    const offers = this.#termsOf(providerAccountId).flatMap(({ assets }) =>
      assets.filter((one) => one.assetId === assetId),
    );
    if (offers.length === 0 || !this.#isFree(providerAccountId, accountId)) {
      findings.add('backstopOffered', place, 'an offer of another customer in good standing', 'none');
      return;
    }
    const owed = Math.max(0, -Number(this.ledger.known(providerAccountId, assetId)?.loan ?? 0n));
    const hour = Math.floor(timeUs / HOUR_US);
    const key = `${providerAccountId}:loans of ${assetId}`;
    const before = this.#taken.get(key);
    const taken = before?.hour === hour ? before.lots : 0;
    const capacity = Math.max(...offers.map(({ capacityAtoms }) => capacityAtoms)) - owed;
    const room = Math.min(capacity, Math.max(...offers.map(({ hourlyAtoms }) => hourlyAtoms)) - taken);
    if (quantityAtoms > room) findings.add('backstopOffered', place, `at most ${room} atoms`, quantityAtoms);
    this.#taken.set(key, { hour, lots: quantityAtoms + taken });
  }

  /** Before it is on the books. */
  #take(event: BackstopAssigned, timeUs: number, findings: FindingLog): void {
    const { accountId, providerAccountId, marketId, side, sizeLots } = event;
    const place = { accountId: providerAccountId, marketId };
    const offers = this.#termsOf(providerAccountId).flatMap(({ markets }) =>
      markets.filter((one) => one.marketId === marketId),
    );
    if (offers.length === 0 || !this.#isFree(providerAccountId, accountId)) {
      findings.add('backstopOffered', place, 'an offer of another customer in good standing', 'none');
      return;
    }
    const capacities = offers.map((offer) => this.#capacityLeft(providerAccountId, offer, side === 1));
    const hours = offers.map((offer) => this.#hourLeft(providerAccountId, offer, timeUs));
    const room = Math.min(Math.max(...capacities), Math.max(...hours));
    if (sizeLots > room) findings.add('backstopOffered', place, `at most ${room} lots`, sizeLots);
    const hour = Math.floor(timeUs / HOUR_US);
    const key = `${providerAccountId}:${marketId}`;
    const before = this.#taken.get(key);
    this.#taken.set(key, { hour, lots: sizeLots + (before?.hour === hour ? before.lots : 0) });
  }
}
