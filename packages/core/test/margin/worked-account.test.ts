// The account of mechanics §3: equity 40,000, long 1.5 BTC at 100,000, short 2,000 SOL at 150.
import { RISK_GENESIS } from '@glasshouse/testkit';
import type { Price } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { marginTermsOf } from '../../src/margin/account.js';
import { marginView } from '../../src/margin/view.js';
import { Venue } from '../venue.js';

const SPOT_USD: Readonly<Record<string, number>> = { BTC: 100_000, ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 };

function pricedVenue(): Venue {
  const venue = new Venue({ genesis: RISK_GENESIS });
  const { state } = venue;
  for (const asset of state.assets.list) {
    const price = SPOT_USD[asset.symbol];
    if (price !== undefined)
      (state.assetPrices[asset.assetId - 1] as { indexPrice: Price }).indexPrice = price as Price;
  }
  for (const market of state.markets.list) {
    const base = state.assets.get(market.baseAssetId)?.symbol ?? '';
    if (market.perp === undefined) continue;
    market.prices.indexLive = true;
    market.prices.markPrice = SPOT_USD[base] as Price;
  }
  return venue;
}

/** Equal tiers of nothing, so that fees do not move the equity. */
function tradeAtMark(venue: Venue, long: number, short: number, symbol: string, price: string, quantity: string): void {
  venue.limit(short, 'Ask', price, quantity, { symbol });
  venue.limit(long, 'Bid', price, quantity, { symbol });
}

const FREE = { name: 'Free', minVolume: 0, makerPpm: 0, takerPpm: 0, perpMakerPpm: 0, perpTakerPpm: 0 };

function account(): { venue: Venue; keyId: number; accountId: number } {
  const venue = pricedVenue();
  venue.decide({ kind: 'setFeeTiers', spotFeeTiers: [FREE, { ...FREE, minVolume: 1 }, { ...FREE, minVolume: 2 }] });
  const keyId = venue.trader('worked', { USDC: '40000' });
  const other = venue.trader('other', { USDC: '1000000' });
  tradeAtMark(venue, keyId, other, 'BTC_USDC_PERP', '100000', '1.5');
  tradeAtMark(venue, other, keyId, 'SOL_USDC_PERP', '150', '2000');
  return { venue, keyId, accountId: venue.accountOf(keyId) };
}

describe('the worked account', () => {
  it('has the fractions of the specification', () => {
    const { venue, accountId } = account();
    const margin = marginView(venue.state, accountId);
    expect(margin?.netEquityUsd).toBe(40_000);
    expect(margin?.exposureUsd).toBe(450_000);
    expect(margin?.imf).toBeCloseTo(0.026353, 6);
    expect(margin?.mmf).toBeCloseTo(0.015368, 6);
    expect(margin?.marginFraction).toBeCloseTo(0.08889, 5);
    expect((margin?.initialMarginUsd ?? 0) / 40_000).toBeCloseTo(0.296, 3);
    expect((margin?.maintenanceMarginUsd ?? 0) / 40_000).toBeCloseTo(0.173, 3);
    expect(Math.round(margin?.lockedUsd ?? 0)).toBe(11_859);
    expect(Math.round(margin?.availableUsd ?? 0)).toBe(28_141);
    expect(Math.round(margin?.maintenanceMarginUsd ?? 0)).toBe(6_915);
  });

  it('may take on nothing more with a leverage limit of 10, and is not liquidated any sooner', () => {
    const { venue, keyId, accountId } = account();
    const before = marginTermsOf(venue.state, accountId).maintenanceUsd;
    venue.command(keyId, 'accountUpdate', { leverageLimit: '10' });
    const margin = marginView(venue.state, accountId);
    expect(margin?.lockedUsd).toBe(45_000);
    expect(margin?.maintenanceMarginUsd).toBe(before);
    const [event] = venue.limit(keyId, 'Bid', '99000', '0.001', { symbol: 'BTC_USDC_PERP' });
    expect(event).toMatchObject({ kind: 'rejected', reason: 'insufficientMargin' });
  });

  it.each([
    ['BTC_USDC_PERP', 10_000, 75],
    ['BTC_USDC_PERP', 1_000_000, 40.1],
    ['BTC_USDC_PERP', 10_000_000, 12.7],
    ['SOL_USDC_PERP', 10_000, 50],
    ['SOL_USDC_PERP', 1_000_000, 16.7],
  ])('in %s a position of %d USD has at most %d-fold leverage', (symbol, notional, leverage) => {
    const venue = pricedVenue();
    const market = venue.state.markets.bySymbol(symbol);
    const { base, factor } = market?.perp?.imf ?? { base: 0, factor: 0 };
    expect(1 / Math.max(base, factor * Math.sqrt(notional))).toBeCloseTo(leverage, 1);
  });
});
