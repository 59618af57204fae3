import { DELEVERAGE_POLICIES } from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { negativeBalanceViews } from '../../src/index.js';
import { HOUSE } from '../../src/state/balances.js';
import { BTC, LiquidationVenue, SOL } from './liquidation-venue.js';

/** 1 BTC long at 100,000 with 2,000 USDC, against a short with 40,000 and one with 10,000. */
function longBitcoin(venue = new LiquidationVenue()) {
  const long = venue.trader('long', { USDC: '2000' });
  const bold = venue.trader('bold', { USDC: '2000' });
  const calm = venue.trader('calm', { USDC: '40000' });
  venue.trade(long, bold, BTC, '100000', '0.5');
  venue.trade(long, calm, BTC, '100000', '0.5');
  const lots = (keyId: number) => venue.position(keyId, BTC)?.size ?? 0;
  return { venue, long, bold, calm, lots };
}

/** Gives the backstop fund cash out of nowhere, and takes it from the chain account. */
function endow(venue: LiquidationVenue, atoms: number): void {
  const { houseAtoms } = venue.state.balances.of(1);
  (houseAtoms[HOUSE.backstopFund] as number) += atoms;
  (houseAtoms[HOUSE.chain] as number) -= atoms;
}

describe('deleveraging', () => {
  test('closes at the mark, and only what it must, while the account has equity', () => {
    const { venue, long, bold, calm, lots } = longBitcoin();
    venue.price(BTC, 98_250);
    const closed = venue.of('deleveraged');
    expect(closed.length).toBeGreaterThan(0);
    expect(closed.every(({ takenAtoms }) => takenAtoms === 0)).toBe(true);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    const fees = closed.reduce((sum, { feeAtoms }) => sum + feeAtoms, 0);
    expect(fees).toBeGreaterThan(0);
    expect(venue.margin(long).netEquityUsd).toBeCloseTo(250 - fees / 1e6, 6);
    expect(venue.ratio(long)).toBeLessThan(1);
    expect(venue.ratio(long)).toBeGreaterThan(0.999);
    expect(lots(bold)).toBe(0);
    expect(lots(calm)).toBe(-lots(long));
  });

  test('is followed by a longer pause where many are in the market, so that orders go on', () => {
    const pauseUs = (others: number): number => {
      const venue = new LiquidationVenue({ checked: false });
      for (let place = 0; place < others; place += 1) {
        const keyId = venue.trader(`other${place}`, { USDC: '1000' });
        venue.limit(keyId, 'Bid', '60000', '0.001', { symbol: BTC });
      }
      longBitcoin(venue);
      venue.price(BTC, 97_500);
      expect(venue.of('deleveraged').length).toBeGreaterThan(0);
      return venue.state.liquidations.nextSliceUs - venue.state.timeUs;
    };
    expect(pauseUs(0)).toBe(1_000);
    expect(pauseUs(1_100)).toBeGreaterThanOrEqual(2_000);
  });

  test('waits while the book alone is thin and the account is above the auto-close fraction', () => {
    const { venue } = longBitcoin();
    venue.price(BTC, 98_650);
    venue.rounds(5);
    expect(venue.of('deleveraged')).toEqual([]);
    expect(venue.of('liquidationEnded')).toEqual([]);
  });

  test('takes a deficit out of the profit of the other side, to the atom', () => {
    const { venue, long, lots } = longBitcoin();
    venue.price(BTC, 97_500);
    const taken = venue.of('deleveraged').reduce((sum, { takenAtoms }) => sum + takenAtoms, 0);
    expect(taken).toBe(500_000_000);
    expect(lots(long)).toBe(0);
    expect(venue.margin(long).netEquityUsd).toBe(0);
    expect(venue.of('negativeBalanceRecorded')).toEqual([]);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'closed', standing: { netEquityUsd: 0 } }]);
  });

  test('comes after the fund, which pays first', () => {
    const { venue, long } = longBitcoin();
    endow(venue, 300_000_000);
    venue.price(BTC, 97_500);
    const taken = venue.of('deleveraged').reduce((sum, { takenAtoms }) => sum + takenAtoms, 0);
    expect(venue.of('deficitCovered')).toMatchObject([{ quantityAtoms: 300_000_000, into: 'unsettled' }]);
    expect(taken).toBe(200_000_000);
    expect(venue.margin(long).netEquityUsd).toBe(0);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'bankrupt' }]);
  });

  test('is spared those who stand opposite when the fund pays all and providers take over', () => {
    const { venue, long } = longBitcoin();
    endow(venue, 600_000_000);
    const backstop = venue.trader('provider', { USDC: '100000' });
    venue.command(backstop, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${BTC}:10:10` });
    venue.price(BTC, 97_500);
    expect(venue.of('deleveraged')).toEqual([]);
    expect(venue.position(backstop, BTC)?.size).toBe(100_000);
    expect(venue.of('deficitCovered')).toMatchObject([{ quantityAtoms: 500_000_000 }]);
    expect(venue.margin(long).netEquityUsd).toBe(0);
  });

  test('takes no more than profit, and records what nobody can pay', () => {
    const venue = new LiquidationVenue();
    const long = venue.trader('long', { USDC: '2000' });
    const early = venue.trader('early', { USDC: '100000' });
    const late = venue.trader('late', { USDC: '100000' });
    venue.trade(long, early, BTC, '100000', '1');
    venue.trade(early, late, BTC, '97100', '1');
    venue.price(BTC, 97_000);
    const [closed] = venue.of('deleveraged');
    expect(closed).toMatchObject({ counterpartyAccountId: venue.accountOf(late), takenAtoms: 100_000_000 });
    expect(venue.of('negativeBalanceRecorded')).toMatchObject([
      { negative: { quantityAtoms: 900_000_000 }, from: 'unsettled' },
    ]);
    expect(negativeBalanceViews(venue.state)).toMatchObject([
      { accountId: venue.accountOf(long), assetId: 1, quantityAtoms: 900_000_000 },
    ]);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'bankrupt', liquidation: { unpaidUsd: 900 } }]);
    expect(venue.margin(late).netEquityUsd).toBeCloseTo(100_000, 6);
  });
});

describe('the policy of a market', () => {
  /** A deficit of 500 USDC, and two shorts of the same size whose profits are 1,250 and 250. */
  function deficitUnder(deleveragePolicy: (typeof DELEVERAGE_POLICIES)[number]) {
    const venue = new LiquidationVenue();
    const market = RISK_GENESIS.markets.find(({ symbol }) => symbol === BTC);
    if (market?.perp === undefined) throw new Error(`no perpetual ${BTC}`);
    venue.decide({ kind: 'setMarketFilters', market: { ...market, perp: { ...market.perp, deleveragePolicy } } });
    const long = venue.trader('long', { USDC: '2000' });
    const early = venue.trader('early', { USDC: '40000' });
    const middle = venue.trader('middle', { USDC: '40000' });
    const late = venue.trader('late', { USDC: '4000' });
    venue.trade(long, early, BTC, '100000', '0.5');
    venue.trade(long, middle, BTC, '100000', '0.5');
    venue.trade(middle, late, BTC, '98000', '0.5');
    venue.price(BTC, 97_500);
    const closed = venue.of('deleveraged');
    const taken = (keyId: number) =>
      closed
        .filter(({ counterpartyAccountId }) => counterpartyAccountId === venue.accountOf(keyId))
        .reduce((sum, { takenAtoms }) => sum + takenAtoms, 0);
    expect(closed.every(({ policy }) => policy === deleveragePolicy)).toBe(true);
    expect(venue.position(long, BTC)?.size ?? 0).toBe(0);
    return { early: taken(early), late: taken(late) };
  }

  test.each(DELEVERAGE_POLICIES)('%s pays the deficit, and nobody more than its profit', (policy) => {
    const { early, late } = deficitUnder(policy);
    expect(early + late).toBe(500_000_000);
    expect(early).toBeLessThanOrEqual(1_250_000_000);
    expect(late).toBeLessThanOrEqual(250_000_000);
  });
});

describe('an account with nothing left', () => {
  test('waits while one of its markets has no price to trust, and is closed as a whole after that', () => {
    const venue = new LiquidationVenue();
    const maker = venue.trader('maker', { USDC: '1000000' });
    const both = venue.trader('both', { USDC: '5000' });
    venue.trade(both, maker, BTC, '100000', '1');
    venue.trade(both, maker, SOL, '150', '100');
    const sol = venue.state.markets.bySymbol(SOL);
    if (sol !== undefined) sol.prices.indexLive = false;
    venue.price(BTC, 94_000);
    venue.rounds(3);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    expect(venue.of('deleveraged')).toEqual([]);
    venue.mark(SOL, 150);
    venue.rounds(1);
    expect(new Set(venue.of('deleveraged').map(({ marketId }) => marketId))).toEqual(new Set([5, 7]));
    expect(venue.of('deleveraged').reduce((sum, { takenAtoms }) => sum + takenAtoms, 0)).toBe(1_000_000_000);
    expect(venue.margin(both).netEquityUsd).toBe(0);
  });
});

describe('a negative balance on record', () => {
  function recorded() {
    const venue = new LiquidationVenue();
    const long = venue.trader('long', { USDC: '2000' });
    const early = venue.trader('early', { USDC: '100000' });
    const late = venue.trader('late', { USDC: '100000' });
    venue.trade(long, early, BTC, '100000', '1');
    venue.trade(early, late, BTC, '97000', '1');
    venue.price(BTC, 97_000);
    return { venue, long };
  }

  test('is not set against later money unasked', () => {
    const { venue, long } = recorded();
    venue.deposit(long, 'USDC', '5000');
    venue.rounds(30);
    expect(venue.margin(long).netEquityUsd).toBe(5000);
    const gone = venue.command(long, 'withdraw', {
      symbol: 'USDC',
      quantity: '5000',
      blockchain: 'Sandbox',
      address: 'away',
    });
    expect(gone).toContainEqual(expect.objectContaining({ kind: 'withdrawalRequested' }));
    expect(negativeBalanceViews(venue.state, venue.accountOf(long))).toMatchObject([{ quantityAtoms: 1_000_000_000 }]);
  });

  test('is paid when its owner says so, at most what it is', () => {
    const { venue, long } = recorded();
    venue.deposit(long, 'USDC', '5000');
    const accept = (quantity: string) =>
      venue.command(long, 'glassNegativeBalanceAccept', { symbol: 'USDC', quantity });
    expect(accept('400')).toContainEqual(
      expect.objectContaining({ kind: 'negativeBalanceAccepted', paidAtoms: 400_000_000 }),
    );
    expect(accept('4000')).toContainEqual(
      expect.objectContaining({ kind: 'negativeBalanceAccepted', paidAtoms: 600_000_000 }),
    );
    expect(negativeBalanceViews(venue.state)).toEqual([]);
    expect(venue.margin(long).netEquityUsd).toBe(4000);
    expect(venue.state.pools[0]?.houseClaims[HOUSE.negativeBalances]).toBe(0);
  });
});
