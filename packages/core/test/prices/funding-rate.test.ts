import { BTC_MARGIN, perpTerms } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fundingRateOf, takeFundingRate } from '../../src/prices/funding-rate.js';
import { FeedVenue } from './feed-venue.js';

const TERMS = perpTerms(BTC_MARGIN, '4000');
const HOUR_MS = 3_600_000;
const PERP = 'BTC_USDC_PERP';
const rate = (premium: number) => fundingRateOf(TERMS, premium, HOUR_MS);

describe('the hourly rate of an average premium', () => {
  test.each([
    [-0.0004, 0.0000125],
    [-0.0001, 0.0000125],
    [0, 0.0000125],
    [0.0001, 0.0000125],
    [0.0006, 0.0000125],
    [0.001, 0.0000625],
    [0.002, 0.0001875],
    [-0.001, -0.0000625],
    [0.5, 0.015],
    [-0.5, -0.015],
  ])('%d → %d', (premium, expected) => {
    expect(rate(premium)).toBeCloseTo(expected, 15);
  });

  test('a long of 2 BTC at 100,000 pays $37.50 at a premium of 0.2 %', () => {
    expect(rate(0.002) * 2 * 100_000).toBeCloseTo(37.5, 9);
  });

  test('half-hourly funding takes half, and is capped at half', () => {
    for (const premium of [0.002, 0.5, -0.5, 0]) {
      expect(fundingRateOf(TERMS, premium, HOUR_MS / 2)).toBeCloseTo(rate(premium) / 2, 15);
    }
  });

  test('rises with the premium but for the last bit of a double, and stays within the cap', () => {
    const premium = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(premium, premium, (a, b) => {
        expect(rate(Math.max(a, b))).toBeGreaterThanOrEqual(rate(Math.min(a, b)) - 1e-16);
        expect(Math.abs(rate(a))).toBeLessThanOrEqual(0.015);
      }),
    );
  });
});

describe('the funding interval', () => {
  test('averages the premiums of its samples, then starts anew', () => {
    const venue = new FeedVenue();
    const maker = venue.trader('maker', { USDC: '1000000' });
    venue.seconds(1, { BTC: 100_000 });
    venue.limit(maker, 'Bid', '100100', '0.01', { symbol: PERP, postOnly: true });
    venue.limit(maker, 'Ask', '100300', '0.01', { symbol: PERP, postOnly: true });
    const before = venue.perp(PERP).estimatedFundingRate;
    venue.seconds(19, { BTC: 100_000 });
    const averagePremium = (19 * 0.002) / 20;
    expect(before).toBeCloseTo(0.0000125, 15);
    expect(venue.perp(PERP).estimatedFundingRate).toBeCloseTo(rate(averagePremium), 12);
    const taken = takeFundingRate(venue.state, venue.market(PERP));
    expect(taken).toBeCloseTo(rate(averagePremium), 12);
    expect(venue.perp(PERP)).toMatchObject({ fundingRate: taken, estimatedFundingRate: 0 });
  });

  test('without one sample has no rate', () => {
    const venue = new FeedVenue();
    expect(takeFundingRate(venue.state, venue.market(PERP))).toBe(0);
  });

  test('on the hour announces its rate, average and end', () => {
    const venue = new FeedVenue({ checked: false });
    const toTheHour = HOUR_MS - (venue.maker.nowMs % HOUR_MS);
    venue.pass(toTheHour - 2000);
    venue.seconds(1, { BTC: 100_000 });
    venue.reportAll({ BTC: 100_000 });
    const hourUs = (venue.maker.nowMs + 1000) * 1000;
    const event = venue
      .pass(1300)
      .find((one) => one.kind === 'fundingRateSet' && one.marketId === venue.market(PERP).marketId);
    expect(event).toMatchObject({ rate: 0.0000125, averagePremium: 0, markPrice: 100_000, intervalEndUs: hourUs });
    expect(venue.perp(PERP).fundingRate).toBe(0.0000125);
  });
});
