import type { AssetTermsConfiguration } from '@glasshouse/protocol';
import { RISK_ASSETS } from '@glasshouse/testkit';
import { expect, test } from 'vitest';
import { LendingVenue } from './lending-venue.js';

function dearer(optimalRate: number): AssetTermsConfiguration {
  const { symbol, collateral, lending } = RISK_ASSETS[0] as (typeof RISK_ASSETS)[number];
  if (collateral === undefined || lending === undefined) throw new RangeError('USDC is collateral and has a pool');
  return { symbol, collateral, lending: { ...lending, optimalRate } };
}

/** What a loan of 1,000 USDC at half utilisation has cost after these steps. */
function interestAfter(steps: (venue: LendingVenue) => void): number {
  const venue = new LendingVenue();
  const lender = venue.manual('lender', { USDC: '2000' });
  const borrower = venue.manual('borrower', { BTC: '1' });
  venue.lend(lender, 'USDC', '2000');
  venue.borrow(borrower, 'USDC', '1000');
  steps(venue);
  return venue.raw(borrower, 'USDC').loan + 1000;
}

test('new rates hold from the moment of the decision, not for the hours before it', () => {
  const cheap = interestAfter((venue) => venue.hours(4));
  const dear = interestAfter((venue) => {
    venue.decide({ kind: 'setAssetTerms', asset: dearer(0.8) });
    venue.hours(4);
  });
  const changed = interestAfter((venue) => {
    venue.pass(3_600_000 * 1.5);
    venue.decide({ kind: 'setAssetTerms', asset: dearer(0.8) });
    venue.pass(3_600_000 * 2.5);
    venue.hours(0);
    for (let slice = 0; slice < 8; slice += 1) venue.pass(5);
  });
  expect(dear / cheap).toBeCloseTo(10, 2);
  expect(changed / cheap).toBeCloseTo((1.5 + 2.5 * 10) / 4, 2);
});

test('new terms are announced, with what they make of the pool', () => {
  const venue = new LendingVenue();
  venue.manual('lender', { USDC: '2000' });
  const events = venue.decide({ kind: 'setAssetTerms', asset: dearer(0.8) });
  expect(events.map(({ kind }) => kind)).toEqual(['assetChanged', 'approved', 'poolChanged']);
  expect(events[0]).toMatchObject({ asset: { symbol: 'USDC', lending: { optimalRate: 0.8 } } });
});
