import { describe, expect, it } from 'vitest';
import { booleanParameters, OPERATIONS, operationOf, problemWith, queryValues } from '../src/index.js';

const ORDER = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '99.5', quantity: '1' };
const BODY = OPERATIONS.placeOrder.body;

describe('a received order', () => {
  it.each([
    ['the least it may carry', { symbol: 'A', side: 'Ask', orderType: 'Market' }],
    ['unknown parameters', { ...ORDER, somethingNew: [1] }],
    ['whole numbers with a trailing point', { ...ORDER, price: '99.' }],
    ['the largest client id', { ...ORDER, clientId: 4294967295 }],
  ])('fits with %s', (_, order) => {
    expect(problemWith(BODY, order)).toBeUndefined();
  });

  it.each([
    [{ side: 'Bid', orderType: 'Limit' }, 'missing parameter `symbol`'],
    [{ ...ORDER, side: 'Buy' }, 'failed to parse parameter `side`: must be one of Bid, Ask'],
    [{ ...ORDER, price: 99.5 }, 'failed to parse parameter `price`: must be string'],
    [{ ...ORDER, price: '-1' }, 'failed to parse parameter `price`'],
    [{ ...ORDER, price: '1e3' }, 'failed to parse parameter `price`'],
    [{ ...ORDER, clientId: 1.5 }, 'failed to parse parameter `clientId`: must be integer'],
    [{ ...ORDER, clientId: 4294967296 }, 'failed to parse parameter `clientId`'],
    [{ ...ORDER, clientId: '7' }, 'failed to parse parameter `clientId`: must be integer'],
    [{ ...ORDER, postOnly: 'true' }, 'failed to parse parameter `postOnly`: must be boolean'],
    [[], 'the request must be object'],
  ])('%o is refused in words', (order, problem) => {
    expect(problemWith(BODY, order)).toContain(problem);
  });

  it('names the element of a batch', () => {
    const body = OPERATIONS.placeOrders.body;
    expect(problemWith(body, [ORDER, { ...ORDER, side: 'x' }])).toContain('`1.side`');
    expect(problemWith(body, [ORDER, { side: 'Bid', orderType: 'Limit' }])).toBe('missing parameter `1.symbol`');
    expect(problemWith(body, [])).toBeDefined();
    expect(problemWith(body, Array(51).fill(ORDER))).toBeDefined();
  });
});

describe('a received query', () => {
  const klines = OPERATIONS.klines.query;
  const fills = OPERATIONS.fillHistory.query;

  it('is typed after its schema, lists from repeated names, otherwise the last value', () => {
    const values = queryValues(fills, [
      ['marketType', 'SPOT'],
      ['limit', '5'],
      ['limit', '10'],
      ['marketType', 'PERP'],
      ['from', '-5'],
      ['unknown', 'x'],
    ]);
    expect(values).toEqual({ marketType: ['SPOT', 'PERP'], limit: 10, from: -5 });
    expect(problemWith(fills, values)).toBeUndefined();
  });

  it.each([
    ['startTime', '1.5'],
    ['startTime', ''],
    ['startTime', '12345678901234567890'],
    ['interval', '7m'],
  ])('reports %s = `%s`', (name, text) => {
    const values = queryValues(klines, [
      ['symbol', 'A'],
      ['interval', '1m'],
      ['startTime', '0'],
      [name, text],
    ]);
    expect(problemWith(klines, values)).toContain(`failed to parse parameter \`${name}\``);
  });

  it('knows which parameters are booleans', () => {
    expect(booleanParameters(OPERATIONS.deposits.query)).toEqual(new Set(['excludePlatform']));
  });
});

describe('answers are exact', () => {
  it('a field too many is a defect', () => {
    const balance = { available: '1', locked: '0', staked: '0' };
    const { response } = operationOf('balances');
    expect(response && problemWith(response, { USDC: balance })).toBeUndefined();
    expect(response && problemWith(response, { USDC: { ...balance, lent: '0' } })).toBeDefined();
    expect(response && problemWith(response, { USDC: { available: '1', locked: '0' } })).toBeDefined();
  });
});
