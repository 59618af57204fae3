// Small venues in which one long, or its money in several accounts, meets one crash: what is left of it in the end.
import { worthUsd } from '../../../src/liquidation/worth.js';
import { BTC, LiquidationVenue } from '../liquidation-venue.js';

export type World = {
  /** Who is there to take what is liquidated. */
  readonly taker: 'book' | 'provider' | 'others';
  readonly fees: boolean;
  /** Lots of BTC, each of 10⁻⁵. */
  readonly lots: number;
  /** Dollars by which the mark falls below 100,000, at which the long was opened fifty times over. */
  readonly fall: number;
  /** How far below the mark the bid of the book is, in millionths. */
  readonly bidBelow: number;
};

const LOT = 1e-5;
const ENTRY = 100_000;
const BACKING = 2_000;
const ROUNDS = 45;
const MILLION = 1_000_000;

/** In all accounts together, in dollars at full prices. */
export function leftOf({ taker, fees, lots, fall, bidBelow }: World, accounts = 1): number {
  const venue = new LiquidationVenue({ fees, checked: false });
  const maker = venue.trader('maker', { USDC: '50000000' });
  const funds = ((lots * LOT * BACKING + 1) / accounts).toFixed(6);
  const longs = Array.from({ length: accounts }, (_, place) => venue.trader(`long${place}`, { USDC: funds }));
  for (const long of longs) venue.trade(long, maker, BTC, `${ENTRY}`, ((lots / accounts) * LOT).toFixed(5));
  const price = ENTRY - fall;
  if (taker === 'provider') {
    const provider = venue.trader('provider', { USDC: '10000000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${BTC}:100:100` });
  }
  if (taker === 'book') venue.quotes(maker, 'Bid', BTC, [[(price * (1 - bidBelow / MILLION)).toFixed(1), '100']]);
  venue.price(BTC, price);
  venue.rounds(ROUNDS);
  return longs.reduce((sum, long) => sum + worthUsd(venue.state, venue.accountOf(long)), 0);
}
