import { describe, expect, test } from 'vitest';
import { backstopViews } from '../../src/index.js';
import { isBelowAutoClose, isSound } from '../../src/liquidation/measure.js';
import { BTC, LiquidationVenue, SOL } from './liquidation-venue.js';

/** 1 BTC long that was bought at 100,000 with 2,000 USDC, and somebody on the other side. */
function longBitcoin() {
  const venue = new LiquidationVenue();
  const maker = venue.trader('maker', { USDC: '50000000' });
  const long = venue.trader('long', { USDC: '2000' });
  venue.trade(long, maker, BTC, '100000', '1');
  const provider = (name: string, markets = `${BTC}:10:10`, funds = '1000000') => {
    const keyId = venue.trader(name, { USDC: funds });
    venue.command(keyId, 'glassBackstopEnrol', { minimumEquity: '1000', markets });
    return keyId;
  };
  return { venue, maker, long, provider };
}

describe('the worked account', () => {
  const { venue } = longBitcoin();
  const at = (netEquityUsd: number) => ({ netEquityUsd, maintenanceMarginUsd: 6_915.37, exposureUsd: 450_000 });

  test.each([
    [6_916, true, false],
    [6_915, false, false],
    [3_458, false, false],
    [3_457, false, true],
  ])('with equity %d: sound %s, for the backstop %s', (equity, sound, below) => {
    expect(isSound(at(equity))).toBe(sound);
    expect(isBelowAutoClose(venue.state, at(equity))).toBe(below);
  });

  test('of a small maintenance fraction reaches the backstop by the divisor, of a large one by the offset', () => {
    const large = { maintenanceMarginUsd: 30_000, exposureUsd: 100_000 };
    expect(isBelowAutoClose(venue.state, { ...large, netEquityUsd: 24_001 })).toBe(false);
    expect(isBelowAutoClose(venue.state, { ...large, netEquityUsd: 23_999 })).toBe(true);
  });
});

