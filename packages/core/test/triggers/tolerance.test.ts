import { describe, expect, test } from 'vitest';
import { PERP, SPOT, story, TriggerVenue } from './trigger-venue.js';

const IMPACT = 'expired PriceImpact';

function venueWith(symbol: string, side: 'Bid' | 'Ask', prices: readonly string[]) {
  const venue = new TriggerVenue();
  const alice = venue.trader('alice', { USDC: '100000', SOL: '100' });
  for (const price of prices) venue.limit(venue.makerKey, side, price, '1', { symbol });
  return { venue, alice };
}

describe('a market order with a slippage tolerance', () => {
  const ticks = (count: string) => ({ slippageTolerance: count, slippageToleranceType: 'TickSize' });
  const percent = (count: string) => ({ slippageTolerance: count, slippageToleranceType: 'Percent' });
  test.each([
    ['10 ticks', ticks('10'), 2],
    ['9 ticks', ticks('9'), 1],
    ['a tenth of a percent', percent('0.1'), 2],
    ['less than a tenth of a percent', percent('0.099999'), 1],
    ['half a percent', { slippageTolerance: '0.5' }, 3],
    ['more than the impact band', percent('50'), 3],
    ['more than all prices', percent('100000000'), 3],
    ['more ticks than there are', ticks('9000000000'), 3],
  ])('of %s buys up to there and no further', (_, tolerance, fills) => {
    const { venue, alice } = venueWith(SPOT, 'Ask', ['100', '100.1', '100.5', '102']);
    const told = story(venue.order(alice, 'Bid', { quantity: '4', ...tolerance }));
    expect(told).toEqual(['5 accepted', ...Array(fills).fill('5 filled 100'), `5 ${IMPACT}`]);
  });

  test.each([
    ['10 ticks', ticks('10'), 2],
    ['9 ticks', ticks('9'), 1],
    ['a tenth of a percent', percent('0.1'), 2],
    ['less than a tenth of a percent', percent('0.099999'), 1],
    ['all of it', percent('100'), 3],
  ])('of %s sells down to there and no further', (_, tolerance, fills) => {
    const { venue, alice } = venueWith(SPOT, 'Bid', ['100', '99.9', '99.5', '98']);
    const told = story(venue.order(alice, 'Ask', { quantity: '4', ...tolerance }));
    expect(told).toEqual(['5 accepted', ...Array(fills).fill('5 filled 100'), `5 ${IMPACT}`]);
  });

  test('need not be able to pay for what lies beyond it', () => {
    const { venue } = venueWith(SPOT, 'Ask', ['100', '100.9']);
    const bob = venue.trader('bob', { USDC: '101' });
    expect(story(venue.order(bob, 'Bid', { quantity: '2' }))).toEqual(['rejected insufficientFunds']);
    expect(story(venue.order(bob, 'Bid', { quantity: '2', ...ticks('5') }))).toEqual([
      '3 accepted',
      '3 filled 100',
      `3 ${IMPACT}`,
    ]);
  });

  test('fills or is killed within it', () => {
    const { venue, alice } = venueWith(PERP, 'Ask', ['150', '150.2']);
    const order = { symbol: PERP, quantity: '2', timeInForce: 'FOK' };
    expect(story(venue.order(alice, 'Bid', { ...order, ...ticks('19') }))).toEqual([
      '3 accepted',
      '3 expired FillOrKill',
    ]);
    expect(story(venue.order(alice, 'Bid', { ...order, ...ticks('20') })).at(-1)).toBe('4 filled 100');
  });

  test('keeps it while it waits for its trigger: the best price is that of its firing', () => {
    const { venue, alice } = venueWith(SPOT, 'Ask', ['101', '101.2']);
    venue.print('100');
    venue.stop(alice, 'Bid', '100.5', '2', percent('0.1'));
    expect(story(venue.print('100.5')).slice(-4)).toEqual(['5 triggered', '5 accepted', '5 filled 100', `5 ${IMPACT}`]);
  });
});
