// A shortcut for the two commands that make up nearly all traffic, written as clients write them. It compares with what it
// expects instead of finding out what is there, and gives up (undefined) at the first thing that is not plain: the decoder
// proper then says what it is. What it does accept means exactly what the decoder proper makes of it.
import type { DatedCommand, OrderIntent } from './commands.js';
import { emptyIntent, isComplete, MAX_CLIENT_ID, SEEN } from './decode-order.js';
import { MAX_DECIMALS, MAX_DIGITS } from './number-text.js';
import { interned } from './signed-text.js';
import { ORDER_TYPE, SIDE, TIME_IN_FORCE } from './vocabulary.js';

const AMPERSAND = 38;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
const UPPER_A = 65;
const UPPER_Z = 90;
const UNDERSCORE = 95;

/**
 * A literal of 4 to 12 bytes, compared as one or two machine words: its first four or eight bytes and its last four. No
 * printable byte makes such a word a NaN.
 */
type Literal = { readonly length: number; readonly head: number; readonly tail: number };

function viewOf(text: string): DataView {
  return new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer);
}

function literal(text: string): Literal {
  const view = viewOf(text);
  const { length } = text;
  const head = length < 8 ? view.getInt32(0, true) : view.getFloat64(0, true);
  return { length, head, tail: view.getInt32(length - 4, true) };
}

const INSTRUCTION_HEAD = literal('instruction=');
const ORDER = literal('orderExecute');
const CANCEL = literal('orderCancel&');
const SYMBOL = literal('symbol=');
const SIDE_KEY = literal('side=');
const BID = literal('Bid&');
const ASK = literal('Ask&');
const TYPE = literal('orderType=');
const LIMIT = literal('Limit&');
const MARKET = literal('Market&');
const PRICE = literal('price=');
const QUANTITY = literal('quantity=');
const ORDER_ID = literal('orderId=');
const CLIENT_ID = literal('clientId=');
const POST_ONLY = literal('postOnly=');
const TRUE = literal('true&');
const FALSE = literal('false&');
const IN_FORCE = literal('timeInForce=');
const GTC = literal('GTC&');
const IOC = literal('IOC&');
const FOK = literal('FOK&');
const TIMESTAMP = literal('timestamp=');
const WINDOW = literal('window=');

const LOWER_C = 99;
const LOWER_O = 111;
const LOWER_P = 112;
const LOWER_Q = 113;
const LOWER_S = 115;
const LOWER_T = 116;

/** The text under way, its words, and the scale of the decimal read last. */
let text: Uint8Array = new Uint8Array(0);
let words = viewOf('');
let position = 0;
let end = 0;
let scale = 0;

/** True, and past it, when the literal of 4 to 7 bytes stands here. */
function at(wanted: Literal): boolean {
  const first = position;
  const after = first + wanted.length;
  if (after > end || words.getInt32(first, true) !== wanted.head) return false;
  if (words.getInt32(after - 4, true) !== wanted.tail) return false;
  position = after;
  return true;
}

/** The same for a literal of 8 to 12 bytes. */
function atLong(wanted: Literal): boolean {
  const first = position;
  const after = first + wanted.length;
  if (after > end || words.getFloat64(first, true) !== wanted.head) return false;
  if (words.getInt32(after - 4, true) !== wanted.tail) return false;
  position = after;
  return true;
}

/** True, and past it, when this byte stands here. */
function atByte(byte: number): boolean {
  if (position >= end || text[position] !== byte) return false;
  position += 1;
  return true;
}

/** Digits up to `&` or the end, and past the `&`; −1 when they are not plain. */
function integer(): number {
  const bytes = text;
  const first = position;
  const stop = end;
  let value = 0;
  let index = first;
  for (; index < stop; index += 1) {
    const byte = bytes[index] as number;
    if (byte === AMPERSAND) break;
    if (byte < ZERO || byte > NINE) return -1;
    value = value * 10 + (byte - ZERO);
  }
  position = index + 1;
  return index === first || index - first > MAX_DIGITS ? -1 : value;
}

/** A decimal, zeros at its end dropped; −1 when it is not plain. */
function decimal(): number {
  const bytes = text;
  const first = position;
  const stop = end;
  let digits = 0;
  let point = -1;
  let index = first;
  for (; index < stop; index += 1) {
    const byte = bytes[index] as number;
    if (byte === AMPERSAND) break;
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + (byte - ZERO);
    else if (byte === POINT && point < 0) point = index;
    else return -1;
  }
  position = index + 1;
  if (index === first || index - first > MAX_DIGITS || point === first || point === index - 1) return -1;
  scale = point < 0 ? 0 : index - point - 1;
  while (scale > 0 && digits % 10 === 0) {
    digits /= 10;
    scale -= 1;
  }
  return scale > MAX_DECIMALS ? -1 : digits;
}

