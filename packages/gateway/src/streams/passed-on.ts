// Parts of positions that changed hands without an order, as both accounts hear of them: an order's fill without an order's number.
import type { OrderUpdateFrame } from '@glasshouse/api';
import { type Event, SIDE, type Side } from '@glasshouse/protocol';
import type { Atoms, Lots } from '@glasshouse/units';
import { meanPrice } from '../answers/mean-price.js';
import { SIDE_NAME } from '../answers/names.js';
import { priceText } from '../answers/real-number.js';
import type { Listing } from '../exchange/listing.js';
import type { Times } from './frames.js';

/** One account's side of it. */
export type PassedOn = {
  readonly accountId: number;
  readonly marketId: number;
  readonly side: Side;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  /** Out of the account, in the settlement asset; negative was received. */
  readonly feeAtoms: number;
  readonly origin: OrderUpdateFrame['O'];
  /** A provider's position may grow. */
  readonly reduces: boolean;
};

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

/** Of who takes over or gives way, then of who is liquidated; nothing for all other events. */
export function passedOnBy(event: Event): readonly PassedOn[] {
  if (event.kind === 'backstopAssigned') {
    const { accountId, providerAccountId, marketId, side, sizeLots, quoteAtoms } = event;
    const both = { marketId, sizeLots, quoteAtoms };
    const feeAtoms = event.providerFeeAtoms + event.fundFeeAtoms;
    const provider = { accountId: providerAccountId, side: opposite(side), feeAtoms: 0 - event.providerFeeAtoms };
    return [
      { ...both, ...provider, origin: 'BACKSTOP_LIQUIDITY_PROVIDER', reduces: false },
      { ...both, accountId, side, feeAtoms, origin: 'LIQUIDATION_AUTOCLOSE', reduces: true },
    ];
  }
  if (event.kind === 'deleveraged') {
    const { accountId, counterpartyAccountId, marketId, side, sizeLots, quoteAtoms } = event;
    const both = { marketId, sizeLots, quoteAtoms, reduces: true };
    return [
      { ...both, accountId: counterpartyAccountId, side: opposite(side), feeAtoms: 0, origin: 'ADL_AUTOCLOSE' },
      { ...both, accountId, side, feeAtoms: event.feeAtoms, origin: 'LIQUIDATION_AUTOCLOSE' },
    ];
  }
  return NOTHING;
}

const NOTHING: readonly PassedOn[] = [];

export function passedOnFrame(listing: Listing, passed: PassedOn, times: Times): string {
  const quantity = listing.paddedQuantity(passed.sizeLots);
  const quote = listing.paddedQuoteQuantity(passed.quoteAtoms);
  const frame: OrderUpdateFrame = {
    E: times.emittedUs,
    L: priceText(meanPrice(listing, passed), listing.market.tickScale),
    N: listing.quote.symbol,
    O: passed.origin,
    Q: quote,
    S: SIDE_NAME[passed.side],
    T: times.engineUs,
    V: 'RejectTaker',
    X: 'Filled',
    Z: quote,
    e: 'orderFill',
    f: 'IOC',
    i: '0',
    l: quantity,
    m: false,
    n: listing.quoteQuantity(passed.feeAtoms),
    o: 'MARKET',
    q: quantity,
    r: passed.reduces,
    s: listing.market.symbol,
    t: null,
    z: quantity,
  };
  return JSON.stringify(frame);
}
