import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marginExplanation } from '../../src/margin/explanation.js';
import { isLiquidatable, priceOfTicks } from '../../src/margin/liquidation.js';
import { PricedVenue } from '../perps/priced-venue.js';

const MARKETS = ['BTC_USDC_PERP', 'ETH_USDC_PERP', 'SOL_USDC_PERP'] as const;
const PRICES = { BTC_USDC_PERP: '100000', ETH_USDC_PERP: '4000', SOL_USDC_PERP: '150' } as const;
const STEPS = { BTC_USDC_PERP: 0.1, ETH_USDC_PERP: 2, SOL_USDC_PERP: 50 } as const;

const account = fc.record({
  usdc: fc.integer({ min: 2_000, max: 200_000 }),
  btc: fc.integer({ min: 0, max: 3 }),
  sol: fc.integer({ min: 0, max: 2_000 }),
  leverageLimit: fc.constantFrom('', '5', '20'),
  trades: fc.array(
    fc.record({ market: fc.constantFrom(...MARKETS), long: fc.boolean(), steps: fc.integer({ min: 1, max: 30 }) }),
    { minLength: 1, maxLength: 6 },
  ),
});

type Account = typeof account extends fc.Arbitrary<infer Value> ? Value : never;

function opened({ usdc, btc, sol, leverageLimit, trades }: Account): { venue: PricedVenue; accountId: number } {
  const venue = new PricedVenue();
  const keyId = venue.trader('explained', { USDC: String(usdc), ...funds('BTC', btc), ...funds('SOL', sol) });
  const other = venue.trader('other', { USDC: '100000000' });
  if (leverageLimit !== '') venue.command(keyId, 'accountUpdate', { leverageLimit });
  for (const { market, long, steps } of trades) {
    const quantity = String(Number((STEPS[market] * steps).toFixed(5)));
    if (long) venue.trade(keyId, other, market, PRICES[market], quantity);
    else venue.trade(other, keyId, market, PRICES[market], quantity);
    venue.command(keyId, 'orderCancelAll', { symbol: market });
    venue.command(other, 'orderCancelAll', { symbol: market });
  }
  return { venue, accountId: venue.accountOf(keyId) };
}

const funds = (symbol: string, quantity: number) => (quantity === 0 ? {} : { [symbol]: String(quantity) });

describe('the explanation of a margin', () => {
  it('adds up to the margin', () => {
    fc.assert(
      fc.property(account, (drawn) => {
        const { venue, accountId } = opened(drawn);
        const explained = marginExplanation(venue.state, accountId);
        if (explained === undefined) throw new Error('no account');
        const { margin, assets, markets } = explained;
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(assets.map((term) => term.collateralUsd))).toBeCloseTo(margin.collateralUsd, 6);
        expect(sum([...assets, ...markets].map((term) => term.initialMarginUsd))).toBeCloseTo(margin.lockedUsd, 6);
        expect(sum([...assets, ...markets].map((term) => term.maintenanceMarginUsd))).toBeCloseTo(
          margin.maintenanceMarginUsd,
          6,
        );
        for (const { imf, initialMarginUsd, worstNotionalUsd } of markets) {
          const fraction = Math.max(imf.base, imf.bySize, imf.byLeverageLimit, imf.byVenueLeverage);
          expect(initialMarginUsd).toBeCloseTo(fraction * worstNotionalUsd, 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names the very tick at which the engine would liquidate: one better and it would not', () => {
    let checked = 0;
    fc.assert(
      fc.property(account, (drawn) => {
        const { venue, accountId } = opened(drawn);
        const explained = marginExplanation(venue.state, accountId);
        for (const { marketId, sizeLots, liquidationTicks } of explained?.markets ?? []) {
          if (liquidationTicks === undefined) continue;
          const market = venue.state.markets.get(marketId);
          if (market === undefined) throw new Error('no market');
          const before = market.prices.markPrice;
          const at = (ticks: number) => {
            venue.mark(market.symbol, priceOfTicks(market, ticks));
            const answer = isLiquidatable(venue.state, accountId);
            venue.mark(market.symbol, before);
            return answer;
          };
          expect(at(liquidationTicks)).toBe(true);
          expect(at(liquidationTicks + (sizeLots > 0 ? 1 : -1))).toBe(false);
          checked += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(checked).toBeGreaterThan(30);
  });

  it('names the price of collateral at which the engine would liquidate', () => {
    const venue = new PricedVenue();
    const keyId = venue.trader('holder', { BTC: '1' });
    const other = venue.trader('other', { USDC: '10000000' });
    venue.trade(keyId, other, 'ETH_USDC_PERP', '4000', '100');
    const accountId = venue.accountOf(keyId);
    const term = marginExplanation(venue.state, accountId)?.assets.find(({ assetId }) => assetId === 2);
    const price = term?.liquidationPriceUsd ?? 0;
    expect(price).toBeGreaterThan(1_000);
    venue.index('BTC', price);
    expect(isLiquidatable(venue.state, accountId)).toBe(true);
    venue.index('BTC', price * 1.00001);
    expect(isLiquidatable(venue.state, accountId)).toBe(false);
  });

  it('has no price for an account that no price can liquidate', () => {
    const venue = new PricedVenue();
    const keyId = venue.trader('safe', { USDC: '100000' });
    const other = venue.trader('other', { USDC: '100000' });
    venue.trade(keyId, other, 'SOL_USDC_PERP', '150', '10');
    const explained = marginExplanation(venue.state, venue.accountOf(keyId));
    expect(explained?.markets.map(({ liquidationTicks }) => liquidationTicks)).toEqual([undefined]);
  });
});
