import { ORDER_TYPE, SIDE, TIME_IN_FORCE, TRIGGER_BY } from '@glasshouse/protocol';
import type { Parameters } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import {
  accountView,
  openOrderViews,
  triggerOrderByClientId,
  triggerOrderView,
  triggerOrderViews,
} from '../../src/index.js';
import { PERP, SPOT, story, TriggerVenue } from './trigger-venue.js';

function venueAt(price: string, symbol = SPOT) {
  const venue = new TriggerVenue();
  venue.print(price, symbol);
  return { venue, alice: venue.trader('alice', { USDC: '100000', SOL: '100' }) };
}

describe('an order with a trigger price', () => {
  test('waits under an id of its own, shown with all its terms', () => {
    const { venue, alice } = venueAt('100');
    const terms = { price: '94.5', clientId: 7, timeInForce: 'IOC', selfTradePrevention: 'RejectMaker' };
    const [event] = venue.stop(alice, 'Ask', '95', '2.5', terms);
    const order = triggerOrderView(venue.state, 3);
    expect(order).toMatchObject({
      orderId: 3,
      accountId: venue.accountOf(alice),
      clientId: 7,
      side: SIDE.ask,
      orderType: ORDER_TYPE.limit,
      timeInForce: TIME_IN_FORCE.immediateOrCancel,
      priceTicks: 9_450,
      triggerTicks: 9_500,
      triggerBy: TRIGGER_BY.last,
      whenRising: false,
      sizeLots: 250,
      positionShare: 0,
      parentOrderId: 0,
      status: 'waiting',
    });
    expect(event).toEqual({ kind: 'triggerOrderAccepted', index: 0, order });
    expect(triggerOrderViews(venue.state, venue.accountOf(alice), order?.marketId)).toEqual([order]);
    expect(triggerOrderViews(venue.state, venue.accountOf(alice), 1)).toEqual([]);
    expect(triggerOrderByClientId(venue.state, venue.accountOf(alice), 7)).toEqual(order);
    expect(openOrderViews(venue.state, venue.accountOf(alice))).toEqual([]);
    expect(accountView(venue.state, venue.accountOf(alice))).toMatchObject({ openOrders: 0, triggerOrders: 1 });
  });

  test('locks nothing while it waits', () => {
    const { venue, alice } = venueAt('100');
    const before = venue.balances(alice);
    venue.stop(alice, 'Bid', '105', '1000000', { price: '106' });
    venue.stop(alice, 'Ask', '95', '1000');
    expect(venue.balances(alice)).toEqual(before);
  });

  test.each([
    ['101', true],
    ['99', false],
  ])('at %s waits for the price to come from where it stands', (triggerPrice, whenRising) => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Bid', triggerPrice, '1');
    expect(triggerOrderView(venue.state, 3)?.whenRising).toBe(whenRising);
  });

  test('may come while the market only takes limit or post-only orders', () => {
    const { venue, alice } = venueAt('100');
    venue.setMarketState('PostOnly');
    expect(story(venue.stop(alice, 'Ask', '95', '1'))).toEqual(['3 waits']);
  });

  const CONFLICTS: readonly (readonly [string, string, Parameters])[] = [
    ['quantity for triggerQuantity', SPOT, { triggerPrice: '95', quantity: '1' }],
    ['no trigger price', SPOT, { triggerQuantity: '1' }],
    ['a kind of price without a price', SPOT, { quantity: '1', triggerBy: 'MarkPrice' }],
    ['two quantities', SPOT, { triggerPrice: '95', triggerQuantity: '1', quantity: '2' }],
    ['a quote quantity', SPOT, { triggerPrice: '95', triggerQuantity: '1', quoteQuantity: '2' }],
    ['a share on a spot market', SPOT, { triggerPrice: '95', triggerQuantity: '50%' }],
    ['a share and a quantity', PERP, { triggerPrice: '95', triggerQuantity: '50%', quantity: '1' }],
    ['reduce-only on a spot market', SPOT, { triggerPrice: '95', triggerQuantity: '1', reduceOnly: true }],
    ['an exit without trigger price', SPOT, { quantity: '1', takeProfitLimitPrice: '110' }],
    ['a loss without trigger price', SPOT, { quantity: '1', stopLossTriggerBy: 'LastPrice' }],
    ['exits the wrong way round', SPOT, { quantity: '1', takeProfitTriggerPrice: '90', stopLossTriggerPrice: '95' }],
    ['exits at one price', SPOT, { quantity: '1', takeProfitTriggerPrice: '95', stopLossTriggerPrice: '95.0' }],
    ['exits of what closes', PERP, { quantity: '1', reduceOnly: true, stopLossTriggerPrice: '90' }],
    ['exits of a share', PERP, { triggerPrice: '95', triggerQuantity: '50%', stopLossTriggerPrice: '90' }],
    ['a kind of tolerance alone', SPOT, { quantity: '1', slippageToleranceType: 'Percent' }],
    ['half a tick of tolerance', SPOT, { quantity: '1', slippageTolerance: '1.5', slippageToleranceType: 'TickSize' }],
    ['a tolerance too fine', SPOT, { quantity: '1', slippageTolerance: '0.0000001' }],
    ['a limit order with a tolerance', SPOT, { price: '100', quantity: '1', slippageTolerance: '1' }],
  ];
  test.each(CONFLICTS)('is refused for %s', (_, symbol, parameters) => {
    const { venue, alice } = venueAt('100', symbol);
    expect(story(venue.order(alice, 'Bid', { symbol, ...parameters }))).toEqual(['rejected parameterConflict']);
  });

  test('takes the same quantity told twice', () => {
    const { venue, alice } = venueAt('100');
    expect(story(venue.stop(alice, 'Ask', '95', '1', { quantity: '1.00' }))).toEqual(['3 waits']);
  });

  const REFUSED: readonly (readonly [string, Parameters, object])[] = [
    ['priceNotOnTick', { triggerPrice: '95.001' }, { price: '95.001', tickSize: '0.01' }],
    ['priceNotOnTick', { stopLossTriggerPrice: '94.001' }, { price: '94.001', tickSize: '0.01' }],
    [
      'priceNotOnTick',
      { takeProfitLimitPrice: '111.001', takeProfitTriggerPrice: '110' },
      { price: '111.001', tickSize: '0.01' },
    ],
    ['priceAboveMaximum', { triggerPrice: '2000.01' }, { price: '2000.01', maxPrice: '2000' }],
    ['quantityNotOnStep', { triggerQuantity: '0.001' }, { quantity: '0.001', stepSize: '0.01' }],
    ['quantityNotOnStep', { triggerQuantity: '33.333%' }, { quantity: '33.333%', stepSize: '0.01%' }],
    ['quantityAboveMaximum', { triggerQuantity: '100.01%' }, { quantity: '100.01%', maxQuantity: '100%' }],
    ['quantityAboveMaximum', { triggerQuantity: '1000000.01' }, { quantity: '1000000.01', maxQuantity: '1000000' }],
    ['triggerWouldFireAtOnce', { triggerPrice: '150' }, { triggerPrice: '150', price: '150' }],
    ['triggerWouldFireAtOnce', { triggerPrice: '150', triggerBy: 'MarkPrice' }, { triggerPrice: '150', price: '150' }],
    ['triggerWouldFireAtOnce', { stopLossTriggerPrice: '140' }, { triggerPrice: '140', price: '140' }],
  ];
  test.each(REFUSED)('is refused with %s for %o', (reason, parameters, details) => {
    const { venue, alice } = venueAt('150', PERP);
    const [event] = venue.stop(alice, 'Bid', '140', '1', { symbol: PERP, ...parameters });
    expect(event).toMatchObject({ kind: 'rejected', reason, details });
    expect(venue.waiting(alice)).toEqual([]);
  });

  test('is refused when nothing has told the price that it waits for', () => {
    const venue = new TriggerVenue();
    const alice = venue.trader('alice');
    for (const triggerBy of ['LastPrice', 'MarkPrice', 'IndexPrice']) {
      expect(story(venue.stop(alice, 'Ask', '95', '1', { triggerBy }))).toEqual(['rejected priceUnknown']);
    }
  });

  test('shares its client id with nothing open or waiting', () => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Ask', '95', '1', { clientId: 7 });
    expect(story(venue.stop(alice, 'Ask', '94', '1', { clientId: 7 }))).toEqual(['rejected clientIdInUse']);
    expect(story(venue.limit(alice, 'Bid', '90', '1', { clientId: 7 }))).toEqual(['rejected clientIdInUse']);
    venue.limit(alice, 'Bid', '90', '1', { clientId: 8 });
    expect(story(venue.stop(alice, 'Ask', '94', '1', { clientId: 8 }))).toEqual(['rejected clientIdInUse']);
  });

  test('counts against the limit on open orders, and so do exits', () => {
    const { venue, alice } = venueAt('100');
    const settings = { ...venue.state.settings, maxOpenOrdersPerAccount: 4 };
    venue.decide({ kind: 'setSettings', settings });
    venue.stop(alice, 'Ask', '95', '1');
    venue.limit(alice, 'Bid', '90', '1', { stopLossTriggerPrice: '80' });
    expect(story(venue.stop(alice, 'Ask', '94', '1', { takeProfitTriggerPrice: '80' }))).toEqual([
      'rejected openOrderLimit',
    ]);
    expect(story(venue.stop(alice, 'Ask', '94', '1'))).toEqual(['5 waits']);
    const [event] = venue.limit(alice, 'Bid', '91', '1');
    expect(event).toMatchObject({ reason: 'openOrderLimit', details: { openOrders: 4, limit: 4 } });
  });
});

