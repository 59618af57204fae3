import { CHAIN_KEY, TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { withdrawalView } from '../src/index.js';
import { HOUSE } from '../src/state/balances.js';
import { summary, Venue } from './venue.js';

const USDC = 1;

function house(venue: Venue): Record<'chain' | 'withdrawals' | 'fees', number> {
  const { houseAtoms } = venue.state.balances.of(USDC);
  const of = (account: number) => houseAtoms[account] ?? Number.NaN;
  return { chain: of(HOUSE.chain), withdrawals: of(HOUSE.withdrawals), fees: of(HOUSE.fees) };
}

/** A venue whose USDC token has these terms. */
function venueWith(token: object) {
  const assets = TEST_GENESIS.assets.map((asset) =>
    asset.symbol === 'USDC' ? { ...asset, tokens: asset.tokens.map((known) => ({ ...known, ...token })) } : asset,
  );
  return new Venue({ genesis: { ...TEST_GENESIS, assets } });
}

function credit(venue: Venue, accountId: number, quantity: string, reference: string) {
  const deposit = { accountId, symbol: 'USDC', quantity, blockchain: 'Sandbox', reference };
  return venue.command(venue.keyId(CHAIN_KEY), 'glassDepositCredit', deposit);
}

function withdraw(venue: Venue, keyId: number, quantity: string, rest: object = {}) {
  const order = { symbol: 'USDC', quantity, blockchain: 'Sandbox', address: '0xAbC-1:2_3', ...rest };
  return venue.command(keyId, 'withdraw', order);
}

const confirm = (venue: Venue, withdrawalId: number) =>
  venue.command(venue.keyId(CHAIN_KEY), 'glassWithdrawalConfirm', { withdrawalId, transactionHash: '0xff' });

describe('deposits', () => {
  test('are credited once for a reference, whatever else is said of it', () => {
    const venue = new Venue();
    venue.trader('alice');
    venue.trader('bob');
    expect(credit(venue, 1, '5', 'tx')).toMatchObject([
      { kind: 'depositCredited', depositId: 1, accountId: 1, quantityAtoms: 5_000_000, reference: 'tx' },
      { kind: 'balanceChanged', balance: { availableAtoms: 5_000_000 } },
    ]);
    expect(summary(credit(venue, 1, '5', 'tx'))).toEqual(['rejected depositAlreadyCredited']);
    expect(summary(credit(venue, 2, '7', 'tx'))).toEqual(['rejected depositAlreadyCredited']);
    expect(summary(credit(venue, 1, '5', 'tx2'))).toEqual(['depositCredited']);
    expect(house(venue).chain).toBe(-10_000_000);
  });

  test('a refused one can be credited later', () => {
    const venue = new Venue();
    expect(summary(credit(venue, 1, '5', 'tx'))).toEqual(['rejected accountUnknown']);
    venue.trader('alice');
    expect(summary(credit(venue, 1, '5', 'tx'))).toEqual(['depositCredited']);
  });

  test('fill the venue to 2^53 − 1 atoms and no further', () => {
    const venue = new Venue();
    venue.trader('alice');
    expect(summary(credit(venue, 1, '9007199254.740990', 'a'))).toEqual(['depositCredited']);
    expect(summary(credit(venue, 1, '0.000002', 'b'))).toEqual(['rejected balanceTooLarge']);
    expect(summary(credit(venue, 1, '0.000001', 'c'))).toEqual(['depositCredited']);
    expect(summary(credit(venue, 1, '0.000001', 'd'))).toEqual(['rejected balanceTooLarge']);
  });
});

describe('withdrawals', () => {
  test('leave the account at once, and the venue when the chain says so', () => {
    const venue = venueWith({ withdrawalFee: '0.25' });
    const alice = venue.trader('alice', { USDC: '10' });
    expect(withdraw(venue, alice, '4', { clientId: 'rent' })).toMatchObject([
      {
        kind: 'withdrawalRequested',
        withdrawal: {
          withdrawalId: 1,
          accountId: 1,
          quantityAtoms: 4_000_000,
          feeAtoms: 250_000,
          address: '0xAbC-1:2_3',
          clientId: 'rent',
          status: 'pending',
          transactionHash: '',
        },
      },
      { kind: 'balanceChanged', balance: { availableAtoms: 6_000_000, lockedAtoms: 0 } },
    ]);
    expect(house(venue)).toEqual({ chain: -10_000_000, withdrawals: 4_000_000, fees: 0 });
    expect(withdrawalView(venue.state, 1)?.status).toBe('pending');
    expect(confirm(venue, 1)).toMatchObject([
      { kind: 'withdrawalConfirmed', withdrawal: { withdrawalId: 1, status: 'confirmed', transactionHash: '0xff' } },
    ]);
    expect(house(venue)).toEqual({ chain: -6_250_000, withdrawals: 0, fees: 250_000 });
    expect(withdrawalView(venue.state, 1)).toBeUndefined();
    expect(summary(confirm(venue, 1))).toEqual(['rejected withdrawalAlreadyConfirmed']);
  });

  test('are confirmed in any order', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '10' });
    for (const quantity of ['1', '2', '3']) withdraw(venue, alice, quantity);
    expect(summary(confirm(venue, 0))).toEqual(['rejected withdrawalUnknown']);
    expect(summary(confirm(venue, 4))).toEqual(['rejected withdrawalUnknown']);
    for (const id of [2, 3, 1]) expect(summary(confirm(venue, id))).toEqual(['withdrawalConfirmed']);
    expect(house(venue)).toEqual({ chain: -4_000_000, withdrawals: 0, fees: 0 });
  });

  test('must be worth more than their fee', () => {
    const venue = venueWith({ withdrawalFee: '0.25', minimumWithdrawal: '0.1' });
    const alice = venue.trader('alice', { USDC: '10' });
    expect(summary(withdraw(venue, alice, '0.25'))).toEqual(['rejected withdrawalBelowMinimum']);
    expect(summary(withdraw(venue, alice, '0.250001'))).toEqual(['withdrawalRequested']);
  });

  test('leave alone what backs an order', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '150' });
    venue.limit(alice, 'Bid', '100', '1');
    expect(summary(withdraw(venue, alice, '50'))).toEqual(['rejected insufficientFunds']);
    expect(summary(withdraw(venue, alice, '49.92'))).toEqual(['withdrawalRequested']);
  });

  test.each(['abc', 'a b c d', 'x'.repeat(129), 'abcd/e', '%3Cscript%3E'])('go to no address like %j', (address) => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '150' });
    expect(summary(withdraw(venue, alice, '1', { address }))).toEqual(['rejected addressInvalid']);
  });
});
