import { KEY_ROLE, PERMISSION } from '@glasshouse/protocol';
import { CHAIN_KEY, fakePublicKey, type Parameters, REGISTRAR_KEY, TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { accountsOfCustomer, accountView, keysOfAccount } from '../src/index.js';
import { summary, Venue } from './venue.js';

const FUNDS = { USDC: '1000' };

function withSubaccount() {
  const venue = new Venue();
  const alice = venue.trader('alice', FUNDS);
  const publicKey = fakePublicKey('desk');
  const events = venue.command(alice, 'glassSubaccountCreate', { publicKey, name: 'desk 1' });
  return { venue, alice, desk: venue.keyId(publicKey), events };
}

describe('subaccounts', () => {
  test('belong to the customer and have a key of their own', () => {
    const { venue, desk, events } = withSubaccount();
    expect(events).toMatchObject([
      { kind: 'accountCreated', account: { accountId: 2, customerId: 1, mainAccountId: 1, name: 'desk 1' } },
      { kind: 'keyAdded', key: { keyId: desk, accountId: 2, role: KEY_ROLE.account, permissions: 7, active: true } },
    ]);
    expect(accountsOfCustomer(venue.state, 1).map(({ accountId }) => accountId)).toEqual([1, 2]);
  });

  test('can be opened by a subaccount too, still for the customer', () => {
    const { venue, desk } = withSubaccount();
    venue.command(desk, 'glassSubaccountCreate', { publicKey: fakePublicKey('desk two') });
    expect(accountView(venue.state, 3)).toMatchObject({ customerId: 1, mainAccountId: 1, name: '' });
  });

  test('cannot be traded from with the key of another account of the same customer', () => {
    const { venue, alice, desk } = withSubaccount();
    venue.limit(alice, 'Bid', '100', '1');
    expect(summary(venue.command(desk, 'orderCancel', { symbol: 'SOL_USDC', orderId: 1 }))).toEqual([
      'rejected orderUnknown',
    ]);
  });

  test('are limited per customer, the main account not counted', () => {
    const settings = { ...TEST_GENESIS.settings, maxSubaccountsPerCustomer: 2 };
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice');
    const open = (name: string) =>
      summary(venue.command(alice, 'glassSubaccountCreate', { publicKey: fakePublicKey(name) }))[0];
    expect([open('one'), open('two'), open('three')]).toEqual([
      'accountCreated',
      'accountCreated',
      'rejected subaccountLimit',
    ]);
  });
});

describe('transfers', () => {
  test('move what is available, at once and both ways', () => {
    const { venue, alice, desk } = withSubaccount();
    const events = venue.command(alice, 'glassTransfer', { toAccountId: 2, symbol: 'USDC', quantity: '400' });
    expect(events).toMatchObject([
      { kind: 'transferred', fromAccountId: 1, toAccountId: 2, assetId: 1, quantityAtoms: 400_000_000 },
      { kind: 'balanceChanged', balance: { accountId: 1, availableAtoms: 600_000_000 } },
      { kind: 'balanceChanged', balance: { accountId: 2, availableAtoms: 400_000_000 } },
    ]);
    venue.command(desk, 'glassTransfer', { toAccountId: 1, symbol: 'USDC', quantity: '400' });
    expect([venue.balances(alice), venue.balances(desk)]).toEqual([['USDC 1000/0'], []]);
  });

  test('leave alone what backs an order', () => {
    const { venue, alice } = withSubaccount();
    venue.limit(alice, 'Bid', '99', '10', { postOnly: true });
    const [event] = venue.command(alice, 'glassTransfer', { toAccountId: 2, symbol: 'USDC', quantity: '10' });
    expect(event).toMatchObject({ reason: 'insufficientFunds', details: { available: '9.208' } });
  });
});

describe('account settings', () => {
  test('change what is named and keep the rest', () => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    venue.command(alice, 'accountUpdate', { autoLend: 'False', leverageLimit: '12.5' });
    venue.command(alice, 'accountUpdate', { autoRepayBorrows: 'false' });
    venue.command(alice, 'accountUpdate', { autoLend: 'true' });
    expect(accountView(venue.state, 1)).toMatchObject({
      autoBorrowSettlements: true,
      autoLend: true,
      autoRepayBorrows: false,
      leverageLimitCenti: 1250,
    });
  });

  test.each(['0', '0.99', '10000.01', '1.005', '99999999999'])('refuse a leverage limit of %s', (leverageLimit) => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    expect(summary(venue.command(alice, 'accountUpdate', { leverageLimit }))).toEqual(['rejected parameterConflict']);
    expect(accountView(venue.state, 1)?.leverageLimitCenti).toBe(0);
  });
});

