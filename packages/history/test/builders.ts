// Events as the exchange emits them, built from small numbers.
import type { Event, FillView, OrderView, TradeView } from '@glasshouse/protocol';
import type { Atoms, Lots, Seq, Ticks, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import type { Committed } from '../src/index.js';

export const START_US = Date.UTC(2026, 1, 27, 22, 15, 0) * 1000;
export const SECOND = 1_000_000;

export type RawTrade = { readonly gapUs: number; readonly price: number; readonly size: number };
export type TimedTrade = { readonly timeUs: number; readonly trade: TradeView };

/** Gaps from a microsecond to weeks, so that every interval gets full, sparse and empty stretches. */
export const rawTrades: fc.Arbitrary<RawTrade[]> = fc.array(
  fc.record({
    gapUs: fc.oneof(
      fc.integer({ min: 0, max: 2 * SECOND }),
      fc.integer({ min: 0, max: 600 * SECOND }),
      fc.integer({ min: 0, max: 20 * 86_400 * SECOND }),
    ),
    price: fc.integer({ min: 1, max: 50 }),
    size: fc.integer({ min: 1, max: 1000 }),
  }),
  { maxLength: 120 },
);

export function timed(raw: readonly RawTrade[], marketId = 1): TimedTrade[] {
  let timeUs = START_US;
  return raw.map(({ gapUs, price, size }, index) => {
    timeUs += gapUs;
    const trade: TradeView = {
      marketId,
      tradeId: index + 1,
      priceTicks: price as Ticks,
      sizeLots: size as Lots,
      quoteAtoms: (price * size * 10) as Atoms,
      takerSide: index % 2 === 0 ? 0 : 1,
      makerOrderId: 100 + index,
      takerOrderId: 200 + index,
      isLiquidation: false,
    };
    return { timeUs, trade };
  });
}

export function committedOf(events: readonly Event[], seq: number, timeUs: number = START_US): Committed {
  return { seq: seq as Seq, timeUs: timeUs as TimeUs, events };
}

export function orderOf(fields: Partial<Record<keyof OrderView, number>>): OrderView {
  return {
    orderId: fields.orderId ?? 1,
    accountId: fields.accountId ?? 7,
    marketId: fields.marketId ?? 1,
    clientId: fields.clientId ?? -1,
    side: fields.side === 1 ? 1 : 0,
    orderType: 0,
    timeInForce: 0,
    selfTradePrevention: 0,
    postOnly: false,
    reduceOnly: false,
    priceTicks: (fields.priceTicks ?? 10) as Ticks,
    sizeLots: (fields.sizeLots ?? 5) as Lots,
    quoteSizeAtoms: 0 as Atoms,
    filledLots: (fields.filledLots ?? 0) as Lots,
    filledQuoteAtoms: (fields.filledQuoteAtoms ?? 0) as Atoms,
    status: (fields.status ?? 0) as OrderView['status'],
    createdUs: (fields.createdUs ?? START_US) as TimeUs,
  };
}

export function fillOf(tradeId: number, sizeLots = 1): FillView {
  return {
    tradeId,
    priceTicks: 10 as Ticks,
    sizeLots: sizeLots as Lots,
    quoteAtoms: (sizeLots * 100) as Atoms,
    isMaker: tradeId % 2 === 0,
    feeAssetId: 2,
    feeAtoms: (tradeId % 3 === 0 ? -1 : 1) as Atoms,
  };
}
