// Bitstamp's order-by-order capture: `capture time (ms)  kind  JSON`, a line an event.
import { SIDE, type Side } from '@glasshouse/protocol';
import { textLines } from '../../files/text-lines.js';
import { MalformedLine } from '../malformed-line.js';
import { recordedUnits, recordedUnitsOfNumber } from '../recorded-units.js';

export type RecordedLevel = { readonly priceUnits: number; readonly sizeUnits: number };

type OrderKind = 'order_created' | 'order_changed' | 'order_deleted';

/** `sizeUnits` is what remains of the order after the event. */
export type OrderEvent = RecordedLevel & {
  readonly kind: OrderKind;
  readonly timeMs: number;
  readonly orderId: number;
  readonly side: Side;
};
export type TradeEvent = RecordedLevel & { readonly kind: 'trade'; readonly timeMs: number };
/** The exchange's own picture of its best levels. */
export type BookImage = {
  readonly kind: 'order_book';
  readonly timeMs: number;
  readonly bids: readonly RecordedLevel[];
  readonly asks: readonly RecordedLevel[];
};
export type BitstampEvent = OrderEvent | TradeEvent | BookImage;

const LINE = /^(\d+) (\w+) (\{.*\})$/;
const ORDER_KINDS: readonly string[] = ['order_created', 'order_changed', 'order_deleted'] satisfies OrderKind[];

function unitsOf(value: unknown): number {
  const units = typeof value === 'number' ? recordedUnitsOfNumber(value) : recordedUnits(String(value));
  if (units === undefined) throw new TypeError(`not a price or amount: ${JSON.stringify(value)}`);
  return units;
}

function levelOf(value: unknown): RecordedLevel {
  if (!Array.isArray(value)) throw new TypeError('a level is no pair');
  return { priceUnits: unitsOf(value[0]), sizeUnits: unitsOf(value[1]) };
}

function levelsOf(value: unknown): RecordedLevel[] {
  if (!Array.isArray(value)) throw new TypeError('a side is no list of levels');
  return value.map(levelOf);
}

function isOrderKind(kind: string): kind is OrderKind {
  return ORDER_KINDS.includes(kind);
}

function orderEvent(kind: OrderKind, timeMs: number, body: Readonly<Record<string, unknown>>): OrderEvent {
  const { id, order_type: type } = body;
  if (typeof id !== 'number' || (type !== 0 && type !== 1)) throw new TypeError('an order without id or order_type');
  const level = { priceUnits: unitsOf(body['price']), sizeUnits: unitsOf(body['amount']) };
  return { kind, timeMs, orderId: id, side: type === 0 ? SIDE.bid : SIDE.ask, ...level };
}

/** Undefined for a kind that this flow does not use; throws for a line that is none of Bitstamp's. */
export function parseBitstampEvent(text: string): BitstampEvent | undefined {
  const match = LINE.exec(text);
  if (match === null) throw new TypeError('not time, kind and JSON');
  const [, time, kind = '', json = ''] = match;
  const timeMs = Number(time);
  const body: Record<string, unknown> = JSON.parse(json);
  if (isOrderKind(kind)) return orderEvent(kind, timeMs, body);
  if (kind === 'trade') return { kind, timeMs, priceUnits: unitsOf(body['price']), sizeUnits: unitsOf(body['amount']) };
  if (kind === 'order_book') return { kind, timeMs, bids: levelsOf(body['bids']), asks: levelsOf(body['asks']) };
  return undefined;
}

export async function readBitstampEvents(file: string): Promise<BitstampEvent[]> {
  const events: BitstampEvent[] = [];
  let line = 0;
  for await (const text of textLines(file)) {
    line += 1;
    try {
      const event = parseBitstampEvent(text);
      if (event !== undefined) events.push(event);
    } catch (problem) {
      throw new MalformedLine(file, line, problem instanceof Error ? problem.message : String(problem));
    }
  }
  return events;
}
