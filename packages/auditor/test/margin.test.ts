import { BTC_MARGIN, SOL_MARGIN } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountPicture, accountMargin, type Stake } from '../src/index.js';

const stakeOf = (stake: Partial<Stake>, terms = BTC_MARGIN): Stake => ({
  size: 0,
  basisCost: 0,
  openBids: 0,
  openAsks: 0,
  markPrice: 1,
  quotePrice: 1,
  ...terms,
  ...stake,
});

const BTC = stakeOf({ size: 1.5, basisCost: 150_000, markPrice: 100_000 });
const SOL = stakeOf({ size: -2000, basisCost: -300_000, markPrice: 150 }, SOL_MARGIN);
const USDC = { quantity: 40_000, borrowed: 0, price: 1, collateral: { weight: 1 } };

/** Equity 40,000, long 1.5 BTC at 100,000, short 2,000 SOL at 150. */
const WORKED: AccountPicture = { holdings: [USDC], stakes: [BTC, SOL], unsettled: 0 };
const worked = accountMargin(WORKED);
const withEquity = (quantity: number) => accountMargin({ ...WORKED, holdings: [{ ...USDC, quantity }] });
const percent = (fraction: { times(by: number): { toFixed(places: number): string } } | undefined, places: number) =>
  fraction?.times(100).toFixed(places);

describe('the worked account', () => {
  test('has the fractions of the mechanics', () => {
    expect(percent(worked.imf, 4)).toBe('2.6353');
    expect(percent(worked.mmf, 4)).toBe('1.5368');
    expect(percent(worked.marginFraction, 3)).toBe('8.889');
    expect(percent(worked.initialRatio, 1)).toBe('29.6');
    expect(percent(worked.maintenanceRatio, 1)).toBe('17.3');
  });

  test('locks 11,859 and leaves 28,141', () => {
    expect(worked.netEquity.toFixed()).toBe('40000');
    expect(worked.exposure.toFixed()).toBe('450000');
    expect(worked.initialMargin.toFixed(0)).toBe('11859');
    expect(worked.available.toFixed(0)).toBe('28141');
    expect(worked.mayIncreaseExposure).toBe(true);
  });

  test('is liquidated at an equity of 6,915 and taken over by the backstop at 3,458', () => {
    expect(worked.maintenanceMargin.toFixed(0)).toBe('6915');
    expect(worked.autoCloseEquity.toFixed(0)).toBe('3458');
    expect(withEquity(6_916).isLiquidatable).toBe(false);
    expect(withEquity(6_915).isLiquidatable).toBe(true);
  });

  test('locks 45,000 at a leverage limit of 10 and is liquidated where it was', () => {
    const limited = accountMargin({ ...WORKED, leverageLimit: 10 });
    expect(limited.initialMargin.toFixed()).toBe('45000');
    expect(limited.mayIncreaseExposure).toBe(false);
    expect(limited.maintenanceMargin.eq(worked.maintenanceMargin)).toBe(true);
    expect(limited.autoCloseEquity.eq(worked.autoCloseEquity)).toBe(true);
  });
});

describe('net equity', () => {
  test('counts what is unrealized and unsettled and takes loans off at full price', () => {
    const terms = accountMargin({
      holdings: [USDC, { quantity: 10, borrowed: 2, price: 100, collateral: { weight: 0.9 } }],
      stakes: [
        stakeOf({ size: 3, basisCost: 290, markPrice: 100 }),
        stakeOf({ size: -3, basisCost: -290, markPrice: 90 }),
      ],
      unsettled: -7,
    });
    expect(terms.collateral.toFixed()).toBe('40900');
    expect(terms.unrealizedPnl.toFixed()).toBe('30');
    expect(terms.borrowLiability.toFixed()).toBe('200');
    expect(terms.netEquity.toFixed()).toBe('40723');
  });

  test('of an asset that is no collateral is nothing', () => {
    const terms = accountMargin({ holdings: [{ quantity: 5, borrowed: 0, price: 9 }], stakes: [], unsettled: 0 });
    expect(terms.netEquity.toFixed()).toBe('0');
  });
});

describe('a loan', () => {
  const borrowMargin = { imf: { base: 0.2, factor: 0 }, mmf: { base: 0.1, factor: 0 } };

  test('is exposure of its whole value by the functions of its asset', () => {
    const terms = accountMargin({
      holdings: [USDC, { quantity: 0, borrowed: 0.5, price: 100_000, borrowMargin }],
      stakes: [],
      unsettled: 0,
    });
    expect(terms.exposure.toFixed()).toBe('50000');
    expect(terms.initialMargin.toFixed()).toBe('10000');
    expect(terms.maintenanceMargin.toFixed()).toBe('5000');
    expect(terms.netEquity.toFixed()).toBe('-10000');
    expect([terms.initialRatio, terms.isLiquidatable, terms.mayIncreaseExposure]).toEqual([undefined, true, false]);
  });
});

describe('open orders', () => {
  test('count where they make the position larger, on the worse side', () => {
    const stake = (openBids: number, openAsks: number) => {
      const stakes = [stakeOf({ size: 2, basisCost: 200, openBids, openAsks, markPrice: 100 })];
      return accountMargin({ holdings: [USDC], stakes, unsettled: 0 }).exposure.toFixed();
    };
    expect([stake(0, 0), stake(1, 0), stake(0, 3), stake(0, 5), stake(1, 6)]).toEqual([
      '200',
      '300',
      '200',
      '300',
      '400',
    ]);
  });

  test('never move the point of liquidation', () => {
    const size = fc.integer({ min: -1000, max: 1000 });
    const orders = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(size, orders, orders, fc.nat({ max: 50_000 }), (lots, openBids, openAsks, quantity) => {
        const at = (bids: number, asks: number) => {
          const stakes = [
            stakeOf({ size: lots, basisCost: lots * 99, openBids: bids, openAsks: asks, markPrice: 100 }),
          ];
          return accountMargin({ holdings: [{ ...USDC, quantity }], stakes, unsettled: 0 });
        };
        const [bare, crowded] = [at(0, 0), at(openBids, openAsks)];
        expect(crowded.maintenanceMargin.eq(bare.maintenanceMargin)).toBe(true);
        expect(crowded.initialMargin.gte(bare.initialMargin)).toBe(true);
      }),
    );
  });
});
