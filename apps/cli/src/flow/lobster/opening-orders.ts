// Orders that rest before the first message: `order_id,side,price,size` with a header line.
import { SIDE, type Side } from '@glasshouse/protocol';
import { textLines } from '../../files/text-lines.js';
import { MalformedLine } from '../malformed-line.js';
import { lobsterPriceUnits, lobsterSizeUnits } from './messages.js';

export type OpeningOrder = {
  readonly orderId: string;
  readonly side: Side;
  readonly priceUnits: number;
  readonly sizeUnits: number;
};

const ORDER = /^(\d+),(bid|ask),(\d+),(\d+)(?:,.*)?$/;

export function parseOpeningOrder(text: string): OpeningOrder | undefined {
  const match = ORDER.exec(text);
  if (match === null) return undefined;
  return {
    orderId: match[1] ?? '',
    side: match[2] === 'bid' ? SIDE.bid : SIDE.ask,
    priceUnits: lobsterPriceUnits(Number(match[3])),
    sizeUnits: lobsterSizeUnits(Number(match[4])),
  };
}

export async function readOpeningOrders(file: string): Promise<OpeningOrder[]> {
  const orders: OpeningOrder[] = [];
  let line = 0;
  for await (const text of textLines(file)) {
    line += 1;
    if (line === 1 && text.startsWith('order_id')) continue;
    const order = parseOpeningOrder(text);
    if (order === undefined) throw new MalformedLine(file, line, `no opening order: ${text}`);
    orders.push(order);
  }
  return orders;
}
