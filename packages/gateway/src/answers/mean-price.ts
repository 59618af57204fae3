import type { Listing } from '../exchange/listing.js';

type Traded = { readonly sizeLots: number; readonly quoteAtoms: number };

/** Quote units per base unit. */
export function meanPrice(listing: Listing, { sizeLots, quoteAtoms }: Traded): number {
  return listing.quoteUnits(quoteAtoms) / listing.baseUnits(sizeLots);
}
