// LOBSTER's message files: one line an event, prices in 1/10,000 dollar.
import { SIDE, type Side } from '@glasshouse/protocol';
import { textLines } from '../../files/text-lines.js';
import { MalformedLine } from '../malformed-line.js';
import { RECORDED_SCALE } from '../recorded-units.js';

export const MESSAGE_TYPE = { added: 1, reduced: 2, deleted: 3, executed: 4, executedHidden: 5 } as const;

export type LobsterMessage = {
  /** Microseconds after midnight, New York. */
  readonly timeUs: number;
  readonly type: number;
  readonly orderId: string;
  readonly sizeUnits: number;
  readonly priceUnits: number;
  /** Of the resting order. */
  readonly side: Side;
  /** As it stands in the file: expected-depth files repeat it. */
  readonly text: string;
};

const PRICE_SCALE = 4;
const UNITS_PER_PRICE = 10 ** (RECORDED_SCALE - PRICE_SCALE);
const UNITS_PER_SHARE = 10 ** RECORDED_SCALE;
const MESSAGE = /^(\d+(?:\.\d+)?),(\d+),(\d+),(\d+),(-?\d+),(-?1)$/;

export const lobsterPriceUnits = (price: number): number => price * UNITS_PER_PRICE;
export const lobsterSizeUnits = (shares: number): number => shares * UNITS_PER_SHARE;

/** Undefined when the line is no LOBSTER message. */
export function parseLobsterMessage(text: string): LobsterMessage | undefined {
  const match = MESSAGE.exec(text);
  if (match === null) return undefined;
  const [, seconds, type, orderId, size, price, direction] = match;
  return {
    timeUs: Math.floor(Number(seconds) * 1_000_000),
    type: Number(type),
    orderId: orderId ?? '',
    sizeUnits: lobsterSizeUnits(Number(size)),
    priceUnits: lobsterPriceUnits(Number(price)),
    side: direction === '1' ? SIDE.bid : SIDE.ask,
    text,
  };
}

export async function readLobsterMessages(file: string): Promise<LobsterMessage[]> {
  const messages: LobsterMessage[] = [];
  for await (const line of textLines(file)) {
    const message = parseLobsterMessage(line);
    if (message === undefined) throw new MalformedLine(file, messages.length + 1, `no LOBSTER message: ${line}`);
    messages.push(message);
  }
  return messages;
}
