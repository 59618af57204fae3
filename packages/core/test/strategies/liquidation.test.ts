import { expect, test } from 'vitest';
import { openOrderViews, strategyViews } from '../../src/index.js';
import { LiquidationVenue, SOL } from '../liquidation/liquidation-venue.js';
import { story } from './strategy-venue.js';

test('a strategy ends when its account is liquidated, with its open orders, before any order of the exchange', () => {
  const venue = new LiquidationVenue();
  const maker = venue.trader('maker', { USDC: '10000000' });
  const alice = venue.trader('alice', { USDC: '2000' });
  venue.trade(alice, maker, SOL, '150', '200');
  venue.command(alice, 'strategyCreate', {
    symbol: SOL,
    side: 'Bid',
    strategyType: 'Scheduled',
    quantity: '0.06',
    price: '100',
    duration: 60_000,
    interval: 10_000,
  });
  venue.limit(maker, 'Bid', '140', '1000', { symbol: SOL });
  expect(strategyViews(venue.state, venue.accountOf(alice))).toHaveLength(1);
  const told = story(venue.price(SOL, 141));
  expect(told.slice(0, 2)).toEqual(['order cancelled', '1 terminated Liquidation']);
  expect(strategyViews(venue.state, venue.accountOf(alice))).toEqual([]);
  expect(openOrderViews(venue.state, venue.accountOf(alice))).toEqual([]);
});
