import { describe, expect, test } from 'vitest';
import { BTC, LiquidationVenue, SOL } from './liquidation-venue.js';

/** 1 BTC long at 100,000 with equity 1,000 before the price moves; `maker` has the other side. */
function longBitcoin(options: { readonly fees?: boolean } = {}) {
  const venue = new LiquidationVenue(options);
  const maker = venue.trader('maker', { USDC: '50000000' });
  const long = venue.trader('long', { USDC: '2000' });
  venue.trade(long, maker, BTC, '100000', '1');
  return { venue, maker, long };
}

describe('the first stage', () => {
  test('spares an account as long as its maintenance is less than its equity', () => {
    const { venue, long } = longBitcoin();
    venue.price(BTC, 98_700);
    expect(venue.ratio(long)).toBeLessThan(1);
    expect(venue.of('liquidationStarted')).toEqual([]);
  });

  test('closes a tenth of the position each second, and stops as soon as maintenance is less than equity', () => {
    const { venue, maker, long } = longBitcoin();
    venue.quotes(maker, 'Bid', BTC, [['98490', '5']]);
    venue.price(BTC, 98_500);
    venue.rounds(30);
    const steps = venue.of('liquidationStep');
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps[0]).toMatchObject({ filledLots: 10_000, side: 1, markPrice: 98_500 });
    for (const { before, after } of steps) {
      expect(before.maintenanceMarginUsd / before.netEquityUsd).toBeGreaterThanOrEqual(1);
      expect(after.maintenanceMarginUsd / after.netEquityUsd).toBeLessThan(
        before.maintenanceMarginUsd / before.netEquityUsd,
      );
    }
    expect(steps.at(-1)?.filledLots, 'the last step is no larger than it must be').toBeLessThan(6_000);
    expect(venue.ratio(long)).toBeLessThan(1);
    expect(venue.ratio(long)).toBeGreaterThan(0.99);
    expect(venue.position(long, BTC)?.size).toBeGreaterThan(0);
  });

  test('cancels what the account has in any book, and refuses its commands until it lets go', () => {
    const { venue, maker, long } = longBitcoin();
    venue.limit(long, 'Ask', '120', '0.01', { symbol: SOL });
    venue.price(BTC, 98_650);
    expect(venue.of('orderCancelled').map(({ order }) => order.accountId)).toEqual([venue.accountOf(long)]);
    expect(venue.limit(long, 'Ask', '98700', '0.1', { symbol: BTC })).toMatchObject([
      { kind: 'rejected', reason: 'accountLiquidating' },
    ]);
    expect(venue.command(long, 'withdraw', withdrawal)).toMatchObject([{ reason: 'accountLiquidating' }]);
    venue.quotes(maker, 'Bid', BTC, [['98640', '5']]);
    venue.rounds(30);
    expect(venue.limit(long, 'Ask', '98700', '0.1', { symbol: BTC })[0]).toMatchObject({ kind: 'orderAccepted' });
  });

  test('lets a deposit end it', () => {
    const { venue, long } = longBitcoin();
    venue.price(BTC, 98_650);
    venue.deposit(long, 'USDC', '1000');
    venue.rounds(1);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered', liquidation: { bookUsd: 0 } }]);
  });

  test('asks no price of the book at which closing would cost more than half of the equity behind it', () => {
    const { venue, maker, long } = longBitcoin();
    venue.price(BTC, 98_650);
    const before = venue.ratio(long);
    venue.quotes(maker, 'Bid', BTC, [['97700', '5']]);
    venue.rounds(5);
    expect(venue.of('liquidationStep')).toEqual([]);
    expect(venue.ratio(long)).toBe(before);
    venue.quotes(maker, 'Bid', BTC, [['98400', '5']]);
    venue.rounds(1);
    expect(venue.of('liquidationStep')).toHaveLength(1);
  });

  test('is charged a fee out of what the trade has left of what closing may cost', () => {
    const { venue, maker } = longBitcoin();
    venue.quotes(maker, 'Bid', BTC, [['98450', '5']]);
    venue.price(BTC, 98_650);
    const [step] = venue.of('liquidationStep');
    if (step === undefined) throw new Error('no step');
    const { before, after } = step;
    const cost = before.netEquityUsd - after.netEquityUsd;
    const freed = before.maintenanceMarginUsd - after.maintenanceMarginUsd;
    const behind = (freed * before.netEquityUsd) / before.maintenanceMarginUsd;
    const full = Math.floor((step.quoteAtoms * 0.00666667) / 2);
    expect(step.feeAtoms).toBeGreaterThan(0);
    expect(step.feeAtoms).toBeLessThan(full);
    expect(cost).toBeCloseTo(behind / 2, 4);
  });

  test('works on the largest exposure first, be it a position or a loan', () => {
    const venue = new LiquidationVenue();
    const maker = venue.trader('maker', { USDC: '50000000', SOL: '100000' });
    const both = venue.trader('both', { USDC: '20000' });
    venue.trade(both, maker, BTC, '100000', '1');
    venue.trade(both, maker, SOL, '150', '2000');
    venue.quotes(maker, 'Bid', BTC, [['84990', '5']]);
    venue.quotes(maker, 'Bid', SOL, [['149.9', '5000']]);
    venue.price(BTC, 85_000);
    expect(venue.of('liquidationStep').map(({ marketId }) => marketId)).toEqual([7]);
  });

  test('leaves an account alone whose market has no price to trust', () => {
    const { venue } = longBitcoin();
    const market = venue.state.markets.bySymbol(BTC);
    if (market !== undefined) market.prices.indexLive = false;
    if (market !== undefined) market.prices.markPrice = 98_650 as typeof market.prices.markPrice;
    venue.sample();
    venue.rounds(3);
    expect(venue.of('liquidationStarted')).toEqual([]);
  });

  test('marks its trades', () => {
    const { venue, maker } = longBitcoin();
    venue.quotes(maker, 'Bid', BTC, [['98640', '5']]);
    const before = venue.of('traded').length;
    venue.price(BTC, 98_650);
    const trades = venue.of('traded');
    expect(trades.slice(0, before).map(({ trade }) => trade.isLiquidation)).toEqual([false]);
    expect(trades.slice(before).every(({ trade }) => trade.isLiquidation)).toBe(true);
    expect(trades.length).toBeGreaterThan(before);
  });
});