describe('cancelling', () => {
  function withBoth() {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Ask', '95', '1', { clientId: 7 });
    venue.limit(alice, 'Bid', '90', '1');
    return { venue, alice };
  }

  test.each([
    ['its id', { orderId: 3 }],
    ['its client id', { clientId: 7 }],
  ])('by %s takes a waiting order back', (_, id) => {
    const { venue, alice } = withBoth();
    const events = venue.command(alice, 'orderCancel', { symbol: SPOT, ...id });
    expect(events).toEqual([expect.objectContaining({ kind: 'triggerOrderChanged', reason: undefined })]);
    expect(venue.waiting(alice)).toEqual([]);
    expect(story(venue.stop(alice, 'Ask', '95', '1', { clientId: 7 }))).toEqual(['5 waits']);
  });

  test.each([
    ['in another market', 'BTC_USDC', 'alice'],
    ['of somebody else', SPOT, 'market maker'],
  ])('does not find one %s', (_, symbol, name) => {
    const { venue } = withBoth();
    const events = venue.command(venue.keyOf(name), 'orderCancel', { symbol, orderId: 3 });
    expect(story(events)).toEqual(['rejected orderUnknown']);
  });

  test.each([
    ['ConditionalOrder', ['3 cancelled']],
    ['RestingLimitOrder', ['4 cancelled']],
    [undefined, ['4 cancelled', '3 cancelled']],
  ])('all of type %s', (orderType, told) => {
    const { venue, alice } = withBoth();
    const narrowed = orderType === undefined ? {} : { orderType };
    expect(story(venue.command(alice, 'orderCancelAll', { symbol: SPOT, ...narrowed }))).toEqual(told);
  });

  test('happens to everything of a customer who becomes the operator', () => {
    const { venue, alice } = withBoth();
    const customerId = accountView(venue.state, venue.accountOf(alice))?.customerId ?? 0;
    expect(story(venue.decide({ kind: 'markOperatorCustomer', customerId }))).toEqual(['4 cancelled', '3 cancelled']);
  });

  test('a waiting order cannot be reduced', () => {
    const { venue, alice } = withBoth();
    const events = venue.command(alice, 'glassOrderReduce', { symbol: SPOT, orderId: 3, quantity: '0.5' });
    expect(story(events)).toEqual(['rejected orderUnknown']);
  });
});
