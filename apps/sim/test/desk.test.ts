import type { ExchangeClient } from '@glasshouse/client';
import { FairPrice, seededRandom } from '@glasshouse/price-feed';
import { expect, it } from 'vitest';
import { Grid } from '../src/market/grid.js';
import type { LiveMarket } from '../src/market/live-market.js';
import { desksFor, quoteFor } from '../src/traders/desk.js';

const filters = { price: { tickSize: '0.001' }, quantity: { stepSize: '0.001', minQuantity: '0.001' } };
const profile = { symbol: 'SOL_USDC', base: 'SOL', openingPrice: 150, volatility: 0, baseStock: 0 };
const market: LiveMarket = { profile, grid: new Grid(filters), fair: new FairPrice(150, 150, 0, seededRandom(1)) };

const listing = (symbol: string, baseSymbol: string, quoteSymbol = 'USDC') => ({
  symbol,
  baseSymbol,
  quoteSymbol,
  filters,
});

const asked: unknown[] = [];
const client = {
  markets: async (params: unknown) => {
    asked.push(params);
    return [listing('SOL_USDC_RFQ', 'SOL'), listing('DOGE_USDC_RFQ', 'DOGE'), listing('SOL_BTC_RFQ', 'SOL', 'BTC')];
  },
} as unknown as ExchangeClient;

it('a quoter serves the markets of requests whose pair has a book that it knows', async () => {
  const desks = await desksFor(client, [market]);
  expect(asked).toEqual([{ marketType: ['RFQ'] }]);
  expect([...desks.keys()]).toEqual(['SOL_USDC_RFQ']);
});

it('a quote lies on both sides of the fair price, on the grid', () => {
  const desk = { grid: new Grid(filters), market };
  expect(quoteFor(desk, 0.0005)).toEqual({ bidPrice: '149.925', askPrice: '150.075' });
});
