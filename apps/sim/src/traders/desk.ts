// What a quoter knows of the markets in which it is asked.
import type { ExchangeClient } from '@glasshouse/client';
import { Grid } from '../market/grid.js';
import type { LiveMarket } from '../market/live-market.js';
import { QUOTE } from '../market/profile.js';

/** A market of requests, and where its price comes from: the market with a book of the same pair. */
export type Desk = { readonly grid: Grid; readonly market: LiveMarket };

export async function desksFor(
  client: ExchangeClient,
  markets: readonly LiveMarket[],
): Promise<ReadonlyMap<string, Desk>> {
  const desks = new Map<string, Desk>();
  for (const { symbol, baseSymbol, quoteSymbol, filters } of await client.markets({ marketType: ['RFQ'] })) {
    const market = markets.find(({ profile }) => profile.symbol === `${baseSymbol}_${quoteSymbol}`);
    if (market !== undefined && quoteSymbol === QUOTE) desks.set(symbol, { grid: new Grid(filters), market });
  }
  return desks;
}

/** Both sides, half the spread away from the fair price. */
export function quoteFor({ grid, market }: Desk, halfSpread: number) {
  const priceAt = (share: number) => grid.priceText(grid.ticksAt(market.fair.value * (1 + share)));
  return { bidPrice: priceAt(-halfSpread), askPrice: priceAt(halfSpread) };
}
