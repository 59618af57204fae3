// What an account has at stake is kept from one order to the next. Orders must be judged by what it is now, in however many markets.
import { Random, RISK_GENESIS } from '@glasshouse/testkit';
import type { Price } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { marginTermsOf } from '../../src/margin/account.js';
import { standingOf } from '../../src/margin/standing.js';
import { Venue } from '../venue.js';

const COINS = 40;
const PRICE = 100;

const coins = Array.from({ length: COINS }, (_, place) => `COIN${place}`);
const symbolOf = (coin: string): string => `${coin}_USDC_PERP`;

function genesis() {
  const asset = RISK_GENESIS.assets.find(({ symbol }) => symbol === 'kBONK');
  const market = RISK_GENESIS.markets.find(({ symbol }) => symbol === 'SOL_USDC_PERP');
  return {
    ...RISK_GENESIS,
    assets: [...RISK_GENESIS.assets, ...coins.map((symbol) => ({ ...asset, symbol, displayName: symbol }))],
    markets: [
      ...RISK_GENESIS.markets,
      ...coins.map((base) => ({ ...market, base, symbol: symbolOf(base), minPrice: '0.01' })),
    ],
  };
}

function expectKept({ state }: Venue): void {
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) {
    const { netEquityUsd, lockedUsd } = marginTermsOf(state, accountId);
    expect(standingOf(state, accountId)).toEqual({ netEquityUsd, lockedUsd });
  }
}

function pricedVenue(): Venue {
  const venue = new Venue({ genesis: genesis(), checked: false });
  for (const { prices, perp } of venue.state.markets.list) {
    if (perp === undefined) continue;
    prices.indexLive = true;
    prices.markPrice = PRICE as Price;
  }
  venue.state.schedule.nextSampleUs = Number.MAX_SAFE_INTEGER as typeof venue.state.schedule.nextSampleUs;
  return venue;
}

describe('the standing of an account', () => {
  it.each([3, 31, 32, COINS])('is what its terms add up to, in %d markets at once', (markets) => {
    const venue = pricedVenue();
    const keys = [venue.trader('one', { USDC: '1000000' }), venue.trader('two', { USDC: '1000000' })];
    const random = new Random(markets);
    const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
    const wide = coins.slice(0, markets).map(symbolOf);
    for (const symbol of wide) {
      venue.limit(keys[0] as number, 'Ask', '100', '2', { symbol });
      venue.limit(keys[1] as number, 'Bid', '100', '1', { symbol });
      expectKept(venue);
    }
    for (let count = 0; count < 300; count += 1) {
      const symbol = pick(wide);
      const key = pick(keys);
      if (random.below(3) === 0) venue.command(key, 'orderCancelAll', { symbol });
      else
        venue.limit(key, pick(['Bid', 'Ask']), String(98 + random.below(5)), String(1 + random.below(3)), { symbol });
      if (random.below(2) === 0) expectKept(venue);
      if (random.below(20) !== 0) continue;
      const market = venue.state.markets.bySymbol(pick(wide));
      if (market !== undefined) market.prices.markPrice = (PRICE + random.below(3)) as Price;
      venue.state.priceVersion += 1;
    }
    expect(venue.state.positions.size).toBeGreaterThan(markets / 2);
    expectKept(venue);
  });

  it('follows a leverage limit at once', () => {
    const venue = pricedVenue();
    const [one, two] = [venue.trader('one', { USDC: '1000000' }), venue.trader('two', { USDC: '1000000' })];
    venue.limit(one, 'Ask', '100', '5', { symbol: symbolOf('COIN0') });
    venue.limit(two, 'Bid', '100', '5', { symbol: symbolOf('COIN0') });
    const before = standingOf(venue.state, venue.accountOf(one)).lockedUsd;
    venue.command(one, 'accountUpdate', { leverageLimit: '2' });
    expect(standingOf(venue.state, venue.accountOf(one)).lockedUsd).toBeGreaterThan(before);
    expectKept(venue);
  });
});
