// What is told as a fill, and of whom; where rows are kept is for those who extend this.
import {
  type BackstopAssigned,
  type FillOrigin,
  type FillView,
  type OrderView,
  type RfqFilled,
  SIDE,
} from '@glasshouse/protocol';
import type { Atoms, Ticks, TimeUs } from '@glasshouse/units';
import type { FillRow } from './queries.js';

export type FillNews = { readonly origin: FillOrigin; readonly timeUs: TimeUs };

/** A part of a position that changed hands without an order. */
export type PassedOn = Pick<BackstopAssigned, 'marketId' | 'side' | 'sizeLots' | 'quoteAtoms'> & {
  readonly accountId: number;
  readonly feeAssetId: number;
  readonly feeAtoms: number;
};

const NO_STRATEGY = 0;
const NOBODYS = { tradeId: 0, orderId: 0, clientId: -1, priceTicks: 0 as Ticks, isMaker: false } as const;

export abstract class FillRecorder {
  protected abstract add(accountId: number, row: FillRow): void;

  record(order: OrderView, fill: FillView, { origin, timeUs }: FillNews): void {
    const { accountId, marketId, orderId, clientId, side, strategyId = NO_STRATEGY } = order;
    this.add(accountId, { ...fill, marketId, orderId, clientId, side, strategyId, origin, timeUs });
  }

  recordPassedOn(passed: PassedOn, { origin, timeUs }: FillNews): void {
    const { accountId, marketId, side, sizeLots, quoteAtoms, feeAssetId } = passed;
    const terms = { marketId, side, sizeLots, quoteAtoms, feeAssetId, feeAtoms: passed.feeAtoms as Atoms };
    this.add(accountId, { ...NOBODYS, ...terms, strategyId: NO_STRATEGY, origin, timeUs });
  }

  /** Whoever asked is a taker under the request's id, who quoted a maker under the quote's. */
  recordQuoted({ rfq, quote, fill }: RfqFilled, timeUs: TimeUs): void {
    const { tradeId, priceTicks, sizeLots, quoteAtoms, feeAssetId, feeAtoms } = fill;
    const { marketId } = rfq;
    const terms = { tradeId, marketId, priceTicks, sizeLots, quoteAtoms, feeAssetId } as const;
    const both = { ...terms, origin: 'user' as const, strategyId: NO_STRATEGY, timeUs };
    const asked = { orderId: rfq.rfqId, clientId: rfq.clientId, side: rfq.side };
    this.add(rfq.accountId, { ...both, ...asked, isMaker: false, feeAtoms: 0 as Atoms });
    const side = rfq.side === SIDE.bid ? SIDE.ask : SIDE.bid;
    const quoted = { orderId: quote.quoteId, clientId: quote.clientId, side };
    this.add(quote.accountId, { ...both, ...quoted, isMaker: true, feeAtoms });
  }
}
