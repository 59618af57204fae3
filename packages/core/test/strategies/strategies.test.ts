import { SIDE } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { nextTimerUs, openOrderViews, strategyByClientId, strategyView } from '../../src/index.js';
import { nextStrategyUs } from '../../src/strategies/run.js';
import { hashOf } from '../hashing.js';
import { PERP, StrategyVenue, story } from './strategy-venue.js';

function quoted(): StrategyVenue {
  const venue = new StrategyVenue();
  venue.quote();
  return venue;
}

describe('a strategy', () => {
  test('buys its quantity slice by slice at sequenced time, the first at once, and is completed by the last', () => {
    const venue = quoted();
    expect(story(venue.create())).toEqual(['1 begins', 'order of 100', 'filled 100', '1 slice 1 placed']);
    for (const slice of [2, 3, 4, 5]) {
      expect(story(venue.pass(9_999))).toEqual([]);
      expect(story(venue.pass(1))).toEqual(['order of 100', 'filled 100', `1 slice ${slice} placed`]);
    }
    expect(story(venue.pass(10_000))).toEqual(['order of 100', 'filled 100', '1 slice 6 placed', '1 completed']);
    expect(venue.running()).toEqual([]);
    expect(venue.held()).toEqual(['USDC 999099.4', 'SOL 1006']);
  });

  test('shows its terms and how far it is', () => {
    const venue = quoted();
    venue.create({ clientStrategyId: 7, slippageTolerance: '0.5', selfTradePrevention: 'RejectMaker' });
    venue.pass(10_000);
    const accountId = venue.accountOf(venue.alice);
    const view = strategyView(venue.state, 1);
    expect(view).toMatchObject({
      strategyId: 1,
      accountId,
      clientStrategyId: 7,
      side: SIDE.bid,
      sizeLots: 600,
      filledLots: 200,
      filledQuoteAtoms: 300_200_000,
      durationMs: 60_000,
      intervalMs: 10_000,
      toleranceMillionths: 500_000,
      slices: 6,
      slicesDone: 2,
      status: 'running',
    });
    expect(strategyByClientId(venue.state, accountId, 7)).toEqual(view);
    expect(venue.running()).toEqual([view]);
  });

  test('tells whose slice each of its orders is, when it is taken and when it rests', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150' });
    const [resting] = openOrderViews(venue.state, venue.accountOf(venue.alice));
    expect(resting).toMatchObject({ strategyId: 1, sizeLots: 100 });
    const fills = venue.limit(venue.maker1, 'Ask', '150', '0.4').flatMap((event) => {
      return event.kind === 'orderFilled' ? [event.order.strategyId] : [];
    });
    expect(fills).toEqual([1, undefined]);
    expect(strategyView(venue.state, 1)).toMatchObject({ filledLots: 40, filledQuoteAtoms: 60_000_000 });
  });

  test('comes due with its next slice, and nothing does when none runs', () => {
    const venue = quoted();
    expect(nextStrategyUs(venue.state)).toBe(Number.POSITIVE_INFINITY);
    venue.create();
    expect(nextStrategyUs(venue.state)).toBe(venue.state.timeUs + 10_000_000);
    venue.command(venue.alice, 'strategyCancel', { symbol: 'SOL_USDC', strategyId: 1 });
    expect(nextStrategyUs(venue.state)).toBe(Number.POSITIVE_INFINITY);
  });

  test('passes over slices whose time was missed, and makes up for them by at most twice a slice', () => {
    const venue = quoted();
    venue.create();
    expect(story(venue.pass(35_000))).toEqual(['order of 200', 'filled 200', '1 slice 4 placed']);
    expect(story(venue.pass(5_000))).toEqual(['order of 200', 'filled 200', '1 slice 5 placed']);
    expect(story(venue.pass(10_000))).toEqual(['order of 100', 'filled 100', '1 slice 6 placed', '1 completed']);
  });

  test('places nothing after its end, however late time comes', () => {
    const venue = quoted();
    venue.create();
    expect(story(venue.pass(60_000))).toEqual(['1 terminated Expired']);
    expect(venue.held()[1]).toBe('SOL 1001');
  });

  test('randomises its slices when asked, and still comes to its quantity', () => {
    const venue = quoted();
    venue.create({ quantity: '60', duration: 600_000, randomizedIntervalQuantity: true });
    for (let slice = 2; slice <= 60; slice += 1) venue.pass(10_000);
    expect(venue.running()).toEqual([]);
    expect(venue.held()[1]).toBe('SOL 1060');
  });

  test('lives through a restart, in the middle of resting slices', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150', randomizedIntervalQuantity: true, quantity: '600' });
    venue.pass(10_000);
    const hash = hashOf(venue.state);
    venue.restart();
    expect(hashOf(venue.state)).toBe(hash);
    venue.limit(venue.maker1, 'Ask', '150', '50');
    expect(strategyView(venue.state, 1)?.filledLots).toBe(5_000);
    expect(story(venue.pass(10_000)).at(-1)).toBe('1 slice 3 placed');
  });
});

