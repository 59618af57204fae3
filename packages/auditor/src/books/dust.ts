// The venue buys dust at the index, the taker fee less.
import type { DustConverted, Event } from '@glasshouse/protocol';
import { exact, scaled } from '../exact.js';
import type { Catalogue } from './catalogue.js';
import { chargedAtoms } from './charged.js';
import type { FeeBook } from './fees.js';
import type { FindingLog } from './finding.js';

/** Doubles may put a value that lies at a whole atom on its other side. */
const SLACK = '1e-6';

export class DustBook {
  readonly #indexes = new Map<number, number>();

  constructor(private readonly fees: FeeBook) {}

  observe(event: Event, catalogue: Catalogue, findings: FindingLog): void {
    if (event.kind === 'assetPriceChanged') this.#indexes.set(event.price.assetId, event.price.indexPrice);
    if (event.kind === 'dustConverted') this.#check(event, catalogue, findings);
  }

  /** An asset without an index is worth a dollar. */
  #priceOf(assetId: number, catalogue: Catalogue): number {
    return catalogue.asset(assetId).index === undefined ? 1 : (this.#indexes.get(assetId) ?? 0);
  }

  #check(event: DustConverted, catalogue: Catalogue, findings: FindingLog): void {
    const { accountId, assetId, quantityAtoms, quoteAssetId, valueAtoms, receivedAtoms } = event;
    const place = { accountId, assetId };
    const usd = scaled(quantityAtoms, catalogue.asset(assetId).decimals).times(this.#priceOf(assetId, catalogue));
    const units = exact(10).pow(catalogue.asset(quoteAssetId).decimals);
    const value = usd.dividedBy(this.#priceOf(quoteAssetId, catalogue)).times(units);
    const off = value.minus(valueAtoms);
    if (off.lessThan(`-${SLACK}`) || off.greaterThan(exact(1).plus(SLACK))) {
      findings.add('dustAtIndex', place, value, valueAtoms);
    }
    const fee = chargedAtoms(valueAtoms, this.fees.tierOf(accountId)?.takerPpm ?? 0);
    findings.expectSame('dustAtIndex', place, BigInt(valueAtoms) - fee, receivedAtoms);
  }
}
