// Signed bytes → command, a pure function: what a user signed is what the engine executes.
import type { Command, DatedCommand, MalformedCommand, OrderIntent } from './commands.js';
import { INSTRUCTION } from './commands.js';
import { clientIdAt, emptyIntent, isComplete, SEEN, setOrderField } from './decode-order.js';
import { decodePlain } from './decode-plain.js';
import { decodeRare } from './decode-rare.js';
import { closeStrategy, emptyStrategy, setStrategyField } from './decode-strategy.js';
import { unsignedInteger } from './number-text.js';
import { BAD_VALUE } from './order-values.js';
import { MAX_PAYLOAD_BYTES } from './request.js';
import { PairReader } from './signed-text.js';

export const DEFAULT_WINDOW_MS = 5_000;
export const MAX_WINDOW_MS = 60_000;
/** Elements of one batch; more is refused before it is signed into the log. */
export const MAX_BATCH_ORDERS = 50;

const malformed = (field: string, problem: string): MalformedCommand => ({ malformed: problem, field });
const givenTwice = (field: string): MalformedCommand => malformed(field, 'given twice');

export function isMalformed<Decoded extends object>(decoded: Decoded | MalformedCommand): decoded is MalformedCommand {
  return 'malformed' in decoded;
}

function missingField(seen: number): MalformedCommand {
  const field = (seen & SEEN.symbol) === 0 ? 'symbol' : (seen & SEEN.side) === 0 ? 'side' : 'orderType';
  return malformed(field, 'missing');
}

/** Scratch of the decoder, which never runs inside itself. */
const reader = new PairReader();

type Dates = { timestampMs: number; windowMs: number };
const NOT_GIVEN = -2;
const GIVEN_TWICE = -3;

const noDates = (): Dates => ({ timestampMs: NOT_GIVEN, windowMs: NOT_GIVEN });

/** Reads `timestamp` and `window`, which close every signed text; true when the pair was one of them. */
function readDate(dates: Dates, key: string): boolean {
  if (key !== 'timestamp' && key !== 'window') return false;
  const value = unsignedInteger(reader.bytes, reader.valueStart, reader.valueEnd);
  if (key === 'timestamp') dates.timestampMs = dates.timestampMs === NOT_GIVEN ? value : GIVEN_TWICE;
  else dates.windowMs = dates.windowMs === NOT_GIVEN ? value : GIVEN_TWICE;
  return true;
}

function dateProblem(field: string, value: number, otherwise: string): MalformedCommand {
  if (value === GIVEN_TWICE) return givenTwice(field);
  return malformed(field, value === NOT_GIVEN ? 'missing' : otherwise);
}

function dated(command: Command, { timestampMs, windowMs }: Dates): DatedCommand | MalformedCommand {
  if (timestampMs < 0) return dateProblem('timestamp', timestampMs, 'not an unsigned integer');
  if (windowMs < 1 || windowMs > MAX_WINDOW_MS) return dateProblem('window', windowMs, `not in 1..${MAX_WINDOW_MS}`);
  return { command, timestampMs, windowMs };
}

function decodeOrders(): DatedCommand | MalformedCommand {
  const orders: OrderIntent[] = [emptyIntent()];
  const dates = noDates();
  let intent = orders[0] as OrderIntent;
  let seen = 0;
  while (reader.next()) {
    const key = reader.key();
    if (key === 'instruction') {
      if (reader.value() !== INSTRUCTION.placeOrders) return malformed('instruction', 'mixed in one batch');
      if (!isComplete(seen)) return missingField(seen);
      if (orders.length === MAX_BATCH_ORDERS) return malformed('orders', `more than ${MAX_BATCH_ORDERS} in one batch`);
      intent = emptyIntent();
      orders.push(intent);
      seen = 0;
    } else if (!readDate(dates, key)) {
      const result = setOrderField(intent, key, reader);
      if (result === BAD_VALUE) return malformed(key, 'invalid value');
      if ((seen & result) !== 0) return givenTwice(key);
      seen |= result;
    }
  }
  if (!isComplete(seen)) return missingField(seen);
  return dated({ kind: 'placeOrders', orders }, dates);
}

function decodeCancel(): DatedCommand | MalformedCommand {
  const dates = noDates();
  let symbol = '';
  let orderId = -1;
  let clientId = -1;
  while (reader.next()) {
    const key = reader.key();
    if (key === 'symbol') {
      if (symbol !== '') return givenTwice(key);
      symbol = reader.value();
      if (symbol === '') return malformed(key, 'missing');
    } else if (key === 'orderId') {
      if (orderId >= 0) return givenTwice(key);
      orderId = unsignedInteger(reader.bytes, reader.valueStart, reader.valueEnd);
      if (orderId < 0) return malformed(key, 'invalid value');
    } else if (key === 'clientId') {
      if (clientId >= 0) return givenTwice(key);
      clientId = clientIdAt(reader);
      if (clientId < 0) return malformed(key, 'invalid value');
    } else if (key === 'instruction') {
      return givenTwice(key);
    } else {
      readDate(dates, key);
    }
  }
  if (symbol === '') return malformed('symbol', 'missing');
  if (orderId >= 0 === clientId >= 0) return malformed('orderId', 'give exactly one of orderId and clientId');
  return dated({ kind: 'cancelOrder', symbol, orderId, clientId }, dates);
}

function decodeStrategy(): DatedCommand | MalformedCommand {
  const dates = noDates();
  const strategy = emptyStrategy();
  let seen = 0;
  while (reader.next()) {
    const key = reader.key();
    if (key === 'instruction') return givenTwice(key);
    if (readDate(dates, key)) continue;
    const result = setStrategyField(strategy, key, reader);
    if (result === BAD_VALUE) return malformed(key, 'invalid value');
    if ((seen & result) !== 0) return givenTwice(key);
    seen |= result;
  }
  return closeStrategy(strategy, seen) ?? dated(strategy, dates);
}

function decodeOther(instruction: string): DatedCommand | MalformedCommand {
  const dates = noDates();
  const pairs = new Map<string, string>();
  while (reader.next()) {
    const key = reader.key();
    if (readDate(dates, key)) continue;
    if (pairs.has(key) || key === 'instruction') return givenTwice(key);
    pairs.set(key, reader.decodedValue());
  }
  const command = decodeRare(instruction, pairs);
  return isMalformed(command) ? command : dated(command, dates);
}

function decodePairs(): DatedCommand | MalformedCommand {
  if (!reader.next() || reader.key() !== 'instruction') return malformed('instruction', 'missing');
  const instruction = reader.value();
  if (instruction === INSTRUCTION.placeOrders) return decodeOrders();
  if (instruction === INSTRUCTION.cancelOrder) return decodeCancel();
  if (instruction === INSTRUCTION.createStrategy) return decodeStrategy();
  return decodeOther(instruction);
}

/** The decoder proper: it accepts every form and names what is wrong. */
export function decodeAny(bytes: Uint8Array, start: number, end: number): DatedCommand | MalformedCommand {
  reader.over(bytes, start, end);
  const decoded = decodePairs();
  return reader.sawForbidden ? malformed('payload', 'not printable ASCII') : decoded;
}

/** The command in a signed text `instruction=…&key=value…&timestamp=…&window=…`, or what is wrong with it. */
export function decodeCommand(bytes: Uint8Array, start: number, end: number): DatedCommand | MalformedCommand {
  if (end - start > MAX_PAYLOAD_BYTES) return malformed('payload', `longer than ${MAX_PAYLOAD_BYTES} bytes`);
  return decodePlain(bytes, start, end, MAX_WINDOW_MS) ?? decodeAny(bytes, start, end);
}
