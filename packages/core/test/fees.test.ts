import { TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { HOUSE } from '../src/state/balances.js';
import { Venue } from './venue.js';

const RICH = { USDC: '1000000', SOL: '10000' };
const USDC = 1;

function house(venue: Venue): { fees: number; rounding: number } {
  const { houseAtoms } = venue.state.balances.of(USDC);
  return { fees: houseAtoms[HOUSE.fees] ?? Number.NaN, rounding: houseAtoms[HOUSE.rounding] ?? Number.NaN };
}

function customers(venue: Venue): number {
  return venue.state.balances.of(USDC).customersAtoms;
}

/** alice is customer 1, bob customer 2; each gets a tier of TEST_GENESIS. */
function traders(aliceTier: number, bobTier: number) {
  const venue = new Venue();
  const alice = venue.trader('alice', RICH);
  const bob = venue.trader('bob', RICH);
  venue.decide({ kind: 'setCustomerTier', customerId: 1, tier: aliceTier });
  venue.decide({ kind: 'setCustomerTier', customerId: 2, tier: bobTier });
  return { venue, alice, bob };
}

describe('fees by tier, taken in quote from both sides', () => {
  test.each([
    ['Tier 1 against Tier 1', 0, 0, 'USDC 1000399.68/0', 'USDC 999599.6/0', 720_000],
    ['a maker who pays nothing', 1, 0, 'USDC 1000400/0', 'USDC 999599.6/0', 400_000],
    ['a taker of VIP 5', 0, 1, 'USDC 1000399.68/0', 'USDC 999599.9/0', 420_000],
    ['a maker who is paid', 2, 1, 'USDC 1000400.04/0', 'USDC 999599.9/0', 60_000],
  ])('%s', (_name, makerTier, takerTier, maker, taker, fees) => {
    for (const makerSide of ['Ask', 'Bid'] as const) {
      const { venue, alice, bob } = traders(makerTier, takerTier);
      venue.limit(alice, makerSide, '100', '4');
      venue.limit(bob, makerSide === 'Ask' ? 'Bid' : 'Ask', '100', '4');
      expect(house(venue)).toEqual({ fees, rounding: 0 });
      if (makerSide === 'Ask') expect([venue.balances(alice)[0], venue.balances(bob)[0]]).toEqual([maker, taker]);
    }
  });

  test('what customers lose is what the house gains, to the atom, in awkward pieces', () => {
    for (const [makerTier, takerTier] of [
      [0, 0],
      [1, 0],
      [2, 0],
      [2, 1],
    ] as const) {
      const { venue, alice, bob } = traders(makerTier, takerTier);
      const before = customers(venue);
      venue.limit(alice, 'Ask', '0.07', '9.99');
      for (const quantity of ['0.01', '0.01', '3.33', '0.07', '6.57']) venue.limit(bob, 'Bid', '0.07', quantity);
      venue.limit(bob, 'Ask', '0.07', '1');
      venue.limit(alice, 'Bid', '0.07', '0.33');
      const { fees, rounding } = house(venue);
      expect(before - customers(venue)).toBe(fees + rounding);
      expect(rounding).toBeGreaterThan(0);
      expect(fees + rounding).toBeGreaterThan(0);
    }
  });

  test('rounding takes less than an atom an order, however many fills it has', () => {
    const { venue, alice, bob } = traders(0, 0);
    venue.limit(alice, 'Ask', '0.03', '1');
    for (let fill = 0; fill < 100; fill += 1) venue.limit(bob, 'Bid', '0.03', '0.01');
    // The maker pays ⌈30,000 × 0.0008⌉ = 24 in all; each taker ⌈300 × 0.001⌉ = 1, of which nothing whole is earned.
    expect(house(venue)).toEqual({ fees: 24, rounding: 100 });
  });

  test('the fee account has what is earned to the atom, the rounding account every fraction', () => {
    const { venue, alice, bob } = traders(2, 1);
    venue.limit(alice, 'Ask', '0.03', '0.01');
    // Of 300: the taker pays ⌈0.075⌉ = 1, of which 0 is earned; the maker gets ⌊0.03⌋ = 0, for which ⌈0.03⌉ = 1 is spent.
    venue.limit(bob, 'Bid', '0.03', '0.01');
    expect(house(venue)).toEqual({ fees: -1, rounding: 2 });
  });

  test('the events of a fill carry its fee, a rebate as a negative one', () => {
    const { venue, alice, bob } = traders(2, 1);
    venue.limit(alice, 'Ask', '100', '4');
    const fills = venue.limit(bob, 'Bid', '100', '4').filter(({ kind }) => kind === 'orderFilled');
    expect(fills).toMatchObject([
      { fill: { isMaker: true, feeAssetId: USDC, feeAtoms: -40_000 } },
      { fill: { isMaker: false, feeAssetId: USDC, feeAtoms: 100_000 } },
    ]);
  });

  test('a rebate of nothing is zero, not minus zero', () => {
    const { venue, alice, bob } = traders(2, 1);
    venue.limit(alice, 'Ask', '0.01', '0.01');
    const [maker] = venue.limit(bob, 'Bid', '0.01', '0.01').filter(({ kind }) => kind === 'orderFilled');
    expect(maker?.kind === 'orderFilled' && Object.is(maker.fill.feeAtoms, 0)).toBe(true);
  });
});

describe('rates hold for the life of an order', () => {
  test('a tier given later does not reach what rests', () => {
    const { venue, alice, bob } = traders(0, 0);
    venue.limit(alice, 'Bid', '100', '4');
    expect(venue.balances(alice)[0]).toBe('USDC 999599.68/400.32');
    venue.decide({ kind: 'setCustomerTier', customerId: 1, tier: 2 });
    venue.limit(bob, 'Ask', '100', '4');
    expect(venue.balances(alice)[0]).toBe('USDC 999599.68/0');
  });

  test('the tier belongs to the customer, subaccounts included, and each account is told', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', RICH);
    venue.command(alice, 'glassSubaccountCreate', { publicKey: `${'S'.repeat(42)}0=` });
    const updates = venue.decide({ kind: 'setCustomerTier', customerId: 1, tier: 1 });
    expect(updates).toMatchObject([
      { kind: 'accountUpdated', account: { accountId: 1, feeTier: 1, makerFeePpm: 0, takerFeePpm: 250 } },
      { kind: 'accountUpdated', account: { accountId: 2, feeTier: 1, makerFeePpm: 0, takerFeePpm: 250 } },
      { kind: 'approved' },
    ]);
  });

  test('new rates of a tier reach the next order', () => {
    const { venue, alice, bob } = traders(0, 0);
    const spotFeeTiers = TEST_GENESIS.spotFeeTiers.map((tier) => ({ ...tier, makerPpm: 0, takerPpm: 500 }));
    expect(venue.decide({ kind: 'setFeeTiers', spotFeeTiers })[0]).toMatchObject({
      kind: 'settingsChanged',
      spotFeeTiers,
    });
    venue.limit(alice, 'Ask', '100', '4');
    venue.limit(bob, 'Bid', '100', '4');
    expect(house(venue)).toEqual({ fees: 200_000, rounding: 0 });
  });
});

