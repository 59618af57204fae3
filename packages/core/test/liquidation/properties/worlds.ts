// Small venues in which one long, or its money in several accounts, meets one crash: what is left of it in the end.
import { worthUsd } from '../../../src/liquidation/worth.js';
import { BTC, LiquidationVenue } from '../liquidation-venue.js';

export type World = {
  /** Who is there to take what is liquidated, beside those on the other side. */
  readonly taker: 'book' | 'provider' | 'others' | 'anybody';
  readonly fees: boolean;
  /** Lots of BTC, each of 10⁻⁵. */
  readonly lots: number;
  /** Dollars by which the mark falls below 100,000, at which the long was opened fifty times over. */
  readonly fall: number;
  /** How far below the mark the best bid of the book is, in millionths. */
  readonly bidBelow: number;
  /** Of the position, how much that bid takes, in hundredths, and how far below it the rest of the book is. */
  readonly bestPart: number;
  readonly restBelow: number;
};

export type Outcome = {
  /** In all accounts together, in dollars at full prices. */
  readonly leftUsd: number;
  /** Nobody is in liquidation any more. */
  readonly isOver: boolean;
};

const LOT = 1e-5;
const ENTRY = 100_000;
const BACKING = 2_000;
const ROUNDS = 45;
const MILLION = 1_000_000;

const has = (taker: World['taker'], wanted: World['taker']): boolean => taker === wanted || taker === 'anybody';

function bidsOf({ lots, fall, bidBelow, bestPart, restBelow }: World): readonly (readonly [string, string])[] {
  const at = (below: number): string => ((ENTRY - fall) * (1 - below / MILLION)).toFixed(1);
  const best = Math.ceil((lots * bestPart) / 100) * LOT;
  return [[at(bidBelow), best.toFixed(5)] as const, [at(bidBelow + restBelow), '100'] as const];
}

export function outcomeOf(world: World, accounts = 1): Outcome {
  const { taker, fees, lots, fall } = world;
  const venue = new LiquidationVenue({ fees, checked: false });
  const maker = venue.trader('maker', { USDC: '50000000' });
  const funds = ((lots * LOT * BACKING + 1) / accounts).toFixed(6);
  const longs = Array.from({ length: accounts }, (_, place) => venue.trader(`long${place}`, { USDC: funds }));
  for (const long of longs) venue.trade(long, maker, BTC, `${ENTRY}`, ((lots / accounts) * LOT).toFixed(5));
  if (has(taker, 'provider')) {
    const provider = venue.trader('provider', { USDC: '10000000' });
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${BTC}:100:100` });
  }
  if (has(taker, 'book')) venue.quotes(maker, 'Bid', BTC, bidsOf(world));
  venue.price(BTC, ENTRY - fall);
  venue.rounds(ROUNDS);
  const leftUsd = longs.reduce((sum, long) => sum + worthUsd(venue.state, venue.accountOf(long)), 0);
  return { leftUsd, isOver: venue.state.liquidations.size === 0 };
}