describe('permissions', () => {
  const COMMANDS: readonly (readonly [string, number, Parameters])[] = [
    ['orderExecute', PERMISSION.trade, { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: 1, quantity: 1 }],
    ['orderCancel', PERMISSION.trade, { symbol: 'SOL_USDC', orderId: 1 }],
    ['orderCancelAll', PERMISSION.trade, { symbol: 'SOL_USDC' }],
    ['glassOrderReduce', PERMISSION.trade, { symbol: 'SOL_USDC', orderId: 1, quantity: 1 }],
    ['accountUpdate', PERMISSION.trade, { autoLend: 'true' }],
    ['glassSubaccountCreate', PERMISSION.withdraw, { publicKey: fakePublicKey('new') }],
    ['glassTransfer', PERMISSION.withdraw, { toAccountId: 2, symbol: 'USDC', quantity: 1 }],
    ['glassKeyAdd', PERMISSION.withdraw, { publicKey: fakePublicKey('new') }],
    ['glassKeyRevoke', PERMISSION.withdraw, { publicKey: fakePublicKey('alice') }],
    ['withdraw', PERMISSION.withdraw, { symbol: 'USDC', quantity: 1, blockchain: 'Sandbox', address: 'here' }],
  ];
  const SERVICE_COMMANDS: readonly (readonly [string, 'registrar' | 'chain' | 'operator', Parameters])[] = [
    ['glassAccountCreate', 'registrar', { publicKey: fakePublicKey('new') }],
    [
      'glassDepositCredit',
      'chain',
      { accountId: 1, symbol: 'USDC', quantity: 1, blockchain: 'Sandbox', reference: 'tx' },
    ],
    ['glassWithdrawalConfirm', 'chain', { withdrawalId: 1, transactionHash: '0x' }],
    ['glassOperatorPropose', 'operator', { action: '{}' }],
    ['glassOperatorApprove', 'operator', { proposalId: 1 }],
  ];
  const DENIED = ['rejected roleNotAllowed', 'rejected permissionMissing'];

  test.each(COMMANDS)('%s takes permission %d', (instruction, needed, parameters) => {
    for (const [permissions, bits] of [
      ['read', 1],
      ['trade', 2],
      ['withdraw', 4],
      ['read,trade', 3],
      ['read,trade,withdraw', 7],
    ] as const) {
      const { venue, alice } = withSubaccount();
      const publicKey = fakePublicKey('limited');
      venue.command(alice, 'glassKeyAdd', { publicKey, permissions });
      const [outcome = ''] = summary(venue.command(venue.keyId(publicKey), instruction, parameters));
      expect(DENIED.includes(outcome), permissions).toBe((bits & needed) === 0);
      if ((bits & needed) === 0) expect(outcome).toBe('rejected permissionMissing');
    }
  });

  test('services and operators sign nothing for accounts, nor for each other', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', FUNDS);
    const keys = {
      account: alice,
      registrar: venue.keyId(REGISTRAR_KEY),
      chain: venue.keyId(CHAIN_KEY),
      operator: venue.operator(0),
    };
    const owners = [
      ...COMMANDS.map(([instruction, , parameters]) => [instruction, 'account', parameters] as const),
      ...SERVICE_COMMANDS,
    ];
    for (const [instruction, owner, parameters] of owners) {
      for (const [role, keyId] of Object.entries(keys)) {
        const [outcome] = summary(venue.command(keyId, instruction, parameters));
        if (role !== owner) expect(outcome, `${role}: ${instruction}`).toBe('rejected roleNotAllowed');
        else expect(DENIED).not.toContain(outcome);
      }
    }
  });
});

describe('keys', () => {
  test('a revoked key signs nothing more, and cannot come back', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', FUNDS);
    const publicKey = fakePublicKey('second');
    venue.command(alice, 'glassKeyAdd', { publicKey });
    const second = venue.keyId(publicKey);
    expect(summary(venue.limit(second, 'Bid', '1', '1'))).toEqual(['orderAccepted']);
    venue.command(alice, 'glassKeyRevoke', { publicKey });
    expect(summary(venue.limit(second, 'Bid', '1', '1'))).toEqual(['rejected keyRevoked']);
    expect(summary(venue.command(alice, 'glassKeyAdd', { publicKey }))).toEqual(['rejected keyAlreadyRegistered']);
    expect(summary(venue.command(alice, 'glassKeyRevoke', { publicKey }))).toEqual(['rejected keyNotOwn']);
    expect(venue.book()).toBe('1x1 | ');
    expect(keysOfAccount(venue.state, 1).map(({ active }) => active)).toEqual([true, false]);
  });

  test('a key may revoke itself, unless no other could withdraw then', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', FUNDS);
    const revoke = () => summary(venue.command(alice, 'glassKeyRevoke', { publicKey: fakePublicKey('alice') }));
    expect(revoke()).toEqual(['rejected lastKey']);
    venue.command(alice, 'glassKeyAdd', { publicKey: fakePublicKey('trader'), permissions: 'read,trade' });
    expect(revoke()).toEqual(['rejected lastKey']);
    venue.command(alice, 'glassKeyAdd', { publicKey: fakePublicKey('owner'), permissions: 'withdraw' });
    expect(revoke()).toEqual(['keyRevoked']);
  });

  test('only active keys count against the limit', () => {
    const settings = { ...TEST_GENESIS.settings, maxKeysPerAccount: 2 };
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice');
    const add = (name: string) => summary(venue.command(alice, 'glassKeyAdd', { publicKey: fakePublicKey(name) }));
    expect([add('two'), add('three')]).toEqual([['keyAdded'], ['rejected keyLimit']]);
    venue.command(alice, 'glassKeyRevoke', { publicKey: fakePublicKey('two') });
    expect(add('four')).toEqual(['keyAdded']);
  });

  test('of another account, or of a service, are not own', () => {
    const { venue, alice } = withSubaccount();
    for (const publicKey of [fakePublicKey('desk'), fakePublicKey('nobody'), CHAIN_KEY]) {
      expect(summary(venue.command(alice, 'glassKeyRevoke', { publicKey }))).toEqual(['rejected keyNotOwn']);
    }
  });
});

describe("the operator's own accounts", () => {
  test('place no orders, but get their money and their orders back', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', FUNDS);
    venue.limit(alice, 'Bid', '100', '1');
    venue.decide({ kind: 'markOperatorCustomer', customerId: 1 });
    expect(summary(venue.limit(alice, 'Bid', '100', '1'))).toEqual(['rejected accountIsOperators']);
    const withdrawal = { symbol: 'USDC', quantity: '1000', blockchain: 'Sandbox', address: 'here' };
    expect(summary(venue.command(alice, 'withdraw', withdrawal))).toEqual(['withdrawalRequested']);
  });
});