describe('tiers that cannot be', () => {
  const tier = (makerPpm: number, takerPpm: number, minVolume = 0) => ({ name: 't', minVolume, makerPpm, takerPpm });
  test.each([
    ['a rebate above the taker fee of its tier', [tier(-300, 250), tier(0, 0, 1), tier(0, 0, 2)]],
    ['a rebate above the taker fee of another tier', [tier(-300, 400), tier(0, 200, 1), tier(0, 400, 2)]],
    ['fewer than before', [tier(0, 0)]],
    ['volumes that do not rise', [tier(0, 0), tier(0, 0, 5), tier(0, 0, 5)]],
    ['a first tier that not everyone has', [tier(0, 0, 1), tier(0, 0, 2), tier(0, 0, 3)]],
    ['a taker who is paid', [tier(0, -1), tier(0, 0, 1), tier(0, 0, 2)]],
  ])('%s', (_name, spotFeeTiers) => {
    const [event] = new Venue().decide({ kind: 'setFeeTiers', spotFeeTiers });
    expect(event).toMatchObject({ kind: 'rejected', reason: 'actionInvalid' });
  });
});

describe('what a bid must have', () => {
  test.each([
    ['GTC', '100', '200.200001'],
    ['IOC', '100', '200.2'],
    ['FOK', '100', '200.2'],
  ])('%s: notional, the larger fee, and an atom when two roundings may come', (timeInForce, price, enough) => {
    for (const [funds, outcome] of [
      [enough, 'orderAccepted'],
      [(Number(enough) - 0.000001).toFixed(6), 'rejected'],
    ] as const) {
      const venue = new Venue();
      const alice = venue.trader('alice', { USDC: funds });
      expect(venue.limit(alice, 'Bid', price, '2', { timeInForce })[0]?.kind).toBe(outcome);
    }
  });

  test('post-only: the maker fee alone', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '200.16' });
    expect(venue.limit(alice, 'Bid', '100', '2', { postOnly: true })[0]?.kind).toBe('orderAccepted');
    expect(venue.balances(alice)).toEqual(['USDC 0/200.16']);
  });

  test('part taken and part resting, to the last atom', () => {
    const venue = new Venue();
    venue.limit(venue.trader('maker', RICH), 'Ask', '0.03', '0.01');
    const alice = venue.trader('alice', { USDC: '0.000901' });
    expect(venue.limit(alice, 'Bid', '0.03', '0.03')[0]?.kind).toBe('rejected');
    venue.deposit(alice, 'USDC', '0.000001');
    // 300 + ⌈0.3⌉ taken, 600 + ⌈0.48⌉ resting: 902.
    expect(venue.limit(alice, 'Bid', '0.03', '0.03')[0]?.kind).toBe('orderAccepted');
    expect(venue.balances(alice)[0]).toBe('USDC 0/0.000601');
  });
});
