import { describe, expect, test } from 'vitest';
import { MAX_BATCH_ORDERS, type OrderIntent } from '../src/index.js';
import { commandIn } from './signed.js';

const MINIMUM = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit' } as const;
const EMPTY: OrderIntent = {
  symbol: 'SOL_USDC',
  side: 0,
  orderType: 0,
  timeInForce: 0,
  postOnly: false,
  selfTradePrevention: 0,
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

function textOf(parameters: Readonly<Record<string, string>>): string {
  return ['instruction=orderExecute', ...Object.entries(parameters).map(([key, value]) => `${key}=${value}`)].join('&');
}

const order = (parameters: Readonly<Record<string, string>>) => commandIn(textOf({ ...MINIMUM, ...parameters }));
const placed = (...orders: OrderIntent[]) => ({ kind: 'placeOrders', orders });

describe('every parameter of an order', () => {
  test.each<[string, string, Partial<OrderIntent>]>([
    ['symbol', 'BTC_USDC', { symbol: 'BTC_USDC' }],
    ['symbol', 'no such market', { symbol: 'no such market' }],
    ['symbol', '', { symbol: '' }],
    ['side', 'Bid', { side: 0 }],
    ['side', 'Ask', { side: 1 }],
    ['orderType', 'Limit', { orderType: 0 }],
    ['orderType', 'Market', { orderType: 1 }],
    ['price', '12.50', { priceDigits: 125, priceScale: 1 }],
    ['price', '0012', { priceDigits: 12, priceScale: 0 }],
    ['price', '0', { priceDigits: 0, priceScale: 0 }],
    ['price', '0.000', { priceDigits: 0, priceScale: 0 }],
    ['price', '100', { priceDigits: 100, priceScale: 0 }],
    ['price', '0.000000000000001', { priceDigits: 1, priceScale: 15 }],
    ['price', '999999999999999', { priceDigits: 999_999_999_999_999, priceScale: 0 }],
    ['price', '000000000000000000001.5', { priceDigits: 15, priceScale: 1 }],
    ['price', '1.50000000000000000000', { priceDigits: 15, priceScale: 1 }],
    ['quantity', '0.25', { quantityDigits: 25, quantityScale: 2 }],
    ['quoteQuantity', '250', { quoteQuantityDigits: 250, quoteQuantityScale: 0 }],
    ['clientId', '0', { clientId: 0 }],
    ['clientId', '007', { clientId: 7 }],
    ['clientId', '4294967295', { clientId: 4_294_967_295 }],
    ['timeInForce', 'GTC', { timeInForce: 0 }],
    ['timeInForce', 'IOC', { timeInForce: 1 }],
    ['timeInForce', 'FOK', { timeInForce: 2 }],
    ['selfTradePrevention', 'RejectTaker', { selfTradePrevention: 0 }],
    ['selfTradePrevention', 'RejectMaker', { selfTradePrevention: 1 }],
    ['selfTradePrevention', 'RejectBoth', { selfTradePrevention: 2 }],
    ['postOnly', 'true', { postOnly: true }],
    ['postOnly', 'True', { postOnly: true }],
    ['postOnly', 'false', { postOnly: false }],
    ['postOnly', 'False', { postOnly: false }],
    ['reduceOnly', 'false', { reduceOnly: false }],
    ['reduceOnly', 'False', { reduceOnly: false }],
    ['reduceOnly', 'True', { reduceOnly: true }],
    ['reduceOnly', 'true', { reduceOnly: true }],
    ['brokerId', '77', {}],
    ['unknown', 'a=b=c', {}],
  ])('%s=%s', (key, value, intent) => {
    expect(order({ [key]: value })).toEqual(placed({ ...EMPTY, ...intent }));
  });

  test('their order does not matter', () => {
    const all = { ...MINIMUM, price: '1', quantity: '2', clientId: '3', postOnly: 'true', timeInForce: 'GTC' };
    const forwards = commandIn(textOf(all));
    expect(commandIn(textOf(Object.fromEntries(Object.entries(all).reverse())))).toEqual(forwards);
  });
});

describe('a malformed order names its field', () => {
  test.each([
    ['side', 'bid'],
    ['side', 'Buy'],
    ['side', ''],
    ['orderType', 'limit'],
    ['orderType', 'StopLimit'],
    ['price', ''],
    ['price', '-1'],
    ['price', '+1'],
    ['price', '1e5'],
    ['price', '.5'],
    ['price', '5.'],
    ['price', '.'],
    ['price', '1.2.3'],
    ['price', '1,5'],
    ['price', ' 1'],
    ['price', '1%2E5'],
    ['price', '0x1f'],
    ['price', 'Infinity'],
    ['price', '1000000000000000'],
    ['price', '9007199254740993'],
    ['price', '0.0000000000000001'],
    ['quantity', 'NaN'],
    ['quoteQuantity', '1.'],
    ['clientId', '4294967296'],
    ['clientId', '-1'],
    ['clientId', '1.0'],
    ['clientId', ''],
    ['clientId', '0000000000000001'],
    ['timeInForce', 'gtc'],
    ['timeInForce', 'GTD'],
    ['selfTradePrevention', 'Allow'],
    ['postOnly', '1'],
    ['postOnly', 'TRUE'],
    ['postOnly', ''],
    ['reduceOnly', 'yes'],
    ['reduceOnly', ''],
  ])('%s=%s', (key, value) => {
    expect(order({ [key]: value })).toBe(`${key}: invalid value`);
  });

  test.each(['symbol', 'side', 'orderType'])('%s missing', (key) => {
    const rest = Object.fromEntries(Object.entries(MINIMUM).filter(([name]) => name !== key));
    expect(commandIn(textOf(rest))).toBe(`${key}: missing`);
  });

  test.each([
    ...Object.entries(MINIMUM),
    ['price', '1'],
    ['quantity', '1'],
    ['quoteQuantity', '1'],
    ['clientId', '1'],
    ['timeInForce', 'GTC'],
    ['postOnly', 'true'],
    ['selfTradePrevention', 'RejectBoth'],
    ['reduceOnly', 'false'],
  ] as const)('%s given twice, even with the same value', (key, value) => {
    const rest = Object.fromEntries(Object.entries(MINIMUM).filter(([name]) => name !== key));
    expect(commandIn(`${textOf({ ...rest, [key]: value })}&${key}=${value}`)).toBe(`${key}: given twice`);
  });
});

describe('batches', () => {
  const one = textOf({ ...MINIMUM, price: '1', quantity: '1' });

  test('each element stands for itself', () => {
    const other = textOf({ ...MINIMUM, side: 'Ask', orderType: 'Market', quantity: '2', clientId: '9' });
    expect(commandIn(`${one}&${other}`)).toEqual(
      placed(
        { ...EMPTY, priceDigits: 1, quantityDigits: 1 },
        { ...EMPTY, side: 1, orderType: 1, quantityDigits: 2, clientId: 9 },
      ),
    );
  });

  test(`${MAX_BATCH_ORDERS} elements are taken, one more is not`, () => {
    const full = Array.from({ length: MAX_BATCH_ORDERS }, () => one).join('&');
    expect(commandIn(full)).toMatchObject({ orders: { length: MAX_BATCH_ORDERS } });
    expect(commandIn(`${full}&${one}`)).toBe(`orders: more than ${MAX_BATCH_ORDERS} in one batch`);
  });

  test('another instruction in it, or an element that lacks something, spoils the whole', () => {
    expect(commandIn(`${one}&instruction=orderCancel&symbol=SOL_USDC`)).toBe('instruction: mixed in one batch');
    expect(commandIn(`instruction=orderExecute&side=Bid&orderType=Limit&${one}`)).toBe('symbol: missing');
    expect(commandIn(`${one}&instruction=orderExecute&symbol=SOL_USDC`)).toBe('side: missing');
    expect(commandIn(`${one}&instruction=orderExecute`)).toBe('symbol: missing');
  });
});
