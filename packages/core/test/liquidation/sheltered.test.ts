import { describe, expect, test } from 'vitest';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import { marginExplanation } from '../../src/margin/explanation.js';
import { isLiquidatable, priceOfTicks } from '../../src/margin/liquidation.js';
import { HOUSE } from '../../src/state/balances.js';
import type { Market } from '../../src/state/markets.js';
import { BTC, LiquidationVenue, SOL } from './liquidation-venue.js';

const USDC = 1_000_000;

class ShelteringVenue extends LiquidationVenue {
  constructor(trigger: 'mark' | 'markAndIndex' = 'markAndIndex') {
    super();
    const { risk } = this.state;
    this.decide({ kind: 'setRisk', risk: { ...risk, liquidation: { ...risk.liquidation, trigger } } });
  }

  market(symbol: string): Market {
    const market = this.state.markets.bySymbol(symbol);
    if (market === undefined) throw new Error(`no market ${symbol}`);
    return market;
  }

  /** Mark and index of a perpetual apart, then what a sample would bring about. */
  apart(symbol: string, mark: number, index: number) {
    this.mark(symbol, mark);
    Object.assign(this.market(symbol).prices, { indexPrice: index });
    return this.sample();
  }
}

/** 1 BTC long at 100,000 with equity 2,000 before the price moves: unsound below some 98,660. `maker` has the other side. */
function longBitcoin(trigger: 'mark' | 'markAndIndex' = 'markAndIndex') {
  const venue = new ShelteringVenue(trigger);
  const maker = venue.trader('maker', { USDC: '50000000' });
  const long = venue.trader('long', { USDC: '2000' });
  venue.trade(long, maker, BTC, '100000', '1');
  return { venue, maker, long };
}

describe('an account that is unsound at the mark and sound at the index', () => {
  test('is left alone under the trigger markAndIndex, however far the mark goes, and stays warned', () => {
    const { venue, maker, long } = longBitcoin();
    venue.quotes(maker, 'Bid', BTC, [['90000', '5']]);
    for (const mark of [98_600, 98_000, 96_000, 95_000]) {
      venue.apart(BTC, mark, 99_500);
      venue.rounds(2);
    }
    expect(venue.ratio(long)).toBeLessThan(0);
    expect(venue.of('liquidationStarted')).toEqual([]);
    expect(venue.state.warned.levelOf(venue.accountOf(long))).toBe(3);
  });

  test('is liquidated under the trigger mark', () => {
    const { venue } = longBitcoin('mark');
    venue.apart(BTC, 98_600, 99_500);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
  });

  test('acts for itself, but takes on nothing more and takes nothing out', () => {
    const { venue, maker, long } = longBitcoin();
    venue.apart(BTC, 98_600, 99_500);
    const more = venue.limit(long, 'Bid', '98600', '0.1', { symbol: BTC });
    expect(more).toMatchObject([{ kind: 'rejected', reason: 'insufficientMargin' }]);
    expect(
      venue.command(long, 'withdraw', { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'away' }),
    ).toMatchObject([{ kind: 'rejected' }]);
    venue.quotes(maker, 'Bid', BTC, [['98600', '1']]);
    venue.limit(long, 'Ask', '98600', '1', { symbol: BTC });
    expect(venue.position(long, BTC)).toBeUndefined();
  });

  test('is liquidated when its index follows, and hears how it stood at both prices', () => {
    const { venue, long } = longBitcoin();
    venue.apart(BTC, 98_600, 99_500);
    venue.apart(BTC, 98_500, 98_600);
    const [started] = venue.of('liquidationStarted');
    expect(started).toMatchObject({ accountId: venue.accountOf(long) });
    expect(started?.standing.netEquityUsd).toBeCloseTo(500, 6);
    expect(started?.standing.netEquityAtIndexUsd).toBeCloseTo(600, 6);
    expect(started?.standing.maintenanceMarginAtIndexUsd).toBeCloseTo(98_600 * 0.00666667, 6);
  });

  test('is liquidated when its index has too few sources, as soon as something of it can be worked on', () => {
    const { venue, maker, long } = longBitcoin();
    venue.trade(long, maker, SOL, '150', '1');
    venue.apart(BTC, 98_600, 99_500);
    venue.market(BTC).prices.indexLive = false;
    venue.sample();
    expect(venue.of('liquidationStarted')).toHaveLength(1);
  });

  test('is let go as soon as its index says so, with nothing more done', () => {
    const { venue, maker } = longBitcoin();
    venue.price(BTC, 98_600);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    venue.quotes(maker, 'Bid', BTC, [['98600', '5']]);
    venue.apart(BTC, 98_600, 99_000);
    venue.rounds(2);
    expect(venue.of('liquidationStep')).toEqual([]);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
  });

  test('is no longer spared once two operators have set the trigger mark', () => {
    const { venue } = longBitcoin();
    venue.apart(BTC, 98_600, 99_500);
    const { risk } = venue.state;
    venue.decide({ kind: 'setRisk', risk: { ...risk, liquidation: { ...risk.liquidation, trigger: 'mark' } } });
    venue.sample();
    expect(venue.of('liquidationStarted')).toHaveLength(1);
  });

  test('is not looked at again before a price has moved far enough', () => {
    const { venue } = longBitcoin();
    venue.apart(BTC, 97_000, 99_500);
    const { watch } = venue.state;
    scanMargins(venue.state);
    const before = watch.looks;
    for (let sample = 0; sample < 10; sample += 1) venue.apart(BTC, 97_000 + sample, 99_500 + sample);
    expect(watch.looks - before).toBeLessThan(3);
  });
});

