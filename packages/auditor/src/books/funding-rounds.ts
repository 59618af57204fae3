// Each hour of each market: one rate, and payments that follow from it and from the size held when it was set.
import type { Event, FundingPaid, FundingRateSet } from '@glasshouse/protocol';
import { exact } from '../exact.js';
import { fundingAtoms, fundingRate } from '../funding/funding.js';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import { PairMap } from './pair-map.js';
import { positionFillsOf } from './position-fills.js';
import type { PositionBook } from './positions.js';
import { markValue } from './settled-pnl.js';

type Round = { readonly set: FundingRateSet; received: bigint; paid: bigint };

const RATE_TOLERANCE = exact('1e-12');

export class FundingBook {
  readonly #rounds = new Map<number, Round>();
  readonly #unpaidSizes = new PairMap<{ round: FundingRateSet | undefined; lots: bigint }>();

  observe(event: Event, catalogue: Catalogue, positions: PositionBook, findings: FindingLog): void {
    switch (event.kind) {
      case 'fundingRateSet':
        this.#begin(event, catalogue, findings);
        break;
      case 'fundingPaid':
        this.#pay(event, catalogue, positions, findings);
        break;
      default:
        for (const { accountId, marketId } of positionFillsOf(event, catalogue)) {
          this.#remember(accountId, marketId, positions);
        }
    }
  }

  /** Also at the end of a log: what was paid so far covers what was received only when a round is over. */
  closeRound(marketId: number, findings: FindingLog): void {
    const round = this.#rounds.get(marketId);
    if (round !== undefined && round.received > round.paid) {
      findings.add('fundingCovered', { marketId }, `at most ${round.paid}`, round.received);
    }
  }

  get marketIds(): readonly number[] {
    return [...this.#rounds.keys()];
  }

  #begin(set: FundingRateSet, catalogue: Catalogue, findings: FindingLog): void {
    const { marketId, averagePremium, rate } = set;
    this.closeRound(marketId, findings);
    this.#rounds.set(marketId, { set, received: 0n, paid: 0n });
    const { perp } = catalogue.market(marketId);
    const expected = perp === undefined ? exact(0) : fundingRate(averagePremium, perp);
    if (expected.minus(rate).abs().greaterThan(RATE_TOLERANCE)) {
      findings.add('fundingRate', { marketId }, expected, rate);
    }
  }

  #pay(event: FundingPaid, catalogue: Catalogue, positions: PositionBook, findings: FindingLog): void {
    const { accountId, marketId, sizeLots, markPrice, rate } = event;
    const place = { accountId, marketId };
    const round = this.#rounds.get(marketId);
    const expectedLots = this.#lotsAtRound(accountId, marketId, positions);
    findings.expectSame('fundingPayment', place, expectedLots, sizeLots);
    if (round === undefined || round.set.rate !== rate || round.set.markPrice !== markPrice) {
      findings.add('fundingPayment', place, JSON.stringify(round?.set ?? 'a rate'), `${rate} at ${markPrice}`);
    }
    const exactAtoms = markValue({ marketId, lots: BigInt(sizeLots) }, markPrice, catalogue).times(-rate);
    const slack = exactAtoms.abs().times('1e-12').plus('1e-6');
    const [least, most] = [fundingAtoms(exactAtoms.minus(slack)), fundingAtoms(exactAtoms.plus(slack))];
    if (least.greaterThan(event.fundingAtoms) || most.lessThan(event.fundingAtoms)) {
      findings.add('fundingPayment', place, exactAtoms, event.fundingAtoms);
    }
    if (round === undefined) return;
    if (event.fundingAtoms > 0) round.received += BigInt(event.fundingAtoms);
    else round.paid -= BigInt(event.fundingAtoms);
  }

  /** A position that trades after the hour owes for what it was on the hour. Called before the fill reaches the positions. */
  #remember(accountId: number, marketId: number, positions: PositionBook): void {
    const set = this.#rounds.get(marketId)?.set;
    const known = this.#unpaidSizes.obtain(accountId, marketId, () => ({ round: undefined, lots: 0n }));
    if (set === undefined || known.round === set) return;
    known.round = set;
    known.lots = positions.position(accountId, marketId).lots;
  }

  #lotsAtRound(accountId: number, marketId: number, positions: PositionBook): bigint {
    const known = this.#unpaidSizes.get(accountId, marketId);
    const set = this.#rounds.get(marketId)?.set;
    if (known !== undefined && known.round === set) return known.lots;
    return positions.position(accountId, marketId).lots;
  }
}