/** A symbol of capitals, digits and underscores; empty when it is not plain. */
function symbol(): string {
  const bytes = text;
  const first = position;
  const stop = end;
  let hash = 0;
  let index = first;
  for (; index < stop; index += 1) {
    const byte = bytes[index] as number;
    if (byte === AMPERSAND) break;
    if (!((byte >= UPPER_A && byte <= UPPER_Z) || (byte >= ZERO && byte <= NINE) || byte === UNDERSCORE)) return '';
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  position = index + 1;
  return interned(bytes, first, index, hash);
}

function readSymbol(intent: OrderIntent): boolean {
  intent.symbol = symbol();
  return intent.symbol !== '';
}

function readSide(intent: OrderIntent): boolean {
  if (at(BID)) return true;
  intent.side = SIDE.ask;
  return at(ASK);
}

function readType(intent: OrderIntent): boolean {
  if (at(LIMIT)) return true;
  intent.orderType = ORDER_TYPE.market;
  return at(MARKET);
}

function readPrice(intent: OrderIntent): boolean {
  intent.priceDigits = decimal();
  intent.priceScale = scale;
  return intent.priceDigits >= 0;
}

function readQuantity(intent: OrderIntent): boolean {
  intent.quantityDigits = decimal();
  intent.quantityScale = scale;
  return intent.quantityDigits >= 0;
}

function readClientId(intent: OrderIntent): boolean {
  intent.clientId = integer();
  return intent.clientId >= 0 && intent.clientId <= MAX_CLIENT_ID;
}

function readPostOnly(intent: OrderIntent): boolean {
  intent.postOnly = at(TRUE);
  return intent.postOnly || at(FALSE);
}

function readTimeInForce(intent: OrderIntent): boolean {
  if (at(GTC)) return true;
  const immediate = at(IOC);
  intent.timeInForce = immediate ? TIME_IN_FORCE.immediateOrCancel : TIME_IN_FORCE.fillOrKill;
  return immediate || at(FOK);
}

const NOT_PLAIN = -1;

/** Reads one pair of an order: its bit of SEEN, or NOT_PLAIN. */
function orderPair(intent: OrderIntent): number {
  switch (text[position]) {
    case LOWER_C:
      return atLong(CLIENT_ID) && readClientId(intent) ? SEEN.clientId : NOT_PLAIN;
    case LOWER_O:
      return atLong(TYPE) && readType(intent) ? SEEN.orderType : NOT_PLAIN;
    case LOWER_P:
      if (at(PRICE)) return readPrice(intent) ? SEEN.price : NOT_PLAIN;
      return atLong(POST_ONLY) && readPostOnly(intent) ? SEEN.postOnly : NOT_PLAIN;
    case LOWER_Q:
      return atLong(QUANTITY) && readQuantity(intent) ? SEEN.quantity : NOT_PLAIN;
    case LOWER_S:
      if (at(SYMBOL)) return readSymbol(intent) ? SEEN.symbol : NOT_PLAIN;
      return at(SIDE_KEY) && readSide(intent) ? SEEN.side : NOT_PLAIN;
    case LOWER_T:
      return atLong(IN_FORCE) && readTimeInForce(intent) ? SEEN.timeInForce : NOT_PLAIN;
    default:
      return NOT_PLAIN;
  }
}

/** `timestamp=…&window=…` up to the end; the window is left to be checked by whoever reads the date. */
function closing(command: DatedCommand['command'], maxWindowMs: number): DatedCommand | undefined {
  const timestampMs = integer();
  if (timestampMs < 0 || !at(WINDOW)) return undefined;
  const windowMs = integer();
  if (windowMs < 1 || windowMs > maxWindowMs || position !== end + 1) return undefined;
  return { command, timestampMs, windowMs };
}

function plainOrder(maxWindowMs: number): DatedCommand | undefined {
  const intent = emptyIntent();
  let seen = 0;
  while (!atLong(TIMESTAMP)) {
    const pair = orderPair(intent);
    if (pair === NOT_PLAIN || (pair & seen) !== 0) return undefined;
    seen |= pair;
  }
  if (!isComplete(seen)) return undefined;
  return closing({ kind: 'placeOrders', orders: [intent] }, maxWindowMs);
}

function plainCancel(maxWindowMs: number): DatedCommand | undefined {
  const byClientId = atLong(CLIENT_ID);
  if (!byClientId && !atLong(ORDER_ID)) return undefined;
  const id = integer();
  if (id < 0 || (byClientId && id > MAX_CLIENT_ID) || !at(SYMBOL)) return undefined;
  const market = symbol();
  if (market === '' || !atLong(TIMESTAMP)) return undefined;
  const orderId = byClientId ? -1 : id;
  const clientId = byClientId ? id : -1;
  return closing({ kind: 'cancelOrder', symbol: market, orderId, clientId }, maxWindowMs);
}

/** The command when the text is a plainly written order or cancel; undefined when the decoder proper has to look. */
export function decodePlain(
  bytes: Uint8Array,
  start: number,
  stop: number,
  maxWindowMs: number,
): DatedCommand | undefined {
  if (bytes !== text) {
    text = bytes;
    words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  position = start;
  end = stop;
  if (!atLong(INSTRUCTION_HEAD)) return undefined;
  if (atLong(ORDER)) return atByte(AMPERSAND) ? plainOrder(maxWindowMs) : undefined;
  return atLong(CANCEL) ? plainCancel(maxWindowMs) : undefined;
}