describe('what a slice meets', () => {
  test('an empty book is passed over, and made up for', () => {
    const venue = quoted();
    venue.create();
    venue.command(venue.maker1, 'orderCancelAll', { symbol: 'SOL_USDC' });
    expect(story(venue.pass(10_000))).toEqual(['order of 100', '1 slice 2 InsufficientLiquidity']);
    venue.quote();
    expect(story(venue.pass(10_000))).toEqual(['order of 200', 'filled 200', '1 slice 3 placed']);
  });

  test('a halt is passed over; one that outlasts the strategy terminates it', () => {
    const venue = quoted();
    venue.create();
    venue.setMarketState('CancelOnly');
    for (const slice of [2, 3, 4, 5]) {
      expect(story(venue.pass(10_000))).toEqual([`1 slice ${slice} marketCancelOnly`]);
    }
    expect(story(venue.pass(10_000))).toEqual(['1 slice 6 marketCancelOnly', '1 terminated Unknown']);
  });

  test('money that is not there any more terminates it', () => {
    const venue = quoted();
    const poor = venue.trader('poor', { USDC: '200' });
    venue.create({}, poor);
    expect(story(venue.pass(10_000))).toEqual(['1 slice 2 insufficientFunds', '1 terminated InsufficientFunds']);
  });

  test('a position that is gone terminates a reduce-only strategy; before, it never closes more than there is', () => {
    const venue = new StrategyVenue();
    venue.quote('1000', PERP);
    venue.order(venue.alice, 'Bid', { symbol: PERP, quantity: '1.5' });
    venue.create({ symbol: PERP, side: 'Ask', reduceOnly: true });
    expect(story(venue.pass(10_000))).toEqual(['order of 50', 'filled 50', '1 slice 2 placed']);
    expect(story(venue.pass(10_000))).toEqual([
      '1 slice 3 reduceOnlyWouldIncrease',
      '1 terminated ReduceOnlyNotReduced',
    ]);
  });

  test('its own order on the other side is passed over', () => {
    const venue = new StrategyVenue();
    venue.limit(venue.alice, 'Ask', '150', '1');
    venue.limit(venue.maker1, 'Bid', '149', '10');
    expect(story(venue.create({ price: '151' }))).toEqual([
      '1 begins',
      'order of 100',
      '1 slice 1 SelfTradePrevention',
    ]);
    expect(venue.running()).toHaveLength(1);
  });
});

describe('slices that rest', () => {
  test('go when the time is over, and the strategy ends with what has filled', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150' });
    for (let slice = 2; slice <= 6; slice += 1) venue.pass(10_000);
    venue.limit(venue.maker1, 'Ask', '150', '2');
    expect(openOrderViews(venue.state, venue.accountOf(venue.alice))).toHaveLength(4);
    const cancels = Array.from({ length: 4 }, () => 'order cancelled');
    expect(story(venue.pass(10_000))).toEqual([...cancels, '1 terminated Expired']);
    expect(venue.held()).toEqual(['USDC 999700', 'SOL 1002']);
  });

  test('complete it when the last of them fills', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150' });
    for (let slice = 2; slice <= 6; slice += 1) venue.pass(10_000);
    expect(story(venue.limit(venue.maker1, 'Ask', '150', '6')).at(-1)).toBe('1 completed');
  });

  test('are taken back for good when their owner cancels them', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150' });
    venue.command(venue.alice, 'orderCancelAll', { symbol: 'SOL_USDC' });
    expect(story(venue.pass(10_000))).toEqual(['order of 100', '1 slice 2 placed']);
  });
});

describe('the end', () => {
  test('comes by the wish of its owner, with its open orders', () => {
    const venue = new StrategyVenue();
    venue.create({ price: '150', clientStrategyId: 9 });
    const events = venue.command(venue.alice, 'strategyCancel', { symbol: 'SOL_USDC', clientStrategyId: 9 });
    expect(story(events)).toEqual(['order cancelled', '1 cancelled']);
    expect(venue.held()).toEqual(['USDC 1000000', 'SOL 1000']);
  });

  test('comes for all of a market and for no other', () => {
    const venue = quoted();
    for (const symbol of ['SOL_USDC', 'SOL_USDC', PERP]) venue.create({ symbol, price: '149' });
    expect(story(venue.command(venue.alice, 'strategyCancelAll', { symbol: 'SOL_USDC' }))).toEqual([
      'order cancelled',
      '1 cancelled',
      'order cancelled',
      '2 cancelled',
    ]);
    expect(venue.running().map(({ strategyId }) => strategyId)).toEqual([3]);
  });

  test("does not come by anybody else's", () => {
    const venue = quoted();
    venue.create();
    const events = venue.command(venue.maker1, 'strategyCancel', { symbol: 'SOL_USDC', strategyId: 1 });
    expect(story(events)).toEqual(['rejected strategyUnknown']);
  });

  test('comes when the market closes', () => {
    const venue = quoted();
    venue.create({ price: '140' });
    const events = venue.propose({ kind: 'setMarketState', symbol: 'SOL_USDC', state: 'Closed' });
    expect(story(events)).toEqual(['order cancelled', '1 terminated Unknown']);
  });

  test("comes when the account turns out to be the operator's", () => {
    const venue = quoted();
    venue.create();
    const customerId = venue.state.accounts.customerId[venue.accountOf(venue.alice)] as number;
    const events = venue.decide({ kind: 'markOperatorCustomer', customerId });
    expect(story(events)).toEqual(['1 terminated UserPermissions']);
  });
});

test('many that come due at once are placed over some commands, none before the others of its time', () => {
  const venue = new StrategyVenue();
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    const trader = venue.trader(name, { USDC: '100000' });
    for (let count = 0; count < 20; count += 1) venue.create({ price: '100' }, trader);
  }
  const sliced = (events: ReturnType<StrategyVenue['pass']>) =>
    events.flatMap((event) => (event.kind === 'strategySliced' ? [event.strategy.strategyId] : []));
  const first = sliced(venue.pass(10_000));
  expect(nextTimerUs(venue.state)).toBe(venue.state.timeUs + 1_000);
  const second = sliced(venue.pass(1));
  expect([first.length, second.length]).toEqual([64, 36]);
  expect([...first, ...second]).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});
