// A shortcut for the two commands that make up nearly all traffic, written as clients write them. It compares with what it
// expects instead of finding out what is there, and gives up (undefined) at the first thing that is not plain: the decoder
// proper then says what it is. What it does accept means exactly what the decoder proper makes of it.
//
// Readers are given the text as a view, a place in it and its end, and return the place where they stopped, or NOT_PLAIN: in
// variables of their callers these stay in registers. Four bytes are compared as one word, written out as they lie in memory
// (`'side'` is 0x65646973): a word that has a name would be fetched each time.
import type { DatedCommand, OrderIntent } from './commands.js';
import { emptyIntent, isComplete, SEEN } from './decode-order.js';
import { MAX_DIGITS } from './number-text.js';
import { MAX_CLIENT_ID } from './order-values.js';
import { interned } from './signed-text.js';
import { ORDER_TYPE, SIDE, TIME_IN_FORCE } from './vocabulary.js';

const NOT_PLAIN = -1;

/** `timestamp=1&window=1`: no text ends sooner behind the start of a pair. All keys and words of values lie within as many bytes. */
const SHORTEST_REST = 20;

const AMPERSAND = 38;
const POINT = 46;
const ZERO = 48;

/** Where the number read last has stopped, and the scale of the decimal read last. */
let stopped = 0;
let scale = 0;

/** Past the `&` at this place, or past the end. */
function afterPair(view: DataView, at: number, end: number): number {
  return at < end && view.getUint8(at) !== AMPERSAND ? NOT_PLAIN : at + 1;
}

