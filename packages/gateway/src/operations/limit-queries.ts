// What an account could still borrow, order and withdraw. Found by the exchange's own admission rules.
import type { RequestOf } from '@glasshouse/api';
import { SIDE } from '@glasshouse/protocol';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { Problem } from '../problem.js';
import type { SignedQueries } from './contract.js';
import { assetOf, listingOf } from './listing-of.js';
import type { SignedQueryParts } from './query-parts.js';

/** 0 for no price: at the market. */
function ticksOf(listing: Listing, price: string | undefined): number {
  if (price === undefined) return 0;
  const ticks = listing.ticks(price);
  if (ticks === undefined) throw new Problem('priceNotOnTick', { details: { price } });
  return ticks;
}

function orderLimit(listing: Listing, values: RequestOf<'maxOrderQuantity'>) {
  return {
    side: values.side === 'Bid' ? SIDE.bid : SIDE.ask,
    priceTicks: ticksOf(listing, values.price),
    reduceOnly: values.reduceOnly ?? false,
    autoBorrow: values.autoBorrow ?? false,
    autoLendRedeem: values.autoLendRedeem ?? true,
  };
}

export function limitQueries({ port, catalogue }: SignedQueryParts) {
  return {
    maxBorrowQuantity: async ({ symbol }, { accountId }) => {
      const asset = assetOf(catalogue, symbol);
      const atoms = await port.read((view) => view.maxBorrowAtoms(accountId, asset.assetId));
      return { maxBorrowQuantity: assetQuantity(asset, atoms), symbol };
    },
    maxOrderQuantity: async (values, { accountId }) => {
      const listing = listingOf(catalogue, values.symbol);
      const order = orderLimit(listing, values);
      const lots = await port.read((view) => view.maxOrderLots(accountId, listing.market.marketId, order));
      return {
        autoBorrow: values.autoBorrow ?? null,
        autoBorrowRepay: values.autoBorrowRepay ?? null,
        autoLendRedeem: values.autoLendRedeem ?? null,
        maxOrderQuantity: listing.quantity(lots),
        price: values.price ?? null,
        reduceOnly: values.reduceOnly ?? null,
        side: values.side,
        symbol: values.symbol,
      };
    },
    maxWithdrawalQuantity: async ({ symbol, autoBorrow, autoLendRedeem }, { accountId }) => {
      const asset = assetOf(catalogue, symbol);
      const options = { autoBorrow: autoBorrow ?? false, autoLendRedeem: autoLendRedeem ?? true };
      const atoms = await port.read((view) => view.maxWithdrawalAtoms(accountId, asset.assetId, options));
      return {
        autoBorrow: autoBorrow ?? null,
        autoLendRedeem: autoLendRedeem ?? null,
        maxWithdrawalQuantity: assetQuantity(asset, atoms),
        symbol,
      };
    },
  } satisfies Partial<SignedQueries>;
}
