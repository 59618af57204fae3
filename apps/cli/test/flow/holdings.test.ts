import { describe, expect, test } from 'vitest';
import { Holdings } from '../../src/flow/holdings.js';

const twoOrders = () => {
  const holdings = new Holdings();
  holdings.add('A', 1, 100);
  holdings.add('B', 2, 50);
  return holdings;
};

describe('what our orders stand for', () => {
  test('follows the record as long as its executions hit the head of our queue', () => {
    const holdings = twoOrders();
    expect(holdings.fill('A', 1, 60)).toBe(0);
    expect(holdings.lots('A')).toBe(40);
    expect(holdings.take('A', 40)).toEqual([{ orderId: 1, lots: 40 }]);
    expect(holdings.has('A')).toBe(false);
  });

  test('is swapped when the record names another order than the one that was filled', () => {
    const holdings = twoOrders();
    expect(holdings.fill('B', 1, 50)).toBe(50);
    expect(holdings.lots('B')).toBe(0);
    expect(holdings.lots('A')).toBe(100);
    expect(holdings.take('A', 100)).toEqual([
      { orderId: 2, lots: 50 },
      { orderId: 1, lots: 50 },
    ]);
  });

  test('never gains or loses a lot by swapping', () => {
    const holdings = twoOrders();
    holdings.fill('B', 1, 30);
    holdings.fill('A', 2, 10);
    expect(holdings.lots('A') + holdings.lots('B')).toBe(110);
  });

  test('leaves an order that it does not know alone', () => {
    const holdings = twoOrders();
    expect(holdings.take('C', 5)).toEqual([]);
    expect(holdings.fill('C', 1, 20)).toBe(20);
    expect(holdings.lots('A')).toBe(80);
  });
});
