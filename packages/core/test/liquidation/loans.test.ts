import { describe, expect, test } from 'vitest';
import { liquidationStatistics, negativeBalanceViews } from '../../src/index.js';
import { fundAtomsOf } from '../../src/liquidation/fund.js';
import { HOUSE } from '../../src/state/balances.js';
import { LoanVenue } from './loan-venue.js';

const SPOT = 'BTC_USDC';
const SOL_SPOT = 'SOL_USDC';

/** Ten SOL at 150 for collateral, and 1,000 USDC owed and spent. Interest of the first seconds is an atom. */
function debtor() {
  const venue = new LoanVenue();
  const lender = venue.trader('lender', { USDC: '1000000', BTC: '100', SOL: '10000' });
  const debtor = venue.manual('debtor', { SOL: '10' });
  venue.borrow(debtor, 'USDC', '1000');
  venue.spend(debtor, 'USDC', '1000');
  const bid = (price: string, quantity = '100') => venue.limit(lender, 'Bid', price, quantity, { symbol: SOL_SPOT });
  return { venue, lender, debtor, bid };
}

describe('a loan whose collateral has fallen', () => {
  test('is paid back by selling collateral, a tenth a second, until the account is sound', () => {
    const { venue, debtor: account, bid } = debtor();
    bid('114.9');
    venue.worth('SOL', 115);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    expect(venue.loan(account, 'USDC')).toBeGreaterThan(-910);
    venue.rounds(20);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    const steps = venue.of('liquidationStep');
    expect(steps.every(({ marketId, side }) => marketId === 3 && side === 1)).toBe(true);
    for (const { before, after } of steps) {
      const ratio = (at: typeof before) => at.maintenanceMarginUsd / at.netEquityUsd;
      expect(ratio(after)).toBeLessThan(ratio(before));
    }
    expect(venue.held(account, 'SOL')).toBeGreaterThan(0);
    expect(venue.ratio(account)).toBeLessThan(1);
  });

  test('is not sold far below its index, whatever the book shows', () => {
    const { venue, bid } = debtor();
    bid('80');
    venue.worth('SOL', 115);
    venue.rounds(3);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    expect(venue.of('liquidationStep')).toEqual([]);
  });

  test('is left alone while its collateral has no price to trust', () => {
    const { venue, bid } = debtor();
    bid('114.9');
    const { assetId } = venue.asset('SOL');
    const price = venue.state.assetPrices[assetId - 1];
    if (price !== undefined) price.liveSources = 1;
    venue.worth('SOL', 115);
    venue.rounds(3);
    expect(venue.of('liquidationStep')).toEqual([]);
  });

  test('that does not cover it any longer is sold off, and what is missing is recorded', () => {
    const { venue, debtor: account, bid } = debtor();
    bid('79');
    venue.worth('SOL', 80);
    venue.rounds(3);
    expect(venue.held(account, 'SOL')).toBe(0);
    expect(venue.loan(account, 'USDC')).toBe(0);
    expect(negativeBalanceViews(venue.state, venue.accountOf(account))).toMatchObject([
      { assetId: 1, quantityAtoms: 210_000_001 },
    ]);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'bankrupt' }]);
    expect(venue.margin(account).netEquityUsd).toBe(0);
  });

  test('is paid by the backstop fund before anything is recorded', () => {
    const { venue, debtor: account, bid } = debtor();
    const { houseAtoms } = venue.state.balances.of(1);
    (houseAtoms[HOUSE.backstopFund] as number) += 500_000_000;
    (houseAtoms[HOUSE.chain] as number) -= 500_000_000;
    bid('79');
    venue.worth('SOL', 80);
    venue.rounds(3);
    expect(venue.of('deficitCovered')).toMatchObject([{ quantityAtoms: 210_000_001 }]);
    expect(negativeBalanceViews(venue.state)).toEqual([]);
    expect(venue.loan(account, 'USDC')).toBe(0);
  });
});

