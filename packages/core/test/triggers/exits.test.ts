import { ORDER_TYPE, SIDE, TRIGGER_BY } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { triggerOrderView, triggerOrderViews } from '../../src/index.js';
import { PERP, SPOT, story, TriggerVenue } from './trigger-venue.js';

const EXITS = { takeProfitTriggerPrice: '160', stopLossTriggerPrice: '140' };
const BY_MARK = { ...EXITS, takeProfitTriggerBy: 'MarkPrice', stopLossTriggerBy: 'MarkPrice' };

/** SOL at 150 everywhere; the next order is the third. */
function venueAt150(symbol = PERP) {
  const venue = new TriggerVenue();
  venue.print('150', symbol);
  const alice = venue.trader('alice', { USDC: '100000', SOL: '100' });
  const sell = (price: string, quantity: string) => venue.limit(venue.makerKey, 'Ask', price, quantity, { symbol });
  const buy = (price: string, quantity: string) => venue.limit(venue.makerKey, 'Bid', price, quantity, { symbol });
  return { venue, alice, sell, buy };
}

/** Alice has bought 10 by order 3, with exits 5 and 6. */
function longWithExits(exits = BY_MARK) {
  const { venue, alice, sell, buy } = venueAt150();
  venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...exits });
  return { venue, alice, sell, buy, events: sell('150', '10') };
}