const withdrawal = { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'somewhere' };

describe('an account of 100,000 long with equity 600', () => {
  /** One step at the mark with a fee of one percent of what it closes: what a venue with a flat fee does. */
  function flatFee(steps: number): number[] {
    let [notional, equity] = [100_000, 600];
    const ratios = [(notional * 0.00666667) / equity];
    for (let step = 0; step < steps; step += 1) {
      equity -= notional * 0.1 * 0.01;
      notional *= 0.9;
      ratios.push((notional * 0.00666667) / equity);
    }
    return ratios;
  }

  test('falls down the stairs of a flat fee of one percent', () => {
    const percents = flatFee(4).map((ratio) => Math.round(ratio * 100));
    expect(percents).toEqual([111, 120, 132, 148, 171]);
  });

  test('comes out of it here with its margin restored', () => {
    const { venue, maker, long } = longBitcoin();
    venue.quotes(maker, 'Bid', BTC, [['98600', '10']]);
    venue.price(BTC, 98_600);
    expect(venue.of('liquidationStarted')[0]?.standing.netEquityUsd).toBeCloseTo(600, 6);
    venue.rounds(40);
    const ratios = venue.of('liquidationStep').map(({ after }) => after.maintenanceMarginUsd / after.netEquityUsd);
    expect(ratios.toSorted((a, b) => b - a)).toEqual(ratios);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.position(long, BTC)?.size).toBeGreaterThan(0);
    expect(venue.margin(long).netEquityUsd).toBeGreaterThan(400);
  });
});
