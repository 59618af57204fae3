// The hot path of decoding: orders and cancels, field by field.
import type { OrderIntent } from './commands.js';
import { setExtra } from './decode-extras.js';
import { decimalDigits, lastScale, unsignedInteger } from './number-text.js';
import { BAD_VALUE, booleanOf, MAX_CLIENT_ID, sideOf } from './order-values.js';
import type { PairReader } from './signed-text.js';
import { ORDER_TYPE, SELF_TRADE_PREVENTION, SIDE, TIME_IN_FORCE } from './vocabulary.js';

export function emptyIntent(): OrderIntent {
  return {
    symbol: '',
    side: SIDE.bid,
    orderType: ORDER_TYPE.limit,
    timeInForce: TIME_IN_FORCE.goodTillCancelled,
    postOnly: false,
    selfTradePrevention: SELF_TRADE_PREVENTION.rejectTaker,
    clientId: -1,
    priceDigits: -1,
    priceScale: 0,
    quantityDigits: -1,
    quantityScale: 0,
    quoteQuantityDigits: -1,
    quoteQuantityScale: 0,
    reduceOnly: false,
    extras: undefined,
  };
}

/** Which parameters of an order have been seen: none may come twice, because a signed text has one reading. */
export const SEEN = {
  symbol: 1,
  side: 2,
  orderType: 4,
  price: 8,
  quantity: 16,
  quoteQuantity: 32,
  clientId: 64,
  timeInForce: 128,
  postOnly: 256,
  selfTradePrevention: 512,
  reduceOnly: 1024,
} as const;
const REQUIRED = SEEN.symbol | SEEN.side | SEEN.orderType;

export const isComplete = (seen: number): boolean => (seen & REQUIRED) === REQUIRED;

function orderTypeOf(text: string): OrderIntent['orderType'] | undefined {
  return text === 'Limit' ? ORDER_TYPE.limit : text === 'Market' ? ORDER_TYPE.market : undefined;
}

function timeInForceOf(text: string): OrderIntent['timeInForce'] | undefined {
  if (text === 'GTC') return TIME_IN_FORCE.goodTillCancelled;
  if (text === 'IOC') return TIME_IN_FORCE.immediateOrCancel;
  return text === 'FOK' ? TIME_IN_FORCE.fillOrKill : undefined;
}

function preventionOf(text: string): OrderIntent['selfTradePrevention'] | undefined {
  if (text === 'RejectTaker') return SELF_TRADE_PREVENTION.rejectTaker;
  if (text === 'RejectMaker') return SELF_TRADE_PREVENTION.rejectMaker;
  return text === 'RejectBoth' ? SELF_TRADE_PREVENTION.rejectBoth : undefined;
}

export function clientIdAt(reader: PairReader): number {
  const value = unsignedInteger(reader.bytes, reader.valueStart, reader.valueEnd);
  return value > MAX_CLIENT_ID ? -1 : value;
}

function setPrice(intent: OrderIntent, reader: PairReader): number {
  intent.priceDigits = decimalDigits(reader.bytes, reader.valueStart, reader.valueEnd);
  intent.priceScale = lastScale();
  return intent.priceDigits < 0 ? BAD_VALUE : SEEN.price;
}

function setQuantity(intent: OrderIntent, reader: PairReader): number {
  intent.quantityDigits = decimalDigits(reader.bytes, reader.valueStart, reader.valueEnd);
  intent.quantityScale = lastScale();
  return intent.quantityDigits < 0 ? BAD_VALUE : SEEN.quantity;
}

function setQuoteQuantity(intent: OrderIntent, reader: PairReader): number {
  intent.quoteQuantityDigits = decimalDigits(reader.bytes, reader.valueStart, reader.valueEnd);
  intent.quoteQuantityScale = lastScale();
  return intent.quoteQuantityDigits < 0 ? BAD_VALUE : SEEN.quoteQuantity;
}

function setSymbol(intent: OrderIntent, reader: PairReader): number {
  intent.symbol = reader.value();
  return SEEN.symbol;
}

function setClientId(intent: OrderIntent, reader: PairReader): number {
  intent.clientId = clientIdAt(reader);
  return intent.clientId < 0 ? BAD_VALUE : SEEN.clientId;
}

function setSide(intent: OrderIntent, reader: PairReader): number {
  const side = sideOf(reader.value());
  if (side === undefined) return BAD_VALUE;
  intent.side = side;
  return SEEN.side;
}

function setOrderType(intent: OrderIntent, reader: PairReader): number {
  const orderType = orderTypeOf(reader.value());
  if (orderType === undefined) return BAD_VALUE;
  intent.orderType = orderType;
  return SEEN.orderType;
}

function setTimeInForce(intent: OrderIntent, reader: PairReader): number {
  const timeInForce = timeInForceOf(reader.value());
  if (timeInForce === undefined) return BAD_VALUE;
  intent.timeInForce = timeInForce;
  return SEEN.timeInForce;
}

function setPrevention(intent: OrderIntent, reader: PairReader): number {
  const prevention = preventionOf(reader.value());
  if (prevention === undefined) return BAD_VALUE;
  intent.selfTradePrevention = prevention;
  return SEEN.selfTradePrevention;
}

function setPostOnly(intent: OrderIntent, reader: PairReader): number {
  const value = booleanOf(reader.value());
  intent.postOnly = value === true;
  return value === undefined ? BAD_VALUE : SEEN.postOnly;
}

function setReduceOnly(intent: OrderIntent, reader: PairReader): number {
  const value = booleanOf(reader.value());
  intent.reduceOnly = value === true;
  return value === undefined ? BAD_VALUE : SEEN.reduceOnly;
}

/** Stores the pair in the intent: its bit of SEEN, 0, or BAD_VALUE. Unknown parameters are signed but mean nothing here. */
export function setOrderField(intent: OrderIntent, key: string, reader: PairReader): number {
  switch (key) {
    case 'symbol':
      return setSymbol(intent, reader);
    case 'side':
      return setSide(intent, reader);
    case 'orderType':
      return setOrderType(intent, reader);
    case 'price':
      return setPrice(intent, reader);
    case 'quantity':
      return setQuantity(intent, reader);
    case 'clientId':
      return setClientId(intent, reader);
    case 'timeInForce':
      return setTimeInForce(intent, reader);
    case 'postOnly':
      return setPostOnly(intent, reader);
    case 'selfTradePrevention':
      return setPrevention(intent, reader);
    case 'quoteQuantity':
      return setQuoteQuantity(intent, reader);
    case 'reduceOnly':
      return setReduceOnly(intent, reader);
    default:
      return setExtra(intent, key, reader);
  }
}