/** 1 BTC owed and spent, against 130,000 USDC. */
function shortSeller() {
  const venue = new LoanVenue();
  const lender = venue.trader('lender', { BTC: '100', USDC: '10' });
  const seller = venue.manual('seller', { USDC: '130000' });
  venue.borrow(seller, 'BTC', '1');
  venue.spend(seller, 'BTC', '1');
  return { venue, lender, seller };
}

describe('a loan of an asset that has risen', () => {
  test('is paid back by buying the asset, a tenth a second', () => {
    const { venue, lender, seller } = shortSeller();
    venue.limit(lender, 'Ask', '119000', '10', { symbol: SPOT });
    venue.worth('BTC', 118_800);
    venue.rounds(30);
    const steps = venue.of('liquidationStep');
    expect(steps[0]).toMatchObject({ marketId: 1, side: 0, filledLots: 10_000 });
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.loan(seller, 'BTC')).toBeLessThan(0);
    expect(venue.ratio(seller)).toBeLessThan(1);
  });

  test('is paid back first out of what the account holds of it', () => {
    const { venue, seller } = shortSeller();
    venue.deposit(seller, 'BTC', '0.25');
    venue.worth('BTC', 151_000);
    expect(venue.loan(seller, 'BTC')).toBe(-0.75);
    expect(venue.of('borrowLendChanged')).toContainEqual(
      expect.objectContaining({ change: 'repay', source: 'liquidation', quantityAtoms: 25_000_000 }),
    );
  });

  test('of which too little can be bought is bought by the fund, and the rest is recorded in the asset itself', () => {
    const { venue, lender, seller } = shortSeller();
    const { houseAtoms } = venue.state.balances.of(1);
    (houseAtoms[HOUSE.backstopFund] as number) += 7_000_000_000;
    (houseAtoms[HOUSE.chain] as number) -= 7_000_000_000;
    venue.limit(lender, 'Ask', '140000', '10', { symbol: SPOT });
    venue.worth('BTC', 140_000);
    venue.rounds(20);
    expect(venue.loan(seller, 'BTC')).toBe(0);
    const [record] = negativeBalanceViews(venue.state);
    expect(record).toMatchObject({ assetId: 2 });
    expect((record?.quantityAtoms ?? 0) / 1e8).toBeCloseTo(1 - 137_000 / 140_000, 3);
    expect(houseAtoms[HOUSE.backstopFund]).toBeLessThan(3_000_000);
  });
});

/** Half a smallest order of BTC owed and spent, by who has a little SOL; and a fund with 100 USDC. */
function dustDebtor() {
  const venue = new LoanVenue();
  const lender = venue.trader('lender', { BTC: '100', USDC: '1000' });
  const debtor = venue.manual('debtor', { SOL: '0.009' });
  venue.borrow(debtor, 'BTC', DUST);
  venue.spend(debtor, 'BTC', DUST);
  const usdc = venue.state.balances.of(1).houseAtoms;
  (usdc[HOUSE.backstopFund] as number) += 100_000_000;
  (usdc[HOUSE.chain] as number) -= 100_000_000;
  const { assetId } = venue.asset('BTC');
  const fundBtc = () => fundAtomsOf(venue.state, assetId);
  return { venue, lender, debtor, fundBtc, usdc };
}

const DUST = '0.000005';
/** Interest of the first seconds is an atom. */
const OWED = 501;

