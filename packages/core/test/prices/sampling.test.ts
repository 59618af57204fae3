import type { Event } from '@glasshouse/protocol';
import { PRICE_FEED_KEY, RISK_GENESIS, TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { marginView, marketBySymbol, nextTimerUs, restore, snapshot } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { Venue } from '../venue.js';
import { FeedVenue, outcome } from './feed-venue.js';

const PERP = 'SOL_USDC_PERP';
const QUIET = { SOL: 150, BTC: 100_000 };
const kindsOf = (events: readonly Event[], kind: string) => events.filter((event) => event.kind === kind);

describe('when prices are sampled', () => {
  test('each second, on the second, whatever traffic there is', () => {
    const venue = new FeedVenue();
    const second = () => nextTimerUs(venue.state) / 1_000_000;
    const start = venue.maker.nowMs / 1000;
    venue.pass(300);
    expect(second()).toBe(start + 1);
    venue.pass(700);
    expect(second()).toBe(start + 2);
    venue.pass(5_400);
    expect(second()).toBe(start + 7);
  });

  test('never, where nothing has an index and nothing is a perpetual', () => {
    expect(nextTimerUs(new Venue({ genesis: TEST_GENESIS }).state)).toBe(Number.POSITIVE_INFINITY);
  });

  test('a report counts from the next sample on', () => {
    const venue = new FeedVenue();
    venue.reportAll(QUIET);
    expect(venue.index('SOL')).toBe(0);
    venue.pass(1000);
    expect(venue.index('SOL')).toBe(150);
  });

  test('an asset gets an index long after genesis', () => {
    const venue = new FeedVenue({ genesis: { ...TEST_GENESIS, keys: [...TEST_GENESIS.keys, FEED_KEY] } });
    expect(nextTimerUs(venue.state)).toBe(Number.POSITIVE_INFINITY);
    venue.decide({ kind: 'setAssetTerms', asset: { symbol: 'SOL', index: ONE_SOURCE } });
    venue.seconds(1, { SOL: 150 }, ['alpha']);
    expect(venue.index('SOL')).toBe(150);
  });
});

const FEED_KEY = { publicKey: PRICE_FEED_KEY, role: 'priceFeed' } as const;
const ONE_SOURCE = { sources: [{ name: 'alpha', weight: 1 }], updateCap: 0.0025 };

describe('an index', () => {
  test('takes its first value whole, then at most a quarter of a percent a second', () => {
    const venue = new FeedVenue();
    venue.seconds(1, { SOL: 150 });
    expect(venue.index('SOL')).toBe(150);
    venue.seconds(1, { SOL: 200 });
    expect(venue.index('SOL')).toBe(150 * 1.0025);
    venue.seconds(1, { SOL: 100 });
    expect(venue.index('SOL')).toBe(150 * 1.0025 * 0.9975);
  });

  test('catches up after a silence with as many seconds as it has missed', () => {
    const venue = new FeedVenue();
    venue.seconds(1, { SOL: 150 });
    venue.pass(20_000);
    expect(venue.sourcesOf('SOL')).toBe(0);
    expect(venue.index('SOL')).toBe(150);
    venue.seconds(1, { SOL: 200 });
    expect(venue.index('SOL')).toBeCloseTo(150 * (1 + 21 * 0.0025), 9);
  });

  test('keeps its last value while one source is left, and says so', () => {
    const venue = new FeedVenue();
    venue.seconds(1, { SOL: 150 });
    const events = venue.seconds(12, { SOL: 150.3 }, ['alpha']);
    expect(venue.index('SOL')).toBeCloseTo(150.1, 9);
    const kept = venue.index('SOL');
    venue.seconds(5, { SOL: 160 }, ['alpha']);
    expect([venue.index('SOL'), venue.sourcesOf('SOL')]).toEqual([kept, 1]);
    expect(kindsOf(events, 'assetPriceChanged').at(-1)).toMatchObject({ price: { indexPrice: kept, liveSources: 1 } });
  });

  test('is silent when nothing moved, and moves the price version when something did', () => {
    const venue = new FeedVenue();
    venue.seconds(2, QUIET);
    const version = venue.state.priceVersion;
    const quiet = venue.seconds(3, QUIET);
    expect([...kindsOf(quiet, 'assetPriceChanged'), ...kindsOf(quiet, 'perpPriceChanged')]).toEqual([]);
    expect(venue.state.priceVersion).toBe(version);
    const moved = venue.seconds(1, { SOL: 150.1, BTC: 100_000 });
    expect(kindsOf(moved, 'assetPriceChanged')).toMatchObject([{ price: { indexPrice: 150.1, liveSources: 3 } }]);
    expect(kindsOf(moved, 'perpPriceChanged')).toMatchObject([{ price: { indexPrice: 150.1, markPrice: 150.1 } }]);
    expect(venue.state.priceVersion).toBe(version + 1);
  });
});

function quotedVenue(bid: string, ask: string) {
  const venue = new FeedVenue({ checked: false });
  const maker = venue.trader('maker', { USDC: '1000000' });
  venue.seconds(1, QUIET);
  venue.limit(maker, 'Bid', bid, '1', { symbol: PERP, postOnly: true });
  venue.limit(maker, 'Ask', ask, '1', { symbol: PERP, postOnly: true });
  return { venue, maker };
}

describe('a mark', () => {
  test('follows the premium of its book with a memory of one minute', () => {
    const { venue } = quotedVenue('151', '152');
    venue.seconds(60, QUIET);
    expect(venue.mark(PERP)).toBeCloseTo(150 + 1.5 * (1 - Math.exp(-1)), 9);
    venue.seconds(600, QUIET);
    expect(venue.mark(PERP)).toBeCloseTo(151.5, 3);
  });

  test('returns to the index when the book loses a side, a quarter of a percent a second', () => {
    const { venue, maker } = quotedVenue('151', '152');
    venue.seconds(300, QUIET);
    const before = venue.mark(PERP);
    venue.command(maker, 'orderCancel', { symbol: PERP, orderId: 1 });
    venue.seconds(1, QUIET);
    expect(venue.mark(PERP)).toBe(before * 0.9975);
    venue.seconds(10, QUIET);
    expect(venue.mark(PERP)).toBe(150);
  });

  test('goes with the book as far as 5 % from the index', () => {
    const { venue } = quotedVenue('157', '158');
    for (let minute = 0; minute < 10; minute += 1) {
      venue.seconds(60, QUIET);
      expect(venue.mark(PERP)).toBeLessThanOrEqual(150 * 1.05);
    }
    expect(venue.mark(PERP)).toBeCloseTo(157.5, 3);
  });

  test.each([
    ['180', '181'],
    ['40', '41'],
  ])('is not moved at all by a book that stands further away, at %s and %s', (bid, ask) => {
    const { venue } = quotedVenue(bid, ask);
    venue.seconds(600, QUIET);
    expect(venue.mark(PERP)).toBe(150);
  });

  test('returns to the index when its book leaves for where it may not follow', () => {
    const { venue, maker } = quotedVenue('151', '152');
    venue.seconds(600, QUIET);
    expect(venue.mark(PERP)).toBeCloseTo(151.5, 3);
    venue.command(maker, 'orderCancelAll', { symbol: PERP });
    venue.limit(maker, 'Bid', '60', '1', { symbol: PERP, postOnly: true });
    venue.limit(maker, 'Ask', '61', '1', { symbol: PERP, postOnly: true });
    venue.seconds(10, QUIET);
    expect(venue.mark(PERP)).toBe(150);
  });

  test('in a book that is PostOnly is the index', () => {
    const { venue } = quotedVenue('151', '152');
    venue.seconds(60, QUIET);
    venue.setMarketState('PostOnly', PERP);
    venue.seconds(10, QUIET);
    expect(venue.mark(PERP)).toBe(150);
    venue.setMarketState('Open', PERP);
    venue.seconds(1, QUIET);
    expect(venue.mark(PERP)).toBeCloseTo(150 + 1.5 * 0.0165285, 6);
  });

  test('comes from the book alone once nobody outside prices the asset', () => {
    const venue = new FeedVenue();
    const maker = venue.trader('maker', { USDC: '1000000' });
    const symbol = 'kBONK_USDC_PERP';
    venue.seconds(1, { kBONK: 0.02 });
    venue.limit(maker, 'Bid', '0.020002', '1', { symbol });
    venue.limit(maker, 'Ask', '0.020006', '1', { symbol });
    venue.decide({ kind: 'setAssetTerms', asset: { symbol: 'kBONK' } });
    venue.pass(1000);
    expect(venue.perp(symbol)).toMatchObject({ indexPrice: 0, markPrice: 0.020004 });
    expect(marketBySymbol(venue.state, symbol)?.state).toBe(0);
  });

  test('is unknown, and no order taken, before the first index', () => {
    const venue = new FeedVenue();
    const keyId = venue.trader('early', { USDC: '1000' });
    venue.pass(5000);
    expect(venue.mark(PERP)).toBe(0);
    const order = { symbol: PERP, price: '150', quantity: '1' };
    expect(outcome(venue.order(keyId, 'Bid', order))).toEqual(['rejected marketPostOnly']);
    expect(outcome(venue.order(keyId, 'Bid', { ...order, postOnly: true }))).toEqual(['rejected priceUnknown']);
  });

  test('has five-minute means of exactly the last three hundred samples', () => {
    const { venue } = quotedVenue('150.5', '151.5');
    const marks: number[] = [];
    const premiums: number[] = [];
    for (let second = 0; second < 450; second += 1) {
      venue.seconds(1, { SOL: 150 + (second % 7) * 0.1 });
      marks.push(venue.mark(PERP));
      premiums.push((151 - venue.index('SOL')) / venue.index('SOL'));
    }
    const mean = (values: readonly number[]) => values.slice(-300).reduce((sum, value) => sum + value, 0) / 300;
    expect(venue.market(PERP).prices.meanMarkPrice).toBeCloseTo(mean(marks), 9);
    expect(venue.market(PERP).prices.meanPremiumFraction).toBeCloseTo(mean(premiums), 12);
  });
});

describe('a perpetual whose sources fail', () => {
  const stateOf = (venue: FeedVenue) => marketBySymbol(venue.state, PERP)?.state;
  const OPEN = 0;
  const CANCEL_ONLY = 1;
  const LIMIT_ONLY = 2;
  const POST_ONLY = 3;

  function failing() {
    const venue = new FeedVenue();
    const keyId = venue.trader('trader', { USDC: '100000' });
    venue.seconds(1, QUIET);
    return { venue, keyId };
  }

  test('takes post-only orders alone, and opens again when they return', () => {
    const { venue, keyId } = failing();
    const order = { symbol: PERP, price: '150', quantity: '1' };
    expect(outcome(venue.order(keyId, 'Bid', order))).toEqual(['orderAccepted']);
    const closing = venue.pass(11_000);
    expect(kindsOf(closing, 'marketChanged')).toMatchObject(
      ['BTC', 'SOL'].map((base) => ({ market: { symbol: `${base}_USDC_PERP`, state: POST_ONLY } })),
    );
    expect(outcome(venue.order(keyId, 'Bid', order))).toEqual(['rejected marketPostOnly']);
    expect(outcome(venue.order(keyId, 'Bid', { ...order, postOnly: true }))).toEqual(['orderAccepted']);
    expect(outcome(venue.order(keyId, 'Bid', { ...order, symbol: 'SOL_USDC' }))).toEqual(['orderAccepted']);
    const opening = venue.seconds(1, QUIET);
    expect(kindsOf(opening, 'marketChanged')).toHaveLength(2);
    expect(outcome(venue.order(keyId, 'Bid', order))).toEqual(['orderAccepted']);
  });

  test('keeps its mark at the last index, whatever is quoted meanwhile', () => {
    const { venue, keyId } = failing();
    venue.pass(11_000);
    venue.limit(keyId, 'Bid', '155', '1', { symbol: PERP, postOnly: true });
    venue.limit(keyId, 'Ask', '156', '1', { symbol: PERP, postOnly: true });
    venue.pass(60_000);
    expect(venue.perp(PERP)).toMatchObject({ indexPrice: 150, markPrice: 150, estimatedFundingRate: 0.0000125 });
  });

  test('two sources that contradict each other are none', () => {
    const { venue } = failing();
    venue.pass(9_000);
    venue.report('alpha', { SOL: 150 });
    venue.report('beta', { SOL: 190 });
    venue.pass(2_000);
    expect([venue.sourcesOf('SOL'), stateOf(venue), venue.index('SOL')]).toEqual([0, POST_ONLY, 150]);
  });

  test.each([
    ['LimitOnly', POST_ONLY, LIMIT_ONLY],
    ['CancelOnly', CANCEL_ONLY, CANCEL_ONLY],
    ['PostOnly', POST_ONLY, POST_ONLY],
  ] as const)('that operators had set %s comes back to just that', (state, during, after) => {
    const { venue } = failing();
    venue.setMarketState(state, PERP);
    venue.pass(11_000);
    expect(stateOf(venue)).toBe(during);
    venue.seconds(1, QUIET);
    expect(stateOf(venue)).toBe(after);
  });

  test('a halt in the meantime is not undone by their return', () => {
    const { venue } = failing();
    venue.pass(11_000);
    venue.setMarketState('CancelOnly', PERP);
    venue.seconds(3, QUIET);
    expect(stateOf(venue)).toBe(CANCEL_ONLY);
  });

  test('an asset with a single configured source needs only that one', () => {
    const { venue } = failing();
    venue.decide({ kind: 'setAssetTerms', asset: { symbol: 'kBONK', index: ONE_SOURCE } });
    venue.seconds(12, { kBONK: 0.02 }, ['alpha']);
    expect(marketBySymbol(venue.state, 'kBONK_USDC_PERP')?.state).toBe(OPEN);
    expect(stateOf(venue)).toBe(POST_ONLY);
  });
});

describe('the index of what counts in margin', () => {
  const [usdc, btc] = RISK_GENESIS.assets;

  test('cannot be taken away', () => {
    const venue = new FeedVenue();
    const { collateral, lending } = btc ?? {};
    venue.propose({ kind: 'setAssetTerms', asset: { symbol: 'BTC', collateral, lending } as never });
    const [rejected] = venue.approve();
    expect(rejected).toMatchObject({
      reason: 'actionInvalid',
      details: { problem: expect.stringContaining('.index') },
    });
  });

  test('given to what was a dollar starts at a dollar, not at nothing', () => {
    const venue = new FeedVenue();
    const keyId = venue.trader('holder', { USDC: '1000' });
    const equity = () => marginView(venue.state, venue.accountOf(keyId))?.netEquityUsd;
    venue.decide({ kind: 'setAssetTerms', asset: { ...usdc, symbol: 'USDC', index: ONE_SOURCE } });
    expect(equity()).toBe(1000);
    venue.seconds(1, { USDC: 0.98 }, ['alpha']);
    expect(equity()).toBe(1000 * 0.98);
    venue.seconds(1, { USDC: 0.5 }, ['alpha']);
    expect(equity()).toBeCloseTo(1000 * 0.98 * 0.9975, 9);
  });
});

describe('a restart', () => {
  test('between any two samples changes nothing', () => {
    const { venue, maker } = quotedVenue('151', '152');
    venue.seconds(330, { SOL: 150.2, BTC: 99_000 });
    venue.limit(maker, 'Bid', '151.2', '1', { symbol: PERP, postOnly: true });
    venue.pass(400);
    const copy = restore(snapshot(venue.state));
    expect(hashOf(copy)).toBe(hashOf(venue.state));
    expect(copy.markets.bySymbol(PERP)?.effectiveState).toBe(venue.market(PERP).effectiveState);
  });
});
