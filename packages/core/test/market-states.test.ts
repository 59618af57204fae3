import type { MarketStateName } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { summary, Venue } from './venue.js';

const STATES: readonly MarketStateName[] = ['Open', 'LimitOnly', 'PostOnly', 'CancelOnly', 'Closed'];

function venueIn(state: MarketStateName) {
  const venue = new Venue();
  const alice = venue.trader('alice', { USDC: '10000', SOL: '100' });
  venue.limit(alice, 'Bid', '99', '1', { clientId: 1 });
  venue.limit(venue.trader('bob', { SOL: '10' }), 'Ask', '101', '1');
  if (state !== 'Open') venue.setMarketState(state);
  return { venue, alice };
}

describe('what a market takes', () => {
  const REST = ['orderAccepted'];
  const FILL = ['orderAccepted', 'traded', 'orderFilled', 'orderFilled'];
  const orders = {
    'post-only': { price: '98', quantity: '1', postOnly: true },
    limit: { price: '98', quantity: '1' },
    'crossing limit': { price: '101', quantity: '1' },
    market: { quantity: '1' },
  };
  test.each([
    ['Open', 'post-only', REST],
    ['Open', 'limit', REST],
    ['Open', 'crossing limit', FILL],
    ['Open', 'market', FILL],
    ['LimitOnly', 'post-only', REST],
    ['LimitOnly', 'limit', REST],
    ['LimitOnly', 'crossing limit', FILL],
    ['LimitOnly', 'market', ['rejected marketLimitOnly']],
    ['PostOnly', 'post-only', REST],
    ['PostOnly', 'limit', ['rejected marketPostOnly']],
    ['PostOnly', 'crossing limit', ['rejected marketPostOnly']],
    ['PostOnly', 'market', ['rejected marketPostOnly']],
    ['CancelOnly', 'post-only', ['rejected marketCancelOnly']],
    ['CancelOnly', 'market', ['rejected marketCancelOnly']],
    ['Closed', 'limit', ['rejected marketClosed']],
    ['Closed', 'market', ['rejected marketClosed']],
  ] as const)('%s: a %s order', (state, kind, outcome) => {
    const { venue, alice } = venueIn(state);
    expect(summary(venue.order(alice, 'Bid', orders[kind]))).toEqual(outcome);
  });

  test.each(STATES)('%s: owners can always take back their orders', (state) => {
    const { venue, alice } = venueIn(state);
    const symbol = 'SOL_USDC';
    const reduced = venue.command(alice, 'glassOrderReduce', { symbol, orderId: 1, quantity: '0.4' });
    expect(summary(reduced)).toEqual(['orderReduced']);
    expect(summary(venue.command(alice, 'orderCancel', { symbol, clientId: 1 }))).toEqual(['orderCancelled']);
    expect(summary(venue.command(alice, 'orderCancelAll', { symbol }))).toEqual([]);
    expect(venue.balances(alice)).toEqual(['USDC 10000/0', 'SOL 100/0']);
  });

  test('states of one market leave the others alone', () => {
    const { venue, alice } = venueIn('Closed');
    const order = { symbol: 'BTC_USDC', price: '100', quantity: '1' };
    expect(summary(venue.order(alice, 'Bid', order))).toEqual(['orderAccepted']);
  });
});

describe('who may change a state', () => {
  const FREEDOM = ['Closed', 'CancelOnly', 'PostOnly', 'LimitOnly', 'Open'];
  const halted = (state: string) => state === 'Closed' || state === 'CancelOnly';
  const changes = STATES.flatMap((from) => STATES.map((to) => [from, to] as const));

  test.each(changes)('%s → %s', (from, to) => {
    const { venue } = venueIn(from);
    const proposed = summary(venue.propose({ kind: 'setMarketState', symbol: 'SOL_USDC', state: to }));
    if (FREEDOM.indexOf(to) < FREEDOM.indexOf(from)) {
      expect(proposed).toEqual(['marketChanged']);
      return;
    }
    expect(proposed).toEqual(['proposed']);
    const skipsPostOnly = halted(from) && !halted(to) && to !== 'PostOnly';
    expect(summary(venue.approve())).toEqual(
      skipsPostOnly ? ['rejected actionInvalid'] : ['marketChanged', 'approved'],
    );
  });
});
