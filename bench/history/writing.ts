// How fast rows are made and written: requests that each trade once, as a follower that catches up gives them to the writer.
import { HistoryWriter, Projection } from '@glasshouse/history';
import type { Event, OrderView } from '@glasshouse/protocol';
import type { Atoms, Lots, Seq, Ticks, TimeUs } from '@glasshouse/units';
import { FIRST_US } from './rows.js';

const ROWS_PER_WRITE = 10_000;
const ACCOUNTS = 500;
const GAP_US = 200;

function orderOf(orderId: number, accountId: number, createdUs: number): OrderView {
  return {
    ...{ orderId, accountId, marketId: 1, clientId: -1, side: 0, orderType: 0, timeInForce: 0, selfTradePrevention: 0 },
    ...{ postOnly: false, reduceOnly: false, priceTicks: 15_000 as Ticks, sizeLots: 5 as Lots },
    ...{ quoteSizeAtoms: 0 as Atoms, filledLots: 5 as Lots, filledQuoteAtoms: 500 as Atoms, status: 2 },
    createdUs: createdUs as TimeUs,
  };
}

/** An order that trades with the one before it. */
function eventsOf(seq: number, timeUs: number): Event[] {
  const [maker, taker] = [orderOf(seq, (seq - 1) % ACCOUNTS, timeUs), orderOf(seq + 1, seq % ACCOUNTS, timeUs)];
  const trade = { tradeId: seq, priceTicks: 15_000 as Ticks, sizeLots: 5 as Lots, quoteAtoms: 500 as Atoms };
  const fill = { ...trade, feeAssetId: 1, feeAtoms: 1 as Atoms };
  const sides = { makerOrderId: maker.orderId, takerOrderId: taker.orderId, takerSide: 0 as const };
  return [
    { kind: 'orderAccepted', index: 0, order: taker },
    { kind: 'traded', trade: { ...trade, ...sides, marketId: 1, isLiquidation: false } },
    { kind: 'orderFilled', order: maker, fill: { ...fill, isMaker: true } },
    { kind: 'orderFilled', order: taker, fill: { ...fill, isMaker: false } },
  ];
}

export type WriteFigures = { readonly requestsPerSecond: number; readonly rowsPerSecond: number };

export async function measureWriting(url: string, requests: number): Promise<WriteFigures> {
  const writer = await HistoryWriter.open({ url, schema: 'written' }, 'anew');
  const projection = await Projection.at(writer.database);
  const startMs = performance.now();
  let rows = 0;
  let fromSeq = 0;
  for (let seq = 1; seq <= requests; seq += 1) {
    const timeUs = FIRST_US + seq * GAP_US;
    projection.apply({ seq: seq as Seq, timeUs: timeUs as TimeUs, events: eventsOf(seq, timeUs) });
    if (projection.size < ROWS_PER_WRITE && seq < requests) continue;
    rows += projection.size;
    await writer.write(projection.pending, { fromSeq, toSeq: seq + 1, timeUs });
    projection.clear();
    fromSeq = seq + 1;
  }
  const seconds = (performance.now() - startMs) / 1_000;
  await writer.removeTables();
  await writer.close();
  return { requestsPerSecond: requests / seconds, rowsPerSecond: rows / seconds };
}
