import { describe, expect, it } from 'vitest';
import { marginView } from '../../src/margin/view.js';
import { PricedVenue } from './priced-venue.js';

const SOL = 'SOL_USDC_PERP';
const MILLION = 1_000_000;
const USDC = 1;
const USDT = 5;

/** Lends USDC, so that there is a pool to borrow from. */
function venueWith(funds: Readonly<Record<string, string>>) {
  const venue = new PricedVenue();
  const lender = venue.trader('lender', { USDC: '1000000' });
  const loser = venue.trader('loser', funds);
  return { venue, lender, loser };
}

const loan = (venue: PricedVenue, keyId: number, assetId: number): number =>
  venue.state.balances.of(assetId).loanAtoms[venue.accountOf(keyId)] as number;

function passTens(venue: PricedVenue, times: number) {
  return Array.from({ length: times }, () => venue.pass(10_000)).flat();
}

/** Bought at 150, worth 20 USDC less. */
function loseTwenty(venue: PricedVenue, loser: number, winner: number): void {
  venue.trade(loser, winner, SOL, '150', '10');
  venue.mark(SOL, 148);
}

describe('a loss is covered', () => {
  it('by lent USDC first', () => {
    const { venue, lender, loser } = venueWith({ USDC: '1000' });
    loseTwenty(venue, loser, lender);
    passTens(venue, 3);
    expect(loan(venue, loser, USDC)).toBe(980 * MILLION);
    expect(venue.unsettled(loser)).toBe(0);
  });

  it('by a loan when there is no USDC: 5 of fees and 20 of loss are a 25 USDC borrow, and the USDT is untouched', () => {
    const { venue, lender, loser } = venueWith({ USDT: '1000' });
    const taker = 1_666;
    venue.decide({
      kind: 'setFeeTiers',
      spotFeeTiers: [0, 1, 2].map((minVolume) => ({
        name: `${minVolume}`,
        minVolume,
        makerPpm: 0,
        takerPpm: 2_000,
        perpMakerPpm: 0,
        perpTakerPpm: taker * 2,
      })),
    });
    loseTwenty(venue, loser, lender);
    passTens(venue, 3);
    const fee = Math.ceil((1_500 * MILLION * taker * 2) / MILLION);
    expect(loan(venue, loser, USDC)).toBe(-(20 * MILLION + fee));
    expect(loan(venue, loser, USDT)).toBe(1_000 * MILLION);
  });

  it('by selling collateral when nothing may be borrowed, only as much as needed', () => {
    const { venue, lender, loser } = venueWith({ USDT: '1000' });
    venue.command(loser, 'accountUpdate', { autoBorrowSettlements: false });
    venue.limit(lender, 'Bid', '0.9995', '5000', { symbol: 'USDT_USDC' });
    loseTwenty(venue, loser, lender);
    const events = passTens(venue, 3);
    expect(events.filter(({ kind }) => kind === 'collateralConverted')).toHaveLength(1);
    expect(venue.unsettled(loser)).toBe(0);
    expect(loan(venue, loser, USDT)).toBe(979.78 * MILLION);
    expect(loan(venue, loser, USDC)).toBeGreaterThanOrEqual(0);
  });

  it('not at all when nobody buys the collateral: the claim stays and the equity with it', () => {
    const { venue, lender, loser } = venueWith({ USDT: '1000' });
    venue.command(loser, 'accountUpdate', { autoBorrowSettlements: false });
    loseTwenty(venue, loser, lender);
    const before = marginView(venue.state, venue.accountOf(loser))?.netEquityUsd;
    passTens(venue, 3);
    expect(venue.unsettled(loser)).toBe(-20 * MILLION);
    expect(marginView(venue.state, venue.accountOf(loser))?.netEquityUsd).toBe(before);
  });
});

