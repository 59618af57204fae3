// What a caller names, or a refusal.
import type { AssetView } from '@glasshouse/protocol';
import { marketTypeOf } from '../answers/market-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import { Problem } from '../problem.js';

export function listingOf(catalogue: Catalogue, symbol: string): Listing {
  const listing = catalogue.listingBySymbol(symbol);
  if (listing === undefined) throw new Problem('marketUnknown', { details: { symbol } });
  return listing;
}

export function assetOf(catalogue: Catalogue, symbol: string): AssetView {
  const asset = catalogue.assetBySymbol(symbol);
  if (asset === undefined) throw new Problem('assetUnknown', { details: { symbol } });
  return asset;
}

/** Ids of the markets whose type is among those named. */
export function marketsOfTypes(catalogue: Catalogue, types: readonly string[]): number[] {
  const listings = catalogue.listings().filter((listing) => types.includes(marketTypeOf(listing)));
  return listings.map(({ market }) => market.marketId);
}
