// Where a made-up walk goes on: at the last trade of the exchange's own market, so that a restart makes no jump.
import type { ExchangeClient } from '@glasshouse/client';

async function lastTrade(client: ExchangeClient, symbol: string): Promise<number | undefined> {
  const [last] = await client.trades({ symbol, limit: 1 });
  return last === undefined ? undefined : Number(last.price);
}

export async function openingPrices(client: ExchangeClient): Promise<ReadonlyMap<string, number>> {
  const openings = new Map<string, number>();
  for (const { symbol, baseSymbol } of await client.markets()) {
    const price = openings.has(baseSymbol) ? undefined : await lastTrade(client, symbol);
    if (price !== undefined) openings.set(baseSymbol, price);
  }
  return openings;
}
