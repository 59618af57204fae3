import type { Event, QuoteView, RfqView } from '@glasshouse/protocol';
import type { Atoms, Lots, Ticks, TimeUs } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { MemoryHistory } from '../src/index.js';
import { committedOf, START_US } from './builders.js';

const ASKER = 7;
const QUOTER = 8;
const PAGE = { limit: 10, offset: 0 };

function rfqOf(rfqId: number, fields: Partial<RfqView> = {}): RfqView {
  return {
    rfqId,
    accountId: ASKER,
    marketId: 3,
    clientId: -1,
    side: 0,
    priceTicks: 0 as Ticks,
    sizeLots: 5 as Lots,
    quoteSizeAtoms: 0 as Atoms,
    mode: 0,
    status: 0,
    createdUs: START_US as TimeUs,
    submissionUs: (START_US + 60) as TimeUs,
    expiryUs: (START_US + 120) as TimeUs,
    ...fields,
  };
}

function quoteOf(quoteId: number, fields: Partial<QuoteView> = {}): QuoteView {
  return {
    quoteId,
    rfqId: 1,
    accountId: QUOTER,
    marketId: 3,
    clientId: 4,
    bidTicks: 9 as Ticks,
    askTicks: 11 as Ticks,
    status: 0,
    createdUs: START_US as TimeUs,
    expiryUs: (START_US + 120) as TimeUs,
    ...fields,
  };
}

const FILL = {
  tradeId: 1,
  priceTicks: 11 as Ticks,
  sizeLots: 5 as Lots,
  quoteAtoms: 55 as Atoms,
  feeAssetId: 1,
  feeAtoms: 2 as Atoms,
};

/** Two requests, one of them cancelled; two quotes, one of them taken. */
const EVENTS: readonly Event[] = [
  { kind: 'rfqOpened', rfq: rfqOf(1) },
  { kind: 'rfqOpened', rfq: rfqOf(2, { side: 1, marketId: 4 }) },
  { kind: 'rfqRefreshed', rfq: rfqOf(1, { expiryUs: (START_US + 500) as TimeUs }) },
  { kind: 'quoteOpened', quote: quoteOf(3), rfq: rfqOf(1) },
  { kind: 'quoteClosed', quote: quoteOf(3, { status: 3 }), rfqAccountId: ASKER, reason: 'replaced' },
  { kind: 'quoteOpened', quote: quoteOf(4), rfq: rfqOf(1) },
  { kind: 'rfqFilled', rfq: rfqOf(1, { status: 2 }), quote: quoteOf(4, { status: 2 }), fill: FILL },
  { kind: 'rfqClosed', rfq: rfqOf(2, { side: 1, marketId: 4, status: 3 }), reason: undefined },
  {
    kind: 'dustConverted',
    dustId: 9,
    accountId: ASKER,
    assetId: 2,
    quantityAtoms: 30 as Atoms,
    quoteAssetId: 1,
    valueAtoms: 11 as Atoms,
    receivedAtoms: 10 as Atoms,
  },
];

function folded(from = 0, to = EVENTS.length, history = new MemoryHistory()): MemoryHistory {
  EVENTS.slice(from, to).forEach((event, place) => {
    history.apply(committedOf([event], from + place, START_US + from + place));
  });
  return history;
}

describe('requests for quotes', () => {
  it('are one row each, with their last state, newest first', () => {
    const { rows, total } = folded().rfqs({ accountId: ASKER, ...PAGE });
    expect(total).toBe(2);
    expect(rows.map(({ rfqId, status }) => [rfqId, status])).toEqual([
      [2, 3],
      [1, 2],
    ]);
  });

  it.each([
    [{ status: 2 as const }, [1]],
    [{ side: 1 as const }, [2]],
    [{ marketId: 3 }, [1]],
    [{ rfqId: 2 }, [2]],
    [{ rfqId: 2, status: 2 as const }, []],
  ])('are found by %o', (filter, ids) => {
    const { rows } = folded().rfqs({ accountId: ASKER, ...filter, ...PAGE });
    expect(rows.map(({ rfqId }) => rfqId)).toEqual(ids);
  });

  it('are of who asked, quotes of who gave them', () => {
    const history = folded();
    expect(history.rfqs({ accountId: QUOTER, ...PAGE }).total).toBe(0);
    expect(history.quotes({ accountId: ASKER, ...PAGE }).total).toBe(0);
    const { rows } = history.quotes({ accountId: QUOTER, ...PAGE });
    expect(rows.map(({ quoteId, status }) => [quoteId, status])).toEqual([
      [4, 2],
      [3, 3],
    ]);
    expect(history.quotes({ accountId: QUOTER, status: 3, ...PAGE }).rows).toMatchObject([{ quoteId: 3 }]);
  });
});

describe('a fill of a request', () => {
  it('is a row of both, each by its own side', () => {
    const history = folded();
    const row = { rfq: { rfqId: 1 }, quote: { quoteId: 4 }, fill: FILL };
    expect(history.rfqFills({ accountId: ASKER, side: 0, ...PAGE }).rows).toMatchObject([row]);
    expect(history.rfqFills({ accountId: ASKER, side: 1, ...PAGE }).total).toBe(0);
    expect(history.quoteFills({ accountId: QUOTER, side: 1, quoteId: 4, ...PAGE }).rows).toMatchObject([row]);
    expect(history.quoteFills({ accountId: QUOTER, side: 0, ...PAGE }).total).toBe(0);
  });

  it('is a fill among all others, of a taker without a fee and of a maker with one', () => {
    const history = folded();
    const same = { tradeId: 1, marketId: 3, priceTicks: 11, sizeLots: 5, quoteAtoms: 55, feeAssetId: 1 };
    expect(history.fills({ accountId: ASKER, ...PAGE }).rows).toMatchObject([
      { ...same, orderId: 1, clientId: -1, side: 0, isMaker: false, feeAtoms: 0 },
    ]);
    expect(history.fills({ accountId: QUOTER, ...PAGE }).rows).toMatchObject([
      { ...same, orderId: 4, clientId: 4, side: 1, isMaker: true, feeAtoms: 2 },
    ]);
  });

  it('is in no candle', () => {
    expect(folded().trades({ marketId: 3, ...PAGE }).total).toBe(0);
  });
});

it('dust that was sold is found by its asset and by its number', () => {
  const history = folded();
  const row = { dustId: 9, assetId: 2, quantityAtoms: 30, quoteAssetId: 1, receivedAtoms: 10 };
  expect(history.dustConversions({ accountId: ASKER, assetId: 2, ...PAGE }).rows).toMatchObject([row]);
  expect(history.dustConversions({ accountId: ASKER, dustId: 9, ...PAGE }).total).toBe(1);
  expect(history.dustConversions({ accountId: ASKER, assetId: 1, ...PAGE }).total).toBe(0);
});

it('a history that was saved anywhere between goes on as the live one', () => {
  const whole = folded().save();
  for (let cut = 0; cut <= EVENTS.length; cut += 1) {
    const restored = MemoryHistory.load(folded(0, cut).save());
    expect(folded(cut, EVENTS.length, restored).save()).toEqual(whole);
  }
});
