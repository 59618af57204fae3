import { describe, expect, test } from 'vitest';
import {
  backstopView,
  backstopViews,
  deleverageQueueView,
  deleverageView,
  liquidationStatistics,
  liquidationView,
  liquidationViews,
  restore,
  snapshot,
} from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { BTC, LiquidationVenue } from './liquidation-venue.js';

const BTC_ID = 5;

function crowd() {
  const venue = new LiquidationVenue();
  const long = venue.trader('long', { USDC: '100000' });
  const shorts = [2_000, 4_000, 8_000, 16_000, 32_000].map((funds) => {
    const keyId = venue.trader(`short${funds}`, { USDC: `${funds}` });
    venue.trade(long, keyId, BTC, '100000', '0.5');
    return venue.accountOf(keyId);
  });
  return { venue, long, shorts };
}

describe('the queue', () => {
  test('shows five lights to those who come first, and one to those who come last', () => {
    const { venue, shorts } = crowd();
    venue.mark(BTC, 99_000);
    const views = shorts.map((id) => deleverageView(venue.state, id, BTC_ID));
    expect(views.map((view) => view?.lights)).toEqual([5, 4, 3, 2, 1]);
    const scores = views.map((view) => view?.score ?? 0);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[0]).toBeCloseTo((500 / 50_000) * (49_500 / 2_500), 9);
  });

  test('is one picture of both sides in their order, with every open position once', () => {
    const { venue, long, shorts } = crowd();
    venue.mark(BTC, 99_000);
    const queue = deleverageQueueView(venue.state, BTC_ID);
    expect(queue?.short.map(({ accountId }) => accountId)).toEqual(shorts);
    expect(queue?.long.map(({ accountId }) => accountId)).toEqual([venue.accountOf(long)]);
    expect(queue?.short).toEqual(shorts.map((id) => deleverageView(venue.state, id, BTC_ID)));
    expect(deleverageQueueView(venue.state, 1)).toBeUndefined();
    expect(deleverageQueueView(venue.state, 999)).toBeUndefined();
  });

  test('has a place only for who has a position', () => {
    const { venue, long } = crowd();
    expect(deleverageView(venue.state, venue.accountOf(long), 7)).toBeUndefined();
    expect(deleverageView(venue.state, 999, BTC_ID)).toBeUndefined();
    expect(deleverageView(venue.state, venue.accountOf(long), BTC_ID)?.lights).toBe(5);
  });
});

describe('statistics', () => {
  test('count what each stage has brought, in all and by day', () => {
    const { venue, shorts } = crowd();
    const provider = venue.trader('provider', { USDC: '1000000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${BTC}:0.1:10` });
    const maker = venue.trader('maker', { USDC: '1000000' });
    venue.quotes(maker, 'Ask', BTC, [['103300', '0.02']]);
    venue.price(BTC, 103_400);
    venue.price(BTC, 104_500);
    venue.rounds(1);
    const { sinceGenesis, days, negativeBalances } = liquidationStatistics(venue.state);
    expect(sinceGenesis.started).toBe(1);
    expect(sinceGenesis.deleverage.count).toBeGreaterThan(0);
    expect(sinceGenesis.backstop.count + sinceGenesis.book.count).toBeGreaterThan(0);
    expect(days).toHaveLength(1);
    expect(days[0]?.totals).toEqual(sinceGenesis);
    expect(negativeBalances).toEqual([]);
    expect(shorts).toHaveLength(5);
    const deleveraged = venue
      .of('deleveraged')
      .reduce((sum, { sizeLots, markPrice }) => sum + sizeLots * 1e-5 * markPrice, 0);
    expect(sinceGenesis.deleverage.usd).toBeCloseTo(deleveraged, 3);
  });

  test('survive a restart with all who are in liquidation, their turns and the offers of providers', () => {
    const { venue } = crowd();
    const provider = venue.trader('provider', { USDC: '1000000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000.5', markets: `${BTC}:0.02:10` });
    venue.price(BTC, 103_400);
    expect(liquidationViews(venue.state)).toHaveLength(1);
    const restored = restore(snapshot(venue.state));
    expect(hashOf(restored)).toBe(hashOf(venue.state));
    expect(liquidationViews(restored)).toEqual(liquidationViews(venue.state));
    expect(liquidationStatistics(restored)).toEqual(liquidationStatistics(venue.state));
    expect(backstopViews(restored)).toEqual(backstopViews(venue.state));
    expect(backstopView(restored, venue.accountOf(provider))).toMatchObject({
      minimumEquityUsd: 1000.5,
      markets: [{ marketId: BTC_ID, capacityLots: 2_000 }],
    });
    const [running] = liquidationViews(restored);
    expect(running?.liquidationId).toBe(venue.of('liquidationStarted')[0]?.liquidationId);
    expect(liquidationView(restored, running?.accountId ?? 0)).toEqual(running);
    expect(liquidationView(restored, venue.accountOf(provider))).toBeUndefined();
  });
});
