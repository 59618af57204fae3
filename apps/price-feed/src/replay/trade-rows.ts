// Trade tapes as prices: with a header naming exchange and symbol, or Binance's aggregate trades without any.
import { namedPair } from './pair-name.js';
import { type Recorded, RecordingProblem, recordedPrice } from './recorded.js';

export const TAPE_HEADER = 'exchange,symbol,timestamp,local_timestamp,id,side,price,amount';

/** 2100 in milliseconds: what is larger is in microseconds. */
const LATEST_MS = 4_102_444_800_000;

function timeMsOf(text: string | undefined, row: string): number {
  const time = Number(text);
  if (!Number.isSafeInteger(time) || time <= 0) throw new RecordingProblem(`no time: ${row.slice(0, 100)}`);
  return time > LATEST_MS ? Math.floor(time / 1000) : time;
}

type Trade = {
  readonly venue: string;
  readonly symbol: string;
  readonly time: string | undefined;
  readonly side: Recorded['side'];
  readonly price: string | undefined;
};

function recordedOf(trade: Trade, row: string): Recorded[] {
  const price = recordedPrice(trade.price);
  if (price === undefined) throw new RecordingProblem(`no trade: ${row.slice(0, 100)}`);
  const timeMs = timeMsOf(trade.time, row);
  const pair = namedPair(trade.symbol);
  if (pair === undefined) return [];
  const { asset, money, unit } = pair;
  return [{ timeMs, venue: trade.venue, asset, money, price: price * unit, side: trade.side }];
}

const sideOf = (text: string | undefined): Recorded['side'] => (text === 'buy' || text === 'sell' ? text : undefined);

export function fromTape(rows: readonly string[]): Recorded[] {
  return rows.flatMap((row) => {
    const [venue = '', symbol = '', time, , , side, price] = row.split(',');
    return recordedOf({ venue, symbol, time, side: sideOf(side), price }, row);
  });
}

/** Columns: id, price, quantity, first id, last id, time, whether the buyer was the maker, whether at the best price. */
export function fromAggregateTrades(rows: readonly string[], symbol: string): Recorded[] {
  return rows.flatMap((row) => {
    const [, price, , , , time, buyerIsMaker = ''] = row.split(',');
    const side = buyerIsMaker.toLowerCase() === 'true' ? 'sell' : 'buy';
    return recordedOf({ venue: 'binance_spot', symbol, time, side, price }, row);
  });
}
