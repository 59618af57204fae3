import { describe, expect, test } from 'vitest';
import { LiquidationVenue, SOL } from '../liquidation-venue.js';

/** Four million dollars of SOL, of which maintenance is over seven percent, against several on the other side. */
function largeLong() {
  const venue = new LiquidationVenue();
  const long = venue.trader('long', { USDC: '500000' });
  const shorts = [0, 1, 2, 3, 4, 5].map((place) => venue.trader(`short${place}`, { USDC: '400000' }));
  for (const short of shorts) venue.trade(long, short, SOL, '150', '4400');
  return { venue, long };
}

describe('a large position', () => {
  test('is closed against others no further than it must be: the last of them is needed as much as the first', () => {
    const { venue, long } = largeLong();
    venue.price(SOL, 135);
    expect(venue.of('deleveraged').length).toBeGreaterThan(1);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.ratio(long)).toBeLessThan(1);
    expect(venue.ratio(long)).toBeGreaterThan(0.9999);
  });

  test('goes to providers no further than it must', () => {
    const { venue, long } = largeLong();
    const provider = venue.trader('provider', { USDC: '20000000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${SOL}:100000:100000` });
    venue.price(SOL, 135);
    expect(venue.of('backstopAssigned').length).toBeGreaterThan(1);
    expect(venue.ratio(long)).toBeLessThan(1);
    expect(venue.ratio(long)).toBeGreaterThan(0.999);
  });
});
