import { ORDER_STATUS } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { nextTimerUs, openOrderView, openOrderViews, triggerOrderView } from '../../src/index.js';
import { PERP, SPOT, story, TriggerVenue } from './trigger-venue.js';

function venueAt(price: string, symbol = SPOT) {
  const venue = new TriggerVenue();
  venue.print(price, symbol);
  const alice = venue.trader('alice', { USDC: '100000', SOL: '100' });
  return { venue, alice };
}

/** Alice is long 10 SOL in futures. */
function longVenue() {
  const { venue, alice } = venueAt('150', PERP);
  venue.trade(alice, venue.makerKey, PERP, '150', '10');
  const nextId = venue.state.lastOrderId + 1;
  return { venue, alice, nextId };
}

describe('a trigger order fires', () => {
  test('as an ordinary order under its id, with all its terms', () => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Ask', '95', '2', { price: '96', postOnly: true, clientId: 9 });
    expect(story(venue.print('95.01'))).not.toContain('3 triggered');
    const events = venue.print('95');
    expect(story(events)).toEqual(['7 accepted', '7 filled 1', '3 triggered', '3 accepted']);
    expect(events.find((event) => event.kind === 'orderAccepted' && event.order.orderId === 3)).toMatchObject({
      index: -1,
    });
    expect(openOrderView(venue.state, 3)).toMatchObject({
      clientId: 9,
      priceTicks: 9_600,
      sizeLots: 200,
      postOnly: true,
      status: ORDER_STATUS.new,
    });
    expect(triggerOrderView(venue.state, 3)).toBeUndefined();
    expect(venue.balances(alice)).toContain('SOL 0/2');
  });

  test.each([
    ['rising', '105', '104.99', '105'],
    ['rising past it', '105', '104.99', '109'],
    ['falling', '95', '95.01', '95'],
    ['falling past it', '95', '95.01', '91'],
  ])('when the last price reaches it %s', (_, trigger, before, at) => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Bid', trigger, '1');
    venue.print(before);
    expect(venue.waiting(alice)).toHaveLength(1);
    venue.print(at);
    expect(venue.waiting(alice)).toEqual([]);
  });

  test.each(['MarkPrice', 'IndexPrice'])('by the %s of a sample, and not by what trades', (triggerBy) => {
    const { venue, alice } = venueAt('150', PERP);
    venue.stop(alice, 'Bid', '151.1', '1', { symbol: PERP, triggerBy });
    venue.print('152', PERP);
    expect(story(venue.sample(151.09))).toEqual([]);
    expect(story(venue.sample(151.1))).toEqual(['3 triggered', '3 accepted', '3 expired InsufficientLiquidity']);
  });

  test('by a mark that is told by feeds, within the command that the second has passed before', () => {
    const { venue, alice } = venueAt('150', PERP);
    const { state } = venue;
    state.schedule.nextSampleUs = (state.timeUs + 1_000_000) as typeof state.schedule.nextSampleUs;
    venue.stop(alice, 'Bid', '150.01', '1', { symbol: PERP, triggerBy: 'IndexPrice' });
    venue.report('150.2');
    expect(story(venue.pass(1_000))).toEqual(['3 triggered', '3 accepted', '3 expired InsufficientLiquidity']);
  });

  test('in the order of triggers, then of ids', () => {
    const { venue, alice } = venueAt('100');
    for (const trigger of ['103', '101', '102', '101']) venue.stop(alice, 'Bid', trigger, '1', { price: '50' });
    expect(story(venue.print('103')).filter((line) => line.endsWith('triggered'))).toEqual([
      '4 triggered',
      '6 triggered',
      '5 triggered',
      '3 triggered',
    ]);
  });

  test('for its own account, whoever has sent the command', () => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Ask', '95', '200');
    const events = venue.print('95');
    expect(events.filter(({ kind }) => kind === 'rejected')).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({
        kind: 'triggerOrderChanged',
        order: expect.objectContaining({ orderId: 3, accountId: venue.accountOf(alice), status: 'expired' }),
        reason: 'insufficientFunds',
        details: { asset: 'SOL', required: '200', available: '100' },
      }),
    );
  });

  test('and wakes others with what it trades, whose price was reached even if it has moved on', () => {
    const { venue, alice } = venueAt('100');
    venue.limit(venue.makerKey, 'Bid', '96', '1');
    venue.limit(venue.makerKey, 'Bid', '95.9', '1');
    venue.stop(alice, 'Ask', '98', '2');
    venue.stop(alice, 'Ask', '95.9', '1');
    venue.stop(alice, 'Bid', '95.9', '1', { price: '50' });
    expect(story(venue.print('98')).slice(2)).toEqual([
      '5 triggered',
      '5 accepted',
      '5 filled 100',
      '5 filled 100',
      '6 triggered',
      '6 accepted',
      '6 expired InsufficientLiquidity',
      '7 triggered',
      '7 accepted',
    ]);
  });

  test('never while its market is halted, but at the first price after that', () => {
    const { venue, alice } = venueAt('150', PERP);
    venue.stop(alice, 'Ask', '140', '1', { symbol: PERP, triggerBy: 'MarkPrice', price: '139' });
    venue.setMarketState('PostOnly', PERP);
    expect(story(venue.sample(139))).toEqual([]);
    venue.setMarketState('Open', PERP);
    expect(story(venue.sample(138))).toEqual(['3 triggered', '3 accepted']);
  });

  test('with a place among its account’s orders by its id', () => {
    const { venue, alice } = venueAt('100');
    venue.stop(alice, 'Bid', '95', '1', { price: '90' });
    venue.limit(alice, 'Bid', '90', '1');
    venue.print('95');
    expect(openOrderViews(venue.state, venue.accountOf(alice)).map(({ orderId }) => orderId)).toEqual([3, 4]);
    expect(story(venue.command(alice, 'orderCancelAll', { symbol: SPOT }))).toEqual(['3 cancelled', '4 cancelled']);
  });

  test('a few hundred in one command, and the others in those that follow', () => {
    const { venue, alice } = venueAt('100');
    for (let count = 0; count < 300; count += 1) venue.stop(alice, 'Bid', '95', '0.01', { price: '50' });
    venue.pass(1);
    const fired = (events: ReturnType<TriggerVenue['print']>) =>
      story(events).filter((line) => line.endsWith('triggered')).length;
    expect(fired(venue.print('95'))).toBe(250);
    expect(nextTimerUs(venue.state)).toBe(venue.state.timeUs + 1_000);
    expect(venue.waiting(alice)).toHaveLength(50);
    const last = venue.state.triggers.inOrder().at(-1)?.orderId ?? 0;
    expect(story(venue.command(alice, 'orderCancel', { symbol: SPOT, orderId: last }))[0]).toBe(`${last} cancelled`);
    expect(venue.waiting(alice)).toEqual([]);
    expect(fired(venue.pass(1))).toBe(0);
  });
});