/** Four digits and nothing else: the upper halves of their bytes are threes, as they are and six higher. */
function isFourDigits(word: number): boolean {
  return (word & 0xf0f0f0f0) === 0x30303030 && ((word + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

/** The number that four digits write, the first of them in the lowest byte. */
function fourDigits(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = (digits * 10 + (digits >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}

/** The digits at this place behind those of `before`; stops at the first byte that is none. */
function digitsBehind(before: number, view: DataView, at: number, end: number): number {
  let value = before;
  let place = at;
  for (; place + 4 <= end; place += 4) {
    const word = view.getInt32(place, true);
    if (!isFourDigits(word)) break;
    value = value * 10_000 + fourDigits(word);
  }
  for (; place < end; place += 1) {
    const digit = view.getUint8(place) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  stopped = place;
  return value;
}

/** An integer; NOT_PLAIN when it is none. Stops behind the `&` that must follow, or behind the end. */
function integerAt(view: DataView, at: number, end: number): number {
  const value = digitsBehind(0, view, at, end);
  const length = stopped - at;
  stopped = afterPair(view, stopped, end);
  return length === 0 || length > MAX_DIGITS || stopped === NOT_PLAIN ? NOT_PLAIN : value;
}

/** Behind a point: the whole decimal, zeros at its end dropped. */
function withFraction(whole: number, view: DataView, at: number, end: number): number {
  let digits = digitsBehind(whole, view, at, end);
  let last = stopped - 1;
  if (last < at) return NOT_PLAIN;
  for (; last >= at && view.getUint8(last) === ZERO; last -= 1) digits /= 10;
  scale = last - at + 1;
  return digits;
}

/** The same for a decimal. */
function decimalAt(view: DataView, at: number, end: number): number {
  let digits = digitsBehind(0, view, at, end);
  if (stopped === at) return NOT_PLAIN;
  scale = 0;
  if (stopped < end && view.getUint8(stopped) === POINT) digits = withFraction(digits, view, stopped + 1, end);
  const length = stopped - at;
  stopped = afterPair(view, stopped, end);
  return length > MAX_DIGITS || stopped === NOT_PLAIN ? NOT_PLAIN : digits;
}

/** A symbol of 8 to 16 bytes that has been read before: its first and its last eight bytes as words, none of which is a NaN. */
type KnownSymbol = { readonly symbol: string; readonly length: number; readonly head: number; readonly tail: number };

const NO_SYMBOL: KnownSymbol = { symbol: '', length: 8, head: Number.NaN, tail: Number.NaN };
/** By a hash of the first eight bytes. */
const knownSymbols: KnownSymbol[] = new Array(256).fill(NO_SYMBOL);

function slotAt(view: DataView, at: number): number {
  return Math.imul(view.getInt32(at, true) ^ Math.imul(view.getInt32(at + 4, true), 31), 0x9e3779b1) >>> 24;
}

/** Capitals, digits and underscores. */
function isOfSymbol(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95;
}

function learn(symbol: string, view: DataView, at: number): void {
  const { length } = symbol;
  if (length < 8 || length > 16) return;
  const tail = view.getFloat64(at + length - 8, true);
  knownSymbols[slotAt(view, at)] = { symbol, length, head: view.getFloat64(at, true), tail };
}

/** A symbol, byte by byte; empty when it is not plain. Stops as numbers do. */
function spelledSymbol(view: DataView, at: number, end: number): string {
  let hash = 0;
  let place = at;
  for (; place < end; place += 1) {
    const byte = view.getUint8(place);
    if (byte === AMPERSAND) break;
    if (!isOfSymbol(byte)) return '';
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  stopped = place + 1;
  const { byteOffset } = view;
  const symbol = interned(new Uint8Array(view.buffer, byteOffset, view.byteLength), at, place, hash);
  learn(symbol, view, at);
  return symbol;
}

/** The same; a symbol that has been read before is told by two words. A text goes on behind it. */
function symbolAt(view: DataView, at: number, end: number): string {
  if (at + SHORTEST_REST > end) return spelledSymbol(view, at, end);
  const { symbol, length, head, tail } = knownSymbols[slotAt(view, at)] as KnownSymbol;
  const after = at + length;
  if (view.getFloat64(at, true) !== head || view.getFloat64(after - 8, true) !== tail) {
    return spelledSymbol(view, at, end);
  }
  if (view.getUint8(after) !== AMPERSAND) return spelledSymbol(view, at, end);
  stopped = after + 1;
  return symbol;
}

function symbolInto(intent: OrderIntent, view: DataView, at: number, end: number): number {
  if (view.getInt32(at + 3, true) !== 0x3d6c6f62) return NOT_PLAIN;
  const symbol = symbolAt(view, at + 7, end);
  intent.symbol = symbol;
  return symbol.length === 0 ? NOT_PLAIN : stopped;
}

function sideInto(intent: OrderIntent, view: DataView, at: number): number {
  if (view.getInt32(at + 1, true) !== 0x3d656469) return NOT_PLAIN;
  const value = view.getInt32(at + 5, true);
  if (value !== 0x26646942) {
    if (value !== 0x266b7341) return NOT_PLAIN;
    intent.side = SIDE.ask;
  }
  return at + 9;
}

function typeInto(intent: OrderIntent, view: DataView, at: number): number {
  if (view.getInt32(at + 4, true) !== 0x70795472 || view.getInt32(at + 6, true) !== 0x3d657079) return NOT_PLAIN;
  const value = view.getInt32(at + 10, true);
  if (value === 0x696d694c && view.getInt32(at + 12, true) === 0x2674696d) return at + 16;
  if (value !== 0x6b72614d || view.getInt32(at + 13, true) !== 0x2674656b) return NOT_PLAIN;
  intent.orderType = ORDER_TYPE.market;
  return at + 17;
}

function timeInForceInto(intent: OrderIntent, view: DataView, at: number): number {
  if (view.getInt32(at + 4, true) !== 0x6f466e49 || view.getInt32(at + 8, true) !== 0x3d656372) return NOT_PLAIN;
  const value = view.getInt32(at + 12, true);
  if (value !== 0x26435447) {
    if (value !== 0x26434f49 && value !== 0x264b4f46) return NOT_PLAIN;
    intent.timeInForce = value === 0x26434f49 ? TIME_IN_FORCE.immediateOrCancel : TIME_IN_FORCE.fillOrKill;
  }
  return at + 16;
}

function postOnlyInto(intent: OrderIntent, view: DataView, at: number): number {
  if (view.getInt32(at + 4, true) !== 0x796c6e4f || view.getInt32(at + 5, true) !== 0x3d796c6e) return NOT_PLAIN;
  const value = view.getInt32(at + 9, true);
  intent.postOnly = value === 0x65757274;
  if (intent.postOnly) return view.getUint8(at + 13) === AMPERSAND ? at + 14 : NOT_PLAIN;
  return value === 0x736c6166 && view.getInt32(at + 11, true) === 0x2665736c ? at + 15 : NOT_PLAIN;
}

function priceInto(intent: OrderIntent, view: DataView, at: number, end: number): number {
  if (view.getInt32(at + 2, true) !== 0x3d656369) return NOT_PLAIN;
  const digits = decimalAt(view, at + 6, end);
  intent.priceDigits = digits;
  intent.priceScale = scale;
  return digits < 0 ? NOT_PLAIN : stopped;
}

function quantityInto(intent: OrderIntent, view: DataView, at: number, end: number): number {
  if (view.getInt32(at + 4, true) !== 0x79746974 || view.getInt32(at + 5, true) !== 0x3d797469) return NOT_PLAIN;
  const digits = decimalAt(view, at + 9, end);
  intent.quantityDigits = digits;
  intent.quantityScale = scale;
  return digits < 0 ? NOT_PLAIN : stopped;
}

/** The client id at this place; NOT_PLAIN when it is none. */
function clientIdAt(view: DataView, at: number, end: number): number {
  if (view.getInt32(at + 4, true) !== 0x6449746e || view.getInt32(at + 5, true) !== 0x3d644974) return NOT_PLAIN;
  const id = integerAt(view, at + 9, end);
  return id > MAX_CLIENT_ID ? NOT_PLAIN : id;
}

function clientIdInto(intent: OrderIntent, view: DataView, at: number, end: number): number {
  const id = clientIdAt(view, at, end);
  intent.clientId = id;
  return id < 0 ? NOT_PLAIN : stopped;
}

/** `timestamp=…&window=…` up to the end. */
function closing(command: DatedCommand['command'], view: DataView, at: number, end: number): DatedCommand | undefined {
  if (view.getInt32(at + 4, true) !== 0x6d617473 || view.getInt32(at + 6, true) !== 0x3d706d61) return undefined;
  const timestampMs = integerAt(view, at + 10, end);
  const window = stopped;
  if (timestampMs < 0 || window + 7 > end) return undefined;
  if (view.getInt32(window, true) !== 0x646e6977 || view.getInt32(window + 3, true) !== 0x3d776f64) return undefined;
  const windowMs = integerAt(view, window + 7, end);
  return windowMs < 1 || stopped !== end + 1 ? undefined : { command, timestampMs, windowMs };
}

function plainOrder(view: DataView, start: number, end: number): DatedCommand | undefined {
  const intent = emptyIntent();
  let seen = 0;
  let pair = 0;
  let at = start;
  while (at + SHORTEST_REST <= end) {
    switch (view.getInt32(at, true)) {
      case 0x656d6974:
        if (view.getInt32(at + 1, true) !== 0x49656d69) {
          return isComplete(seen) ? closing({ kind: 'placeOrders', orders: [intent] }, view, at, end) : undefined;
        }
        pair = SEEN.timeInForce;
        at = timeInForceInto(intent, view, at);
        break;
      case 0x6564726f:
        pair = SEEN.orderType;
        at = typeInto(intent, view, at);
        break;
      case 0x63697270:
        pair = SEEN.price;
        at = priceInto(intent, view, at, end);
        break;
      case 0x6e617571:
        pair = SEEN.quantity;
        at = quantityInto(intent, view, at, end);
        break;
      case 0x65646973:
        pair = SEEN.side;
        at = sideInto(intent, view, at);
        break;
      case 0x626d7973:
        pair = SEEN.symbol;
        at = symbolInto(intent, view, at, end);
        break;
      case 0x65696c63:
        pair = SEEN.clientId;
        at = clientIdInto(intent, view, at, end);
        break;
      case 0x74736f70:
        pair = SEEN.postOnly;
        at = postOnlyInto(intent, view, at);
        break;
      default:
        return undefined;
    }
    if (at < 0 || (pair & seen) !== 0) return undefined;
    seen |= pair;
  }
  return undefined;
}

/** An order id (NOT_PLAIN for a cancel by client id), and where it has stopped. */
function orderIdAt(view: DataView, at: number, end: number): number {
  if (view.getInt32(at, true) !== 0x6564726f || view.getInt32(at + 4, true) !== 0x3d644972) return NOT_PLAIN;
  return integerAt(view, at + 8, end);
}

function plainCancel(view: DataView, at: number, end: number): DatedCommand | undefined {
  if (at + SHORTEST_REST > end) return undefined;
  const byClientId = view.getInt32(at, true) === 0x65696c63;
  const id = byClientId ? clientIdAt(view, at, end) : orderIdAt(view, at, end);
  const place = stopped;
  if (id < 0 || place + SHORTEST_REST > end) return undefined;
  if (view.getInt32(place, true) !== 0x626d7973 || view.getInt32(place + 3, true) !== 0x3d6c6f62) return undefined;
  const symbol = symbolAt(view, place + 7, end);
  const date = stopped;
  if (symbol.length === 0 || date + SHORTEST_REST > end || view.getInt32(date, true) !== 0x656d6974) return undefined;
  const orderId = byClientId ? -1 : id;
  const clientId = byClientId ? id : -1;
  return closing({ kind: 'cancelOrder', symbol, orderId, clientId }, view, date, end);
}

/** The batch under way, through which requests are decoded one after the other. */
let batch: Uint8Array = new Uint8Array(0);
let viewOfBatch = new DataView(batch.buffer);

function viewOf(bytes: Uint8Array): DataView {
  if (bytes === batch) return viewOfBatch;
  batch = bytes;
  viewOfBatch = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return viewOfBatch;
}

function startsWithInstruction(view: DataView, at: number): boolean {
  return (
    view.getInt32(at, true) === 0x74736e69 &&
    view.getInt32(at + 4, true) === 0x74637572 &&
    view.getInt32(at + 8, true) === 0x3d6e6f69 &&
    view.getInt32(at + 12, true) === 0x6564726f
  );
}

/** `instruction=orderExecute&` is longer than any place that is looked at before it is known to be there. */
const SHORTEST_PLAIN = 25;

/** The command when the text is a plainly written order or cancel; undefined when the decoder proper has to look. */
export function decodePlain(
  bytes: Uint8Array,
  start: number,
  end: number,
  maxWindowMs: number,
): DatedCommand | undefined {
  const view = viewOf(bytes);
  if (start + SHORTEST_PLAIN > end || !startsWithInstruction(view, start)) return undefined;
  const verb = view.getInt32(start + 16, true);
  let decoded: DatedCommand | undefined;
  if (
    verb === 0x65784572 &&
    view.getInt32(start + 20, true) === 0x65747563 &&
    view.getUint8(start + 24) === AMPERSAND
  ) {
    decoded = plainOrder(view, start + 25, end);
  } else if (verb === 0x6e614372 && view.getInt32(start + 20, true) === 0x266c6563) {
    decoded = plainCancel(view, start + 24, end);
  }
  return decoded === undefined || decoded.windowMs > maxWindowMs ? undefined : decoded;
}
