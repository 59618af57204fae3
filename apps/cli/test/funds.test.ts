import { expect, test } from 'vitest';
import { parseFunds } from '../src/commands/account.js';

test('a list of funds is assets with quantities', () => {
  expect(parseFunds('USDC=1000000, SOL=10.5')).toEqual([
    { symbol: 'USDC', quantity: '1000000' },
    { symbol: 'SOL', quantity: '10.5' },
  ]);
});

test.each(['', 'USDC', 'USDC=', 'USDC=-1', 'USDC=1e6', 'USDC=1,,SOL=2', 'U SDC=1'])(
  '%j is no list of funds',
  (text) => {
    expect(() => parseFunds(text)).toThrow('is not ASSET=QUANTITY');
  },
);