describe('what closes a position', () => {
  test.each([
    ['50%', 500],
    ['33.33%', 333],
    ['100%', 1_000],
  ])('for %s of it is cut down to lots when it fires', (triggerQuantity, lots) => {
    const { venue, alice, nextId } = longVenue();
    venue.limit(venue.makerKey, 'Bid', '149', '100', { symbol: PERP });
    venue.stop(alice, 'Ask', '140', triggerQuantity, { symbol: PERP, triggerBy: 'MarkPrice' });
    expect(triggerOrderView(venue.state, nextId + 1)).toMatchObject({ sizeLots: 0, reduceOnly: true });
    expect(story(venue.sample(140)).at(-1)).toBe(`${nextId + 1} filled ${lots}`);
    expect(venue.position(alice, PERP)?.size ?? 0).toBe(1_000 - lots);
  });

  test('is never for more than the position', () => {
    const { venue, alice, nextId } = longVenue();
    venue.limit(venue.makerKey, 'Bid', '149', '100', { symbol: PERP });
    venue.stop(alice, 'Ask', '140', '25', { symbol: PERP, triggerBy: 'MarkPrice', reduceOnly: true });
    expect(story(venue.sample(140)).at(-1)).toBe(`${nextId + 1} filled 1000`);
    expect(venue.position(alice, PERP)).toBeUndefined();
  });

  test.each([
    ['there is none', '140', '100%', 'Bid', 'StopWithoutPosition'],
    ['it would add to it', '140', '5', 'Bid', 'StopWithoutPosition'],
    ['its share is less than a lot', '140', '0.01%', 'Ask', 'InvalidQuantity'],
  ] as const)('expires when %s', (_, trigger, quantity, side, reason) => {
    const { venue, alice, nextId } = longVenue();
    venue.stop(alice, side, trigger, quantity, { symbol: PERP, triggerBy: 'MarkPrice', reduceOnly: true });
    expect(story(venue.sample(140))).toEqual([`${nextId} triggered`, `${nextId} expired ${reason}`]);
  });
});
