// What the exchange itself says of prices, by asset.
import type { ExchangeClient } from '@glasshouse/client';

type Prices = ReadonlyMap<string, number>;

/** Index prices of what has a perpetual; empty where nothing has, or no source has been heard yet. */
export async function indexPrices(client: ExchangeClient): Promise<Prices> {
  const prices = new Map<string, number>();
  for (const { symbol, indexPrice } of await client.call('markPrices')) {
    const [asset = ''] = symbol.split('_');
    if (indexPrice !== null && Number(indexPrice) > 0) prices.set(asset, Number(indexPrice));
  }
  return prices;
}

async function lastTrade(client: ExchangeClient, symbol: string): Promise<number | undefined> {
  const [last] = await client.trades({ symbol, limit: 1 });
  return last === undefined ? undefined : Number(last.price);
}

/** Where a made-up walk goes on, so that a restart makes no jump: at the index, else at the last trade. */
export async function openingPrices(client: ExchangeClient): Promise<Prices> {
  const openings = new Map(await indexPrices(client));
  for (const { symbol, baseSymbol } of await client.markets()) {
    const price = openings.has(baseSymbol) ? undefined : await lastTrade(client, symbol);
    if (price !== undefined) openings.set(baseSymbol, price);
  }
  return openings;
}
