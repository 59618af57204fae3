// A market of the demonstration as the exchange describes it, with its fair price.
import type { ExchangeClient } from '@glasshouse/client';
import { FairPrice, type Random } from '@glasshouse/price-feed';
import { Grid } from './grid.js';
import { MARKET_PROFILES, type MarketProfile } from './profile.js';

export type LiveMarket = { readonly profile: MarketProfile; readonly grid: Grid; readonly fair: FairPrice };

/** The walk goes on where the market last traded: a restart makes no jump. */
async function openingPrice(client: ExchangeClient, profile: MarketProfile): Promise<number> {
  const [last] = await client.trades({ symbol: profile.symbol, limit: 1 });
  return last === undefined ? profile.openingPrice : Number(last.price);
}

/** Those of the demonstration's markets that this exchange lists. */
export async function loadMarkets(client: ExchangeClient, random: Random): Promise<readonly LiveMarket[]> {
  const listed = await client.markets();
  const markets: LiveMarket[] = [];
  for (const profile of MARKET_PROFILES) {
    const market = listed.find((candidate) => candidate.symbol === profile.symbol);
    if (market === undefined) continue;
    const opening = await openingPrice(client, profile);
    const fair = new FairPrice(opening, profile.openingPrice, profile.volatility, random);
    markets.push({ profile, grid: new Grid(market.filters), fair });
  }
  return markets;
}