describe('exits', () => {
  test('are not there before the parent fills', () => {
    const { venue, alice } = venueAt150();
    expect(story(venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...EXITS }))).toEqual(['3 accepted']);
    expect(venue.waiting(alice)).toEqual([]);
  });

  test('go with a parent that is cancelled with nothing filled', () => {
    const { venue, alice, sell } = venueAt150();
    venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...EXITS });
    venue.command(alice, 'orderCancel', { symbol: PERP, orderId: 3 });
    expect(venue.state.exits.size).toBe(0);
    sell('150', '1');
    expect(venue.waiting(alice)).toEqual([]);
  });

  test('come alive with the fill: on the other side, reduce-only, bound to the parent', () => {
    const { venue, alice, events } = longWithExits({ ...BY_MARK, takeProfitLimitPrice: '159' } as typeof BY_MARK);
    expect(story(events)).toEqual(['4 accepted', '4 filled 1000', '5 waits', '6 waits']);
    const common = { side: SIDE.ask, reduceOnly: true, parentOrderId: 3, sizeLots: 1_000, triggerBy: TRIGGER_BY.mark };
    expect(triggerOrderViews(venue.state, venue.accountOf(alice))).toMatchObject([
      {
        ...common,
        orderId: 5,
        triggerTicks: 16_000,
        whenRising: true,
        orderType: ORDER_TYPE.limit,
        priceTicks: 15_900,
      },
      { ...common, orderId: 6, triggerTicks: 14_000, whenRising: false, orderType: ORDER_TYPE.market, priceTicks: 0 },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'triggerOrderAccepted', index: -1 }));
  });

  test('come alive with an order that takes', () => {
    const { venue, alice, sell } = venueAt150();
    sell('150', '4');
    const told = story(venue.order(alice, 'Bid', { symbol: PERP, quantity: '5', ...EXITS }));
    expect(told).toEqual(['4 accepted', '4 filled 400', '4 expired InsufficientLiquidity', '5 waits', '6 waits']);
    expect(venue.waiting(alice)).toEqual(['5 up to 16000 for 400', '6 down to 14000 for 400']);
    expect(venue.state.exits.size).toBe(0);
  });

  test('of a short are below for the profit and above for the loss', () => {
    const { venue, alice, buy } = venueAt150();
    buy('150', '1');
    const exits = { takeProfitTriggerPrice: '140', stopLossTriggerPrice: '160' };
    venue.order(alice, 'Ask', { symbol: PERP, quantity: '1', ...exits });
    expect(venue.waiting(alice)).toEqual(['5 down to 14000 for 100', '6 up to 16000 for 100']);
  });

  test('grow with the parent, and stay as they are when the rest of it is cancelled', () => {
    const { venue, alice, sell } = venueAt150();
    venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...EXITS });
    sell('150', '2');
    expect(story(sell('150', '3'))).toEqual(['7 accepted', '7 filled 300', '5 waiting', '6 waiting']);
    expect(venue.waiting(alice)).toEqual(['5 up to 16000 for 500', '6 down to 14000 for 500']);
    venue.command(alice, 'orderCancel', { symbol: PERP, orderId: 3 });
    expect(venue.waiting(alice)).toEqual(['5 up to 16000 for 500', '6 down to 14000 for 500']);
  });

  test('one cancels the other when it fires', () => {
    const { venue, alice, buy } = longWithExits();
    buy('140', '100');
    expect(story(venue.sample(140))).toEqual(['6 triggered', '6 accepted', '6 filled 1000', '5 cancelled']);
    expect(venue.waiting(alice)).toEqual([]);
    expect(venue.position(alice, PERP)).toBeUndefined();
  });

  test('begin anew with what the parent fills after one has fired', () => {
    const { venue, alice, sell, buy } = venueAt150();
    venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...BY_MARK });
    sell('150', '4');
    buy('149', '4');
    venue.sample(160);
    venue.sample(150);
    sell('150', '3');
    expect(venue.waiting(alice)).toEqual(['9 up to 16000 for 300', '10 down to 14000 for 300']);
  });

  test('go when the position is gone, and both at once', () => {
    const { venue, alice, buy } = longWithExits();
    buy('149', '10');
    expect(story(venue.order(alice, 'Ask', { symbol: PERP, quantity: '10' }))).toEqual([
      '8 accepted',
      '8 filled 1000',
      '5 cancelled StopWithoutPosition',
      '6 cancelled StopWithoutPosition',
    ]);
  });

  test('stay for what is left when a part of the position is closed, and close no more than that', () => {
    const { venue, alice, buy } = longWithExits();
    buy('149', '6');
    venue.order(alice, 'Ask', { symbol: PERP, quantity: '6' });
    expect(venue.waiting(alice)).toEqual(['5 up to 16000 for 1000', '6 down to 14000 for 1000']);
    buy('140', '100');
    venue.sample(140);
    expect(venue.position(alice, PERP)).toBeUndefined();
  });

  test('of an order that closed a position instead of opening one never come', () => {
    const { venue, alice, sell, buy } = venueAt150();
    buy('150', '10');
    venue.order(alice, 'Ask', { symbol: PERP, quantity: '10' });
    sell('150', '4');
    venue.order(alice, 'Bid', { symbol: PERP, quantity: '4', ...EXITS });
    expect(venue.waiting(alice)).toEqual([]);
  });

  test('one that its owner cancels does not come again, the other one stays and grows', () => {
    const { venue, alice, sell } = venueAt150();
    venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...EXITS });
    sell('150', '2');
    venue.command(alice, 'orderCancel', { symbol: PERP, orderId: 5 });
    sell('150', '3');
    expect(venue.waiting(alice)).toEqual(['6 down to 14000 for 500']);
  });

  test('one that is refused leaves the other in place', () => {
    const { venue, alice } = venueAt150(SPOT);
    venue.limit(venue.makerKey, 'Ask', '150', '1');
    venue.order(alice, 'Bid', { quantity: '1', ...EXITS });
    venue.command(alice, 'glassTransfer', { toAccountId: emptied(venue, alice), symbol: 'SOL', quantity: '101' });
    venue.limit(venue.makerKey, 'Bid', '140', '1');
    expect(story(venue.print('160')).slice(2)).toEqual(['5 triggered', '5 expired insufficientFunds']);
    expect(venue.waiting(alice)).toEqual(['6 down to 14000 for 100']);
  });

  test('fire at once when the price is beyond them already as they come alive', () => {
    const { venue, alice, sell, buy } = venueAt150();
    venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...BY_MARK });
    venue.mark(PERP, 139);
    buy('149', '10');
    expect(story(sell('150', '10')).slice(2)).toEqual([
      '6 waits',
      '7 waits',
      '7 triggered',
      '7 accepted',
      '7 filled 1000',
      '6 cancelled',
    ]);
  });

  test('sell what a spot order bought', () => {
    const { venue, alice } = venueAt150(SPOT);
    venue.limit(venue.makerKey, 'Ask', '150', '3');
    venue.order(alice, 'Bid', { quantity: '3', ...EXITS });
    expect(triggerOrderView(venue.state, 5)).toMatchObject({ side: SIDE.ask, reduceOnly: false, sizeLots: 300 });
    venue.limit(venue.otherKey, 'Bid', '159.5', '3');
    expect(story(venue.print('160')).slice(2)).toEqual(['5 triggered', '5 accepted', '5 filled 300', '6 cancelled']);
  });

  test('wait with a trigger order, and come alive when it has fired and filled', () => {
    const { venue, alice, sell } = venueAt150();
    const exits = { takeProfitTriggerPrice: '165', stopLossTriggerPrice: '150' };
    venue.stop(alice, 'Bid', '155', '2', { symbol: PERP, triggerBy: 'MarkPrice', ...exits });
    expect(triggerOrderView(venue.state, 3)).toMatchObject({
      takeProfit: { triggerTicks: 16_500, triggerBy: TRIGGER_BY.last, priceTicks: 0 },
      stopLoss: { triggerTicks: 15_000, triggerBy: TRIGGER_BY.last, priceTicks: 0 },
    });
    sell('155', '2');
    expect(story(venue.sample(155))).toEqual(['3 triggered', '3 accepted', '3 filled 200', '5 waits', '6 waits']);
  });

  test.each([
    ['a profit below where a bid begins to fill', 'Bid', '150', { takeProfitTriggerPrice: '149' }],
    ['a loss above where a bid begins to fill', 'Bid', '150', { stopLossTriggerPrice: '151' }],
    ['a loss above the limit of a bid', 'Bid', '140', { stopLossTriggerPrice: '145' }],
    ['a profit below the best ask', 'Bid', '170', { takeProfitTriggerPrice: '150.5' }],
    ['a profit above where an ask begins to fill', 'Ask', '150', { takeProfitTriggerPrice: '151' }],
    ['a loss below where an ask begins to fill', 'Ask', '155', { stopLossTriggerPrice: '154' }],
  ] as const)('%s: the order is refused', (_, side, price, exits) => {
    const { venue, alice, sell } = venueAt150();
    sell('151', '1');
    const events = venue.limit(alice, side, price, '1', { symbol: PERP, ...exits });
    expect(story(events)).toEqual(['rejected triggerWouldFireAtOnce']);
  });

  test('that wait for a mark that a spot market does not have are refused with their order', () => {
    const { venue, alice } = venueAt150(SPOT);
    const events = venue.limit(alice, 'Bid', '150', '1', {
      stopLossTriggerPrice: '140',
      stopLossTriggerBy: 'MarkPrice',
    });
    expect(story(events)).toEqual(['rejected priceUnknown']);
  });
});

/** Where the customer can put things out of the account's reach. */
function emptied(venue: TriggerVenue, keyId: number): number {
  venue.command(keyId, 'glassSubaccountCreate', { publicKey: venue.state.keys.publicKey[1]?.replace(/^./, 'Q') ?? '' });
  return venue.state.accounts.count;
}
