// What the acceptance of a quote moves: quote one way, base the other, both out of what is available, redeems itself or can be
// borrowed; by the rules of a spot trade. Who asks pays no fee; the quoter pays the maker's fee of its tier, and gets no rebate,
// because nobody's fee would stand against it.
import type { RfqFillView } from '@glasshouse/protocol';
import { SIDE, type Side } from '@glasshouse/protocol';
import type { Lots, Ticks } from '@glasshouse/units';
import {
  type Atoms,
  baseAtoms,
  type FeePpm,
  feeCharged,
  feeEarned,
  lotsWithin,
  notionalAtoms,
} from '@glasshouse/units';
import { chargeFee, pay } from '../ledger/ledger.js';
import { noteCredit } from '../lending/idle.js';
import type { Refusal } from '../lending/limits.js';
import { raise } from '../orders/backing.js';
import { settlementRefusal } from '../orders/funds.js';
import { reservedAssetId } from '../orders/reserves.js';
import type { AgreedParty } from '../orders/spot-margin.js';
import { countVolume, payReferrer } from '../orders/trade-record.js';
import type { Market } from '../state/markets.js';
import { ORDER_FLAG } from '../state/order-flags.js';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';

export type Fill = { readonly ticks: Ticks; readonly lots: Lots; readonly quote: Atoms };

const NO_FEE = 0 as FeePpm;

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

const borrows = (lendingFlags: number): boolean => (lendingFlags & ORDER_FLAG.autoBorrow) !== 0;

export function takerOf({ accountId, side, lendingFlags }: Rfq): AgreedParty {
  return { accountId, side, lendingFlags, autoBorrow: borrows(lendingFlags), feePpm: NO_FEE };
}

/** The quoter when the request is on `side`. */
export function makerOf({ accountId, lendingFlags, feePpm }: Omit<Quote, 'quoteId'>, side: Side): AgreedParty {
  return { accountId, side: opposite(side), lendingFlags, autoBorrow: borrows(lendingFlags), feePpm };
}

/** What a request on `side` pays or gets by the quote. */
export const ticksFor = ({ bidTicks, askTicks }: Pick<Quote, 'bidTicks' | 'askTicks'>, side: Side): number =>
  side === SIDE.bid ? askTicks : bidTicks;

/** Lots of the request at that price: of a quote quantity as many whole ones as it buys. */
export function lotsAt({ filters }: Market, { sizeLots, quoteSizeAtoms }: Rfq, ticks: number): number {
  if (sizeLots > 0) return sizeLots;
  return lotsWithin(quoteSizeAtoms as Atoms, ticks as Ticks, filters.atomsPerTickLot);
}

/** Undefined when price or size lie outside what the market takes now. */
export function fillAt(market: Market, rfq: Rfq, ticks: number): Fill | undefined {
  const { minTicks, maxTicks, minLots, maxLots, atomsPerTickLot } = market.filters;
  if (ticks < minTicks || ticks > maxTicks) return undefined;
  const lots = lotsAt(market, rfq, ticks) as Lots;
  if (lots < minLots || lots > maxLots) return undefined;
  return { ticks: ticks as Ticks, lots, quote: notionalAtoms(ticks as Ticks, lots, atomsPerTickLot) };
}

/** Why the party cannot settle the fill. */
export function partyRefusal(
  state: State,
  market: Market,
  party: AgreedParty,
  { lots, quote }: Fill,
): Refusal | undefined {
  return settlementRefusal(state, market, party, lots, quote);
}

function give(state: State, market: Market, from: AgreedParty, to: AgreedParty, atoms: Atoms): void {
  const assetId = reservedAssetId(market, from.side);
  pay(state, from.accountId, to.accountId, assetId, atoms);
  noteCredit(state, to.accountId, assetId, atoms, to.lendingFlags);
}

function chargeQuoter(
  state: State,
  market: Market,
  { accountId, feePpm }: AgreedParty,
  charged: Atoms,
  quote: Atoms,
): void {
  if (feePpm === 0) return;
  const earned = feeEarned(quote, feePpm);
  chargeFee(state, accountId, market.quoteAssetId, charged, earned);
  payReferrer(state, market, accountId, earned);
}

/** Both have been looked at and can pay. */
export function settleFill(
  state: State,
  market: Market,
  taker: AgreedParty,
  maker: AgreedParty,
  fill: Fill,
): RfqFillView {
  const { ticks, lots, quote } = fill;
  const base = baseAtoms(lots, market.filters.baseAtomsPerLot);
  const [buyer, seller] = taker.side === SIDE.bid ? [taker, maker] : [maker, taker];
  const feeAtoms = feeCharged(quote, maker.feePpm);
  const cost = (quote + (maker === buyer ? feeAtoms : 0)) as Atoms;
  raise(state, buyer, market.quoteAssetId, cost, 'rfq');
  raise(state, seller, market.baseAssetId, base, 'rfq');
  give(state, market, buyer, seller, quote);
  give(state, market, seller, buyer, base);
  chargeQuoter(state, market, maker, feeAtoms, quote);
  countVolume(state, market, taker.accountId, quote);
  countVolume(state, market, maker.accountId, quote);
  market.lastTradeId += 1;
  return {
    tradeId: market.lastTradeId,
    priceTicks: ticks,
    sizeLots: lots,
    quoteAtoms: quote,
    feeAssetId: market.quoteAssetId,
    feeAtoms,
  };
}