describe('a profit', () => {
  it('repays a loan of USDC first, then is lent', () => {
    const { venue, lender, loser } = venueWith({ USDT: '1000' });
    loseTwenty(venue, loser, lender);
    passTens(venue, 3);
    expect(loan(venue, loser, USDC)).toBe(-20 * MILLION);
    venue.mark(SOL, 155);
    passTens(venue, 3);
    expect(loan(venue, loser, USDC)).toBe(50 * MILLION);
  });
});

describe('virtual profit and loss', () => {
  it('is settled when it is more than an account may have, with the reason', () => {
    const { venue, lender, loser } = venueWith({ USDC: '1000' });
    venue.command(loser, 'accountUpdate', { autoRealizePnl: false });
    venue.decide({ kind: 'setRisk', risk: { ...venue.state.risk, virtualLimitPerAccount: 10 } });
    loseTwenty(venue, loser, lender);
    const events = passTens(venue, 3);
    expect(events.filter(({ kind }) => kind === 'cashSettled')).toContainEqual(
      expect.objectContaining({ accountId: venue.accountOf(loser), reason: 'accountLimit' }),
    );
  });

  it('is the other side of the winner’s cash in the books of the pool', () => {
    const { venue, lender, loser } = venueWith({ USDC: '1000' });
    venue.command(loser, 'accountUpdate', { autoRealizePnl: false });
    loseTwenty(venue, loser, lender);
    passTens(venue, 3);
    expect(venue.unsettled(loser)).toBe(-20 * MILLION);
    expect(venue.unsettled(lender)).toBe(0);
    expect(venue.state.pools[0]?.virtualBorrowedAtoms).toBe(20 * MILLION);
    expect(loan(venue, lender, USDC)).toBe(1_000_020 * MILLION);
  });
});

describe('a position that is reduced', () => {
  it('settles what was virtual', () => {
    const { venue, lender, loser } = venueWith({ USDC: '1000' });
    venue.command(loser, 'accountUpdate', { autoRealizePnl: false });
    loseTwenty(venue, loser, lender);
    venue.limit(lender, 'Bid', '148', '5', { symbol: SOL });
    const events = venue.limit(loser, 'Ask', '148', '5', { symbol: SOL });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'cashSettled', reason: 'positionReduced' }));
    expect(venue.unsettled(loser)).toBe(0);
    expect(loan(venue, loser, USDC)).toBe(990 * MILLION);
  });
});

describe('profit that the pool has no cash for', () => {
  /** Two winners who lend nothing, and a pool whose cash one lender can take back. */
  function short() {
    const { venue, lender, loser } = venueWith({ USDT: '1000' });
    const winners = ['first', 'second'].map((name) => venue.trader(name, { USDC: '1000' }));
    for (const key of winners) venue.command(key, 'accountUpdate', { autoLend: false });
    return { venue, lender, loser, winners };
  }

  it('waits, counts in the equity, and is paid in the order in which it came as cash arrives', () => {
    const { venue, lender, loser, winners } = short();
    const [first = 0, second = 0] = winners;
    venue.command(lender, 'accountUpdate', { autoLend: false });
    venue.trade(first, loser, SOL, '150', '10');
    venue.trade(second, loser, SOL, '150', '10');
    venue.command(loser, 'accountUpdate', { autoBorrowSettlements: false });
    venue.mark(SOL, 152);
    const before = marginView(venue.state, venue.accountOf(second))?.netEquityUsd;
    passTens(venue, 3);
    expect([first, second].map((key) => venue.unsettled(key))).toEqual([20 * MILLION, 20 * MILLION]);
    expect(marginView(venue.state, venue.accountOf(second))?.netEquityUsd).toBe(before);
    venue.command(lender, 'borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '30' });
    passTens(venue, 2);
    expect([first, second].map((key) => venue.unsettled(key))).toEqual([0, 10 * MILLION]);
    venue.command(lender, 'borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '30' });
    passTens(venue, 2);
    expect(venue.unsettled(second)).toBe(0);
    expect(venue.state.waitingForCash.size).toBe(0);
  });
});
