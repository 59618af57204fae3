import { describe, expect, test } from 'vitest';
import { BTC, LiquidationVenue } from '../liquidation-venue.js';

/** 1 BTC long with 2,000 USDC, a few atoms of SOL owed and spent, and SOL for sale but no bid for BTC. */
function longWithDebt(sol: string) {
  const venue = new LiquidationVenue();
  const maker = venue.trader('maker', { USDC: '50000000', SOL: '10000' });
  const long = venue.trader('long', { USDC: '2500' });
  venue.command(long, 'accountUpdate', { autoRepayBorrows: false });
  venue.command(long, 'borrowLendExecute', { symbol: 'SOL', side: 'Borrow', quantity: sol });
  venue.command(long, 'withdraw', { symbol: 'SOL', quantity: sol, blockchain: 'Sandbox', address: 'away' });
  venue.trade(long, maker, BTC, '100000', '1');
  venue.limit(maker, 'Ask', '150', '100', { symbol: 'SOL_USDC' });
  return { venue, maker, long };
}

describe('a debt that is smaller than the smallest order', () => {
  test('is not bought back with collateral that would count for less than it cost', () => {
    const { venue, long } = longWithDebt('0.001');
    venue.price(BTC, 98_000);
    venue.rounds(3);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    expect(venue.of('liquidationStep')).toEqual([]);
    expect(venue.margin(long).netEquityUsd).toBeCloseTo(499.85, 2);
  });

  test('does not keep its account in liquidation once the position is made smaller', () => {
    const { venue, maker, long } = longWithDebt('0.001');
    venue.quotes(maker, 'Bid', BTC, [['97990', '5']]);
    venue.price(BTC, 98_000);
    venue.rounds(30);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.ratio(long)).toBeLessThan(1);
  });

  test('gives way to a larger one, of which a step buys no more than is owed', () => {
    const { venue, long } = longWithDebt('0.015');
    venue.price(BTC, 98_000);
    expect(venue.of('liquidationStep')).toMatchObject([{ filledLots: 1 }]);
    expect(venue.margin(long).borrowLiabilityUsd).toBeCloseTo(0.75, 2);
  });
});
