// What a position tells of itself since it was opened: entry cost, realized PnL and funding, from its fills and payments alone.
import type { Event, PositionOpened, PositionView } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import { PairMap } from './pair-map.js';
import { type PositionFill, positionFillsOf } from './position-fills.js';

type Lifetime = {
  positionId: number;
  /** Of the position that the next opening fill will be. */
  announcedId: number;
  lots: bigint;
  /** Quote atoms paid for what was bought, minus those received, since the position was opened. */
  paid: bigint;
  entry: bigint;
  funding: bigint;
  /** Partial closes: each may have rounded the released entry cost by an atom. */
  closes: bigint;
};

const NOTHING = { lots: 0n, paid: 0n, entry: 0n, funding: 0n, closes: 0n };
const unopened = (): Lifetime => ({ positionId: 0, announcedId: 0, ...NOTHING });

export class LifetimeBook {
  readonly #lifetimes = new PairMap<Lifetime>();
  #opened = 0;

  observe(event: Event, catalogue: Catalogue, findings: FindingLog): void {
    for (const fill of positionFillsOf(event, catalogue)) this.#fill(fill);
    if (event.kind === 'positionOpened') this.#announce(event, findings);
    if (event.kind === 'fundingPaid') this.#of(event.accountId, event.marketId).funding += BigInt(event.fundingAtoms);
    if (event.kind === 'positionChanged') this.#compare(event.position, findings);
  }

  /** Quote atoms that the open size cost when it was opened; negative for a short. */
  entryOf(accountId: number, marketId: number): bigint {
    return this.#lifetimes.get(accountId, marketId)?.entry ?? 0n;
  }

  #of(accountId: number, marketId: number): Lifetime {
    return this.#lifetimes.obtain(accountId, marketId, unopened);
  }

  #announce({ positionId, accountId, marketId }: PositionOpened, findings: FindingLog): void {
    this.#opened += 1;
    const place = { accountId, marketId };
    if (positionId !== this.#opened) findings.add('numberedAsOpened', place, this.#opened, positionId);
    this.#of(accountId, marketId).announcedId = positionId;
  }

  #fill({ accountId, marketId, lots, quote }: PositionFill): void {
    const lifetime = this.#of(accountId, marketId);
    const after = lifetime.lots + lots;
    if (lifetime.lots === 0n) open(lifetime, quote);
    else if (lifetime.lots * lots > 0n) add(lifetime, quote);
    else if (lifetime.lots * after >= 0n) close(lifetime, after, quote);
    else open(lifetime, quote + (quote * lifetime.lots) / lots);
    lifetime.lots = after;
  }

  /** A position that is gone may show what it was. */
  #compare(view: PositionView, findings: FindingLog): void {
    if (view.sizeLots === 0) return;
    const { accountId, marketId } = view;
    const place = { accountId, marketId };
    const { positionId, paid, entry, funding, closes } = this.#of(accountId, marketId);
    if (view.positionId !== positionId) findings.add('numberedAsOpened', place, positionId, view.positionId);
    const difference = BigInt(view.entryCostAtoms) - entry;
    if (difference > closes || difference < -closes) findings.add('entryFollows', place, entry, view.entryCostAtoms);
    findings.expectSame('realizedFollows', place, BigInt(view.entryCostAtoms) - paid, view.realizedPnlAtoms);
    findings.expectSame('fundingFollows', place, funding, view.fundingAtoms);
  }
}

function open(lifetime: Lifetime, quote: bigint): void {
  Object.assign(lifetime, NOTHING, { positionId: lifetime.announcedId, announcedId: 0, paid: quote, entry: quote });
}

function add(lifetime: Lifetime, quote: bigint): void {
  lifetime.paid += quote;
  lifetime.entry += quote;
}

function close(lifetime: Lifetime, after: bigint, quote: bigint): void {
  lifetime.paid += quote;
  lifetime.entry = (lifetime.entry * after) / lifetime.lots;
  lifetime.closes += 1n;
}