describe('providers', () => {
  test('take over at the mark what is below the auto-close fraction, until the account is sound', () => {
    const { venue, long, provider } = longBitcoin();
    const backstop = provider('provider');
    venue.price(BTC, 98_250);
    const assigned = venue.of('backstopAssigned');
    expect(assigned.length).toBeGreaterThan(0);
    expect(assigned.every(({ markPrice, quoteAtoms, sizeLots }) => quoteAtoms === sizeLots * 10 * markPrice)).toBe(
      true,
    );
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.ratio(long)).toBeLessThan(1);
    const left = venue.position(long, BTC)?.size ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(venue.position(backstop, BTC)?.size).toBe(100_000 - left);
  });

  test('and the fund are paid out of the equity behind what they take, and never more than half of it', () => {
    const { venue, long, provider } = longBitcoin();
    provider('provider');
    venue.price(BTC, 98_250);
    const [ended] = venue.of('liquidationEnded');
    const fees = (ended?.liquidation.providerFeeAtoms ?? 0) + (ended?.liquidation.fundFeeAtoms ?? 0);
    const taken = 1 - (venue.position(long, BTC)?.size ?? 0) / 100_000;
    expect(fees).toBeGreaterThan(0);
    expect(fees).toBeLessThanOrEqual(250_000_000 * 0.5 * taken + 1);
    expect(ended?.standing.netEquityUsd).toBeCloseTo(250 - fees / 1e6, 6);
    expect(ended?.liquidation.providerFeeAtoms).toBeGreaterThan(ended?.liquidation.fundFeeAtoms ?? 0);
  });

  test('take turns by how full they are', () => {
    const { venue, provider } = longBitcoin();
    const [large, small] = [provider('large', `${BTC}:3:10`), provider('small', `${BTC}:1:10`)];
    venue.price(BTC, 98_020);
    const size = (keyId: number) => venue.position(keyId, BTC)?.size ?? 0;
    const [a, b] = [size(large), size(small)];
    expect(a + b).toBeGreaterThan(50_000);
    expect(Math.abs(a / 3 - b)).toBeLessThanOrEqual(10_000);
  });

  test.each([
    ['their capacity', `${BTC}:0.05:10`, '1000000', 5_000],
    ['their hour', `${BTC}:10:0.07`, '1000000', 7_000],
    ['nothing below their minimum equity', `${BTC}:10:10`, '999', 0],
    ['nothing in markets that they have not named', `${SOL}:10:10`, '1000000', 0],
  ])('take over no more than %s', (_name, markets, funds, lots) => {
    const { venue, provider } = longBitcoin();
    const backstop = provider('provider', markets, funds);
    venue.price(BTC, 98_250);
    expect(venue.position(backstop, BTC)?.size ?? 0).toBe(lots);
  });

  test('are asked by their own initial margin', () => {
    const { venue, provider } = longBitcoin();
    const backstop = provider('provider', `${BTC}:10:10`, '1200');
    venue.price(BTC, 98_020);
    const size = venue.position(backstop, BTC)?.size ?? 0;
    expect(size).toBeGreaterThan(80_000);
    expect(size).toBeLessThan(100_000);
    expect(venue.margin(backstop).lockedUsd).toBeLessThan(venue.margin(backstop).netEquityUsd);
  });

  test('have their hour back when the next begins', () => {
    const { venue, provider } = longBitcoin();
    const backstop = provider('provider', `${BTC}:10:0.07`);
    venue.price(BTC, 98_500);
    venue.rounds(4);
    expect(venue.position(backstop, BTC)?.size).toBe(7_000);
    venue.rounds(5);
    expect(venue.position(backstop, BTC)?.size).toBe(7_000);
    venue.pass(3_600_000);
    venue.rounds(1);
    expect(venue.position(backstop, BTC)?.size).toBe(14_000);
  });

  test('are asked again when a smaller position that they took has made room for a larger one', () => {
    const venue = new LiquidationVenue();
    const maker = venue.trader('maker', { USDC: '50000000' });
    const both = venue.trader('both', { USDC: '3000' });
    const provider = venue.trader('provider', { USDC: '1210' });
    venue.trade(both, maker, BTC, '100000', '1');
    venue.trade(maker, both, SOL, '150', '400');
    venue.trade(provider, maker, SOL, '150', '400');
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1', markets: `${BTC}:10:10,${SOL}:1000:1000` });
    venue.price(BTC, 97_300);
    const assigned = venue.of('backstopAssigned').map(({ marketId }) => marketId);
    const [btc, sol] = [BTC, SOL].map((symbol) => venue.state.markets.bySymbol(symbol)?.marketId);
    expect(assigned.lastIndexOf(btc ?? 0)).toBeGreaterThan(assigned.indexOf(sol ?? 0));
    expect(venue.position(provider, BTC)?.size ?? 0).toBeGreaterThan(0);
    expect(venue.ratio(both)).toBeLessThan(1);
    expect(venue.of('deleveraged')).toEqual([]);
  });

  test('take one part a second of what the book has not taken for five turns', () => {
    const { venue, provider } = longBitcoin();
    const backstop = provider('provider');
    venue.price(BTC, 98_500);
    venue.rounds(3);
    expect(venue.of('backstopAssigned')).toEqual([]);
    venue.rounds(1);
    expect(venue.position(backstop, BTC)?.size).toBe(10_000);
    expect(venue.of('liquidationEnded')).toEqual([]);
    venue.rounds(1);
    expect(venue.position(backstop, BTC)?.size).toBe(19_000);
  });

  test('wait again once the book has taken something', () => {
    const { venue, maker, provider } = longBitcoin();
    provider('provider');
    venue.price(BTC, 98_500);
    venue.rounds(3);
    venue.quotes(maker, 'Bid', BTC, [['98500', '0.01']]);
    venue.rounds(1);
    expect(venue.of('liquidationStep')).toHaveLength(1);
    venue.rounds(4);
    expect(venue.of('backstopAssigned')).toEqual([]);
    venue.rounds(1);
    expect(venue.of('backstopAssigned')).toHaveLength(1);
  });

  test('take nothing over from their own customer', () => {
    const { venue, long } = longBitcoin();
    venue.command(long, 'glassSubaccountCreate', { publicKey: SUBACCOUNT_KEY });
    const desk = venue.keyId(SUBACCOUNT_KEY);
    venue.deposit(desk, 'USDC', '1000000');
    venue.command(desk, 'glassBackstopEnrol', { minimumEquity: '1', markets: `${BTC}:10:10` });
    venue.price(BTC, 98_650);
    expect(venue.of('backstopAssigned')).toEqual([]);
  });

  test('hold ordinary positions: what they took is liquidated like any other', () => {
    const { venue, maker, provider } = longBitcoin();
    const backstop = provider('provider', `${BTC}:10:10`, '1400');
    venue.price(BTC, 98_020);
    venue.quotes(maker, 'Bid', BTC, [['97200', '5']]);
    venue.price(BTC, 97_200);
    expect(venue.of('liquidationStarted').map(({ accountId }) => accountId)).toContain(venue.accountOf(backstop));
  });
});