describe('a debt that is smaller than the smallest order, of who has nothing left', () => {
  test('becomes the fund’s own while nobody sells the asset, and as much of its money is spoken for', () => {
    const { venue, debtor, fundBtc } = dustDebtor();
    venue.worth('SOL', 1);
    venue.rounds(3);
    const taken = venue.of('deficitCovered').filter(({ assetId }) => assetId === 2);
    expect(taken).toMatchObject([{ quantityAtoms: OWED, into: 'loan' }]);
    expect(venue.of('negativeBalanceRecorded')).toEqual([]);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'bankrupt' }]);
    expect(venue.loan(debtor, 'BTC')).toBe(0);
    expect(fundBtc()).toBe(-OWED);
    expect(liquidationStatistics(venue.state).fundAtoms).toBe(100_000_000 - OWED * 1000);
  });

  test('is bought by the fund where it is sold, and what the order brings beyond it is the fund’s', () => {
    const { venue, lender, debtor, fundBtc, usdc } = dustDebtor();
    venue.limit(lender, 'Ask', '100100', '1', { symbol: SPOT });
    venue.worth('SOL', 1);
    venue.rounds(3);
    expect(venue.of('negativeBalanceRecorded')).toEqual([]);
    expect(venue.loan(debtor, 'BTC')).toBe(0);
    expect(venue.held(debtor, 'BTC')).toBe(0);
    expect(fundBtc()).toBe(1000 - OWED);
    expect(usdc[HOUSE.backstopFund]).toBeLessThan(99_000_000);
  });

  test('is paid out of what the fund has of the asset, before it buys any', () => {
    const { venue, lender, debtor, fundBtc } = dustDebtor();
    const { houseAtoms } = venue.state.balances.of(2);
    (houseAtoms[HOUSE.backstopFund] as number) += 700;
    (houseAtoms[HOUSE.chain] as number) -= 700;
    venue.limit(lender, 'Ask', '100100', '1', { symbol: SPOT });
    venue.worth('SOL', 1);
    venue.rounds(3);
    expect(venue.of('liquidationStep')).toEqual([]);
    expect(venue.loan(debtor, 'BTC')).toBe(0);
    expect(fundBtc()).toBe(700 - OWED);
  });

  test('is owed by the fund only until it has units of it', () => {
    const { venue, lender, fundBtc } = dustDebtor();
    venue.worth('SOL', 1);
    venue.rounds(3);
    expect(fundBtc()).toBe(-OWED);
    venue.worth('SOL', 150);
    const other = venue.manual('other', { SOL: '0.009' });
    venue.borrow(other, 'BTC', '0.000001');
    venue.spend(other, 'BTC', '0.000001');
    venue.limit(lender, 'Ask', '100100', '1', { symbol: SPOT });
    venue.worth('SOL', 1);
    venue.rounds(3);
    expect(venue.loan(other, 'BTC')).toBe(0);
    expect(fundBtc()).toBe(1000 - OWED - 100);
    expect(venue.state.pools[1]?.houseClaims[HOUSE.backstopFund]).toBe(0);
  });
});

describe('a lender whose pool has no cash', () => {
  test('is paid in the settlement asset, which a borrower owes instead, and neither is worth less', () => {
    const venue = new LoanVenue();
    venue.trader('depositor', { USDC: '1000000' });
    const buyer = venue.manual('buyer', { USDC: '1000000' });
    const lender = venue.trader('lender', { BTC: '1' });
    const borrower = venue.manual('borrower', { USDC: '500000' });
    venue.borrow(lender, 'USDC', '70000');
    venue.spend(lender, 'USDC', '70000');
    for (const quantity of ['0.59', '0.15', '0.1']) {
      venue.borrow(borrower, 'BTC', quantity);
      venue.spend(borrower, 'BTC', quantity);
      venue.pass(61_000);
    }
    const { assetId } = venue.asset('BTC');
    const { houseAtoms } = venue.state.balances.of(assetId);
    venue.limit(buyer, 'Bid', '75400', '5', { symbol: SPOT });
    venue.worth('BTC', 75_500);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    venue.rounds(20);
    expect(houseAtoms[HOUSE.lendingPool]).toBe(0);
    const [swapped] = venue.of('loanDeleveraged');
    expect(swapped).toMatchObject({
      accountId: venue.accountOf(lender),
      counterpartyAccountId: venue.accountOf(borrower),
    });
    expect(venue.loan(borrower, 'USDC')).toBeLessThan(0);
    expect(venue.margin(borrower).netEquityUsd).toBeCloseTo(500_000 - 0.84 * 75_500, -1);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
  });
});
