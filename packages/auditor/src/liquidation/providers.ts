// Providers of the backstop: what each has offered and taken over, and whether it could take over more.
import type { BackstopAssigned, BackstopMarketView, BackstopView, Event } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { PositionBook } from '../books/positions.js';
import { scaled } from '../exact.js';
import { accountMargin } from '../margin/account.js';
import type { CaseBook } from './cases.js';
import type { Standings } from './standing.js';

const HOUR_US = 3_600_000_000;
/** Available margin, as a part of equity, from which on it surely suffices for another lot. */
const AMPLE = 0.05;

const CENTI_DIGITS = 2;

type Taken = { hour: number; lots: number };

export class ProviderBook {
  readonly #offers = new Map<number, BackstopView>();
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
  ) {}

  observe(event: Event, timeUs: number, findings: FindingLog): void {
    if (event.kind === 'accountCreated' || event.kind === 'accountUpdated') {
      const { accountId, customerId, leverageLimitCenti } = event.account;
      this.#customers.set(accountId, customerId);
      this.#leverageLimits.set(accountId, leverageLimitCenti);
    }
    if (event.kind === 'backstopEnrolled') this.#offers.set(event.backstop.accountId, event.backstop);
    if (event.kind === 'backstopLeft') this.#offers.delete(event.accountId);
    if (event.kind === 'backstopAssigned') this.#take(event, timeUs, findings);
    if (event.kind === 'deleveraged') this.#gaveWay.add(event.counterpartyAccountId);
  }

  closeStep(): void {
    this.#gaveWay.clear();
  }

  /** Somebody who surely could take over another lot of the position. */
  withRoom(accountId: number, marketId: number, long: boolean, timeUs: number): number | undefined {
    for (const [providerId, backstop] of this.#offers) {
      const offer = backstop.markets.find((one) => one.marketId === marketId);
      if (offer === undefined || this.#gaveWay.has(providerId) || !this.#isFree(providerId, accountId)) continue;
      const room = Math.min(this.#capacityLeft(providerId, offer, long), this.#hourLeft(providerId, offer, timeUs));
      if (room >= 1 && this.#bears(backstop, marketId)) return providerId;
    }
    return undefined;
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

  #bears({ accountId, minimumEquityUsd }: BackstopView, marketId: number): boolean {
    const centi = this.#leverageLimits.get(accountId) ?? 0;
    const leverageLimit = centi === 0 ? undefined : scaled(centi, CENTI_DIGITS);
    const { netEquity, available } = accountMargin({ ...this.standings.pictureOf(accountId, true), leverageLimit });
    const sure = netEquity.greaterThanOrEqualTo(minimumEquityUsd * (1 + AMPLE));
    return sure && available.greaterThan(netEquity.times(AMPLE)) && marketId > 0;
  }

  /** Before it is on the books. */
  #take(event: BackstopAssigned, timeUs: number, findings: FindingLog): void {
    const { accountId, providerAccountId, marketId, side, sizeLots } = event;
    const place = { accountId: providerAccountId, marketId };
    const offer = this.#offers.get(providerAccountId)?.markets.find((one) => one.marketId === marketId);
    if (offer === undefined || !this.#isFree(providerAccountId, accountId)) {
      findings.add('backstopOffered', place, 'an offer of another customer in good standing', 'none');
      return;
    }
    const room = Math.min(
      this.#capacityLeft(providerAccountId, offer, side === 1),
      this.#hourLeft(providerAccountId, offer, timeUs),
    );
    if (sizeLots > room) findings.add('backstopOffered', place, `at most ${room} lots`, sizeLots);
    const hour = Math.floor(timeUs / HOUR_US);
    const key = `${providerAccountId}:${marketId}`;
    const before = this.#taken.get(key);
    this.#taken.set(key, { hour, lots: sizeLots + (before?.hour === hour ? before.lots : 0) });
  }
}