describe('a provider that leaves', () => {
  const HOUR_MS = 3_600_000;
  const lots = ({ venue }: ReturnType<typeof longBitcoin>, keyId: number) => venue.position(keyId, BTC)?.size ?? 0;

  test('is held to its offer for an hour, and takes over meanwhile', () => {
    const crash = longBitcoin();
    const backstop = crash.provider('provider');
    const left = crash.venue.command(backstop, 'glassBackstopLeave', {});
    expect(left).toMatchObject([
      { kind: 'backstopEnrolled', backstop: { markets: [], bound: { markets: [{ capacityLots: 1_000_000 }] } } },
    ]);
    crash.venue.price(BTC, 98_250);
    expect(lots(crash, backstop)).toBeGreaterThan(0);
  });

  test('takes nothing over any more when the hour is over', () => {
    const crash = longBitcoin();
    const backstop = crash.provider('provider');
    crash.venue.command(backstop, 'glassBackstopLeave', {});
    crash.venue.pass(HOUR_MS);
    crash.venue.price(BTC, 98_250);
    expect(backstopViews(crash.venue.state)).toEqual([]);
    expect(lots(crash, backstop)).toBe(0);
  });

  test('has gone at once where the venue asks no notice', () => {
    const crash = longBitcoin();
    const { risk } = crash.venue.state;
    crash.venue.state.risk = { ...risk, liquidation: { ...risk.liquidation, providerNoticeMs: 0 } };
    const backstop = crash.provider('provider');
    crash.venue.command(backstop, 'glassBackstopLeave', {});
    crash.venue.price(BTC, 98_250);
    expect(lots(crash, backstop)).toBe(0);
  });

  test.each([
    ['a smaller capacity', '1000', `${BTC}:0.001:10`],
    ['less an hour', '1000', `${BTC}:10:0.001`],
    ['another market', '1000', `${SOL}:10:10`],
    ['only what a larger equity bears', '1000000000', `${BTC}:10:10`],
  ])('in part, to %s, is held as well', (_what, minimumEquity, markets) => {
    const crash = longBitcoin();
    const backstop = crash.provider('provider');
    crash.venue.command(backstop, 'glassBackstopEnrol', { minimumEquity, markets });
    crash.venue.price(BTC, 98_250);
    expect(lots(crash, backstop)).toBeGreaterThan(0);
  });

  test('gives one notice at a time, and may offer more without any', () => {
    const { venue, provider } = longBitcoin();
    const backstop = provider('provider');
    const offer = (markets: string) =>
      venue.command(backstop, 'glassBackstopEnrol', { minimumEquity: '1000', markets });
    expect(offer(`${BTC}:12:10`)).toMatchObject([{ kind: 'backstopEnrolled' }]);
    expect(offer(`${BTC}:8:10`)).toMatchObject([{ backstop: { bound: { markets: [{ capacityLots: 1_200_000 }] } } }]);
    expect(offer(`${BTC}:7:10`)).toMatchObject([{ kind: 'rejected', reason: 'backstopBound' }]);
    expect(offer(`${BTC}:9:10`)).toMatchObject([{ backstop: { bound: { markets: [{ capacityLots: 1_200_000 }] } } }]);
    venue.pass(HOUR_MS);
    venue.sample();
    expect(offer(`${BTC}:7:10`)).toMatchObject([{ backstop: { bound: { markets: [{ capacityLots: 900_000 }] } } }]);
  });
});

const SUBACCOUNT_KEY = `${'A'.repeat(42)}E=`;