test('an account that is sound at the mark is spared whatever its index says', () => {
  const { venue } = longBitcoin();
  venue.apart(BTC, 99_500, 98_000);
  venue.rounds(2);
  expect(venue.of('liquidationStarted')).toEqual([]);
});

/** Enough for whatever comes. */
function endow({ state }: LiquidationVenue): void {
  const { houseAtoms } = state.balances.of(1);
  (houseAtoms[HOUSE.backstopFund] as number) += 10_000 * USDC;
  (houseAtoms[HOUSE.chain] as number) -= 10_000 * USDC;
}

test('whose deficit the fund has paid is closed all the same, though with that money its index would shelter it', () => {
  const { venue, long } = longBitcoin();
  endow(venue);
  const provider = venue.trader('provider', { USDC: '10000000' });
  venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${BTC}:100:100` });
  venue.apart(BTC, 95_000, 98_600);
  expect(venue.of('deficitCovered')).toHaveLength(1);
  expect(venue.of('backstopAssigned').reduce((sum, { sizeLots }) => sum + sizeLots, 0)).toBe(100_000);
  expect(venue.position(long, BTC)).toBeUndefined();
});

test('when the index follows, the fund pays the gap between the prices less the equity at the index, and no more', () => {
  const { venue, long } = longBitcoin();
  endow(venue);
  venue.apart(BTC, 95_000, 99_500);
  expect(venue.of('liquidationStarted')).toEqual([]);
  venue.apart(BTC, 95_000, 98_600);
  const covered = venue.of('deficitCovered').reduce((sum, { quantityAtoms }) => sum + quantityAtoms, 0);
  const atIndex = venue.of('liquidationStarted')[0]?.standing.netEquityAtIndexUsd ?? 0;
  expect(covered / USDC).toBeCloseTo(98_600 - 95_000 - atIndex, 6);
  expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'bankrupt' }]);
  expect(venue.position(long, BTC)).toBeUndefined();
});

test('a step closes no more than what shelters the account', () => {
  const { venue, maker, long } = longBitcoin();
  venue.quotes(maker, 'Bid', BTC, [['98600', '5']]);
  venue.apart(BTC, 98_600, 98_650);
  venue.rounds(30);
  expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
  const last = venue.of('liquidationStep').at(-1);
  expect(last?.before.maintenanceMarginAtIndexUsd).toBeGreaterThanOrEqual(last?.before.netEquityAtIndexUsd ?? 0);
  const { standing } = venue.of('liquidationEnded')[0] ?? {};
  expect(standing?.maintenanceMarginUsd, 'it is unsound at the mark still').toBeGreaterThan(
    standing?.netEquityUsd ?? 0,
  );
  expect((standing?.netEquityAtIndexUsd ?? 0) / (standing?.maintenanceMarginAtIndexUsd ?? 1)).toBeLessThan(1.002);
  expect(venue.position(long, BTC)?.size).toBeGreaterThan(50_000);
});

describe('the liquidation price of a perpetual', () => {
  test.each([
    ['mark', 97_000, 99_500],
    ['markAndIndex', 97_000, 99_500],
    ['markAndIndex', 99_500, 97_000],
    ['markAndIndex', 99_600, 99_600],
  ] as const)(
    'under %s with the mark at %d and the index at %d: one tick better and nobody is liquidated',
    (trigger, mark, index) => {
      const { venue, long } = longBitcoin(trigger);
      venue.deposit(long, 'USDC', '2000');
      venue.mark(BTC, mark);
      const { prices } = venue.market(BTC);
      Object.assign(prices, { indexPrice: index });
      const accountId = venue.accountOf(long);
      const market = venue.market(BTC);
      const ticks = marginExplanation(venue.state, accountId)?.markets[0]?.liquidationTicks ?? 0;
      const at = (tick: number): boolean => {
        const moved = priceOfTicks(market, tick);
        Object.assign(prices, { markPrice: moved, indexPrice: (index / mark) * moved });
        return isLiquidatable(venue.state, accountId);
      };
      expect([at(ticks + 1), at(ticks)]).toEqual([false, true]);
    },
  );

  test('lies lower by the discount of the mark when the index must fail too', () => {
    const priceUnder = (trigger: 'mark' | 'markAndIndex'): number => {
      const { venue, long } = longBitcoin(trigger);
      venue.mark(BTC, 98_900);
      Object.assign(venue.market(BTC).prices, { indexPrice: 99_900 });
      const { liquidationTicks = 0 } = marginExplanation(venue.state, venue.accountOf(long))?.markets[0] ?? {};
      return priceOfTicks(venue.market(BTC), liquidationTicks);
    };
    expect(priceUnder('markAndIndex') / priceUnder('mark')).toBeCloseTo(98_900 / 99_900, 4);
  });
});
