import { fakePublicKey } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../hashing.js';
import { summary } from '../venue.js';
import { GuardVenue, HOUR, reasons } from './guard-venue.js';

const hours = (withdrawalDelayHours: number) => ({ withdrawalDelayHours });

describe('a withdrawal delay', () => {
  test('lets withdrawals wait, their money set apart, and leave at their time and not before', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(24));
    venue.withdraw();
    const triggerUs = venue.state.timeUs + 24 * HOUR * 1000;
    expect(venue.withdrawal()).toMatchObject({ status: 'waiting', triggerUs });
    expect(venue.balances(venue.alice)).toEqual(['USDC 900/0']);
    expect(summary(venue.pass(24 * HOUR - 1))).toEqual([]);
    expect(summary(venue.pass(1))).toEqual(['withdrawalReleased']);
    expect(venue.withdrawal()).toMatchObject({ status: 'pending', triggerUs });
  });

  test('gives the owner time to take a withdrawal back', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(24));
    venue.withdraw();
    expect(summary(venue.guard('glassWithdrawalCancel', { withdrawalId: 1 }))).toEqual(['withdrawalCancelled']);
    expect(venue.balances(venue.alice)).toEqual(['USDC 1000/0']);
    expect(summary(venue.pass(24 * HOUR))).toEqual([]);
    expect(venue.withdrawal()).toBeUndefined();
  });

  test('is raised at once, and lowered or lifted only when the delay of before has passed', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(10));
    venue.guard('glassWithdrawalDelayUpdate', hours(20));
    expect(venue.security()).toMatchObject({ delayHours: 20, pendingDelayHours: undefined });
    venue.guard('glassWithdrawalDelayUpdate', hours(0));
    const pendingDelayUs = venue.state.timeUs + 20 * HOUR * 1000;
    expect(venue.security()).toMatchObject({ delayHours: 20, pendingDelayHours: 0, pendingDelayUs });
    venue.pass(20 * HOUR - 1);
    venue.withdraw();
    expect(venue.withdrawal()).toMatchObject({ status: 'waiting' });
    expect(summary(venue.pass(1))).toEqual(['securityChanged']);
    expect(venue.security()).toMatchObject({ delayHours: 0, pendingDelayHours: undefined });
    venue.withdraw();
    expect(venue.withdrawal(2)).toMatchObject({ status: 'pending' });
    expect(venue.withdrawal(1)).toMatchObject({ status: 'waiting' });
  });

  test('that is to be lowered is raised again by whoever finds out', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(10));
    venue.guard('glassWithdrawalDelayUpdate', hours(1));
    venue.guard('glassWithdrawalDelayUpdate', hours(10));
    venue.pass(11 * HOUR);
    expect(venue.security()).toMatchObject({ delayHours: 10, pendingDelayHours: undefined });
  });

  test('holds for all accounts of the customer: money is not carried past it', () => {
    const venue = new GuardVenue();
    const publicKey = fakePublicKey('desk');
    venue.guard('glassSubaccountCreate', { publicKey });
    venue.guard('glassWithdrawalDelayCreate', hours(24));
    venue.guard('glassTransfer', { toAccountId: 2, symbol: 'USDC', quantity: '500' });
    venue.withdraw('100', 'somewhere', venue.keyId(publicKey));
    expect(venue.withdrawal()).toMatchObject({ accountId: 2, status: 'waiting' });
    const other = venue.trader('bob', { USDC: '10' });
    venue.withdraw('5', 'somewhere', other);
    expect(venue.withdrawal(2)).toMatchObject({ status: 'pending' });
  });

  test("is nobody else's to take back from", () => {
    const venue = new GuardVenue();
    const bob = venue.trader('bob', { USDC: '10' });
    venue.guard('glassWithdrawalDelayCreate', hours(24));
    venue.withdraw();
    expect(reasons(venue.guard('glassWithdrawalCancel', { withdrawalId: 1 }, bob))).toEqual(['withdrawalUnknown']);
  });
});

describe('an address book', () => {
  test('that is on lets withdrawals go to saved addresses alone, to new ones only after a day', () => {
    const venue = new GuardVenue();
    venue.guard('glassAddressSave', { blockchain: 'Sandbox', address: 'home', name: 'cold' });
    venue.guard('glassAddressBookSet', { enabled: true });
    expect(reasons(venue.withdraw('1', 'home'))).toEqual([]);
    expect(reasons(venue.withdraw('1', 'elsewhere'))).toEqual(['addressNotSaved']);
    venue.guard('glassAddressSave', { blockchain: 'Sandbox', address: 'elsewhere' });
    expect(reasons(venue.withdraw('1', 'elsewhere'))).toEqual(['addressNotUsable']);
    venue.pass(24 * HOUR - 1);
    expect(reasons(venue.withdraw('1', 'elsewhere'))).toEqual(['addressNotUsable']);
    venue.pass(1);
    expect(reasons(venue.withdraw('1', 'elsewhere'))).toEqual([]);
    venue.guard('glassAddressRemove', { addressId: 1 });
    expect(reasons(venue.withdraw('1', 'home'))).toEqual(['addressNotSaved']);
  });

  test('is switched off only after a day, and stays on when it is switched on meanwhile', () => {
    const venue = new GuardVenue();
    venue.guard('glassAddressBookSet', { enabled: true });
    venue.guard('glassAddressBookSet', { enabled: false });
    venue.pass(23 * HOUR);
    expect(reasons(venue.withdraw())).toEqual(['addressNotSaved']);
    venue.guard('glassAddressBookSet', { enabled: true });
    venue.pass(2 * HOUR);
    expect(reasons(venue.withdraw())).toEqual(['addressNotSaved']);
    venue.guard('glassAddressBookSet', { enabled: false });
    expect(summary(venue.pass(24 * HOUR))).toEqual(['securityChanged']);
    expect(reasons(venue.withdraw())).toEqual([]);
  });
});

describe('two-factor codes', () => {
  test('once they are asked for, nothing leaves and no guard falls without one', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(1));
    venue.withCode('glassTwoFactorEnable');
    expect(venue.security()).toMatchObject({ twoFactor: true });
    for (const events of [
      venue.withdraw(),
      venue.guard('glassWithdrawalDelayUpdate', hours(0)),
      venue.guard('glassAddressSave', { blockchain: 'Sandbox', address: 'evil' }),
      venue.guard('glassAddressBookSet', { enabled: false }),
      venue.guard('glassTwoFactorDisable'),
    ]) {
      expect(reasons(events)).toEqual(['twoFactorMissing']);
    }
    const withdrawal = { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'somewhere' };
    expect(reasons(venue.withCode('withdraw', withdrawal, venue.step + 1))).toEqual([]);
  });

  test('cannot be asked for by who has none', () => {
    const venue = new GuardVenue();
    expect(reasons(venue.guard('glassTwoFactorEnable'))).toEqual(['twoFactorMissing']);
  });

  test('are good for one request only, and each step once', () => {
    const venue = new GuardVenue();
    venue.withCode('glassTwoFactorEnable');
    const withdrawal = { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'somewhere' };
    expect(reasons(venue.withCode('withdraw', withdrawal))).toEqual(['twoFactorReused', 'twoFactorMissing']);
    expect(reasons(venue.withCode('withdraw', withdrawal, venue.step + 1))).toEqual([]);
    expect(reasons(venue.guard('withdraw', withdrawal))).toEqual(['twoFactorMissing']);
    venue.pass(90_000);
    expect(reasons(venue.withCode('withdraw', withdrawal, venue.step - 1))).toEqual([]);
  });

  test('of another time are not good', () => {
    const venue = new GuardVenue();
    expect(reasons(venue.withCode('glassTwoFactorEnable', {}, venue.step + 2))).toContain('twoFactorStale');
    expect(reasons(venue.withCode('glassTwoFactorEnable', {}, venue.step - 2))).toContain('twoFactorStale');
  });

  test('confirm no other request than the one whose signature is named', () => {
    const venue = new GuardVenue();
    const request = venue.maker.command(venue.alice, 'glassTwoFactorEnable', {});
    const confirmation = { accountId: 1, signature: '0'.repeat(128), step: venue.step };
    venue.command(venue.service, 'glassTwoFactorConfirm', confirmation);
    expect(reasons(venue.apply(request))).toEqual(['twoFactorMissing']);
  });

  test('are confirmed by no other service, and the service can do nothing else', () => {
    const venue = new GuardVenue();
    const confirmation = { accountId: 1, signature: '0'.repeat(128), step: venue.step };
    expect(reasons(venue.command(venue.alice, 'glassTwoFactorConfirm', confirmation))).toEqual(['roleNotAllowed']);
    expect(reasons(venue.command(venue.operator(0), 'glassTwoFactorConfirm', confirmation))).toEqual([
      'roleNotAllowed',
    ]);
    expect(reasons(venue.withdraw('1', 'somewhere', venue.service))).toEqual(['roleNotAllowed']);
  });

  test('are switched off with one, and made with another secret when they are switched on again', () => {
    const venue = new GuardVenue();
    venue.withCode('glassTwoFactorEnable');
    venue.withCode('glassTwoFactorDisable', {}, venue.step + 1);
    expect(venue.security()).toMatchObject({ twoFactor: false, secretNumber: 2 });
    expect(reasons(venue.withdraw())).toEqual([]);
  });

  test('are lifted for who has lost the device by two operators, and withdrawals wait a day at least', () => {
    const venue = new GuardVenue();
    venue.guard('glassWithdrawalDelayCreate', hours(2));
    venue.withCode('glassTwoFactorEnable');
    venue.propose({ kind: 'resetTwoFactor', customerId: 1 });
    expect(venue.security()).toMatchObject({ twoFactor: true });
    venue.approve();
    const pendingDelayUs = venue.state.timeUs + 24 * HOUR * 1000;
    const waits = { delayHours: 24, pendingDelayHours: 2, pendingDelayUs };
    expect(venue.security()).toMatchObject({ twoFactor: false, secretNumber: 2, ...waits });
    venue.pass(24 * HOUR);
    expect(venue.security()).toMatchObject({ delayHours: 2 });
  });
});

test('guards live through a restart', () => {
  const venue = new GuardVenue();
  venue.guard('glassWithdrawalDelayCreate', hours(5));
  venue.withdraw();
  venue.guard('glassWithdrawalDelayUpdate', hours(0));
  venue.guard('glassAddressSave', { blockchain: 'Sandbox', address: 'home' });
  venue.guard('glassAddressBookSet', { enabled: true });
  venue.withCode('glassTwoFactorEnable');
  const hash = hashOf(venue.state);
  venue.restart();
  expect(hashOf(venue.state)).toBe(hash);
  expect(summary(venue.pass(5 * HOUR))).toEqual(['securityChanged', 'withdrawalReleased']);
  expect(reasons(venue.withdraw('1', 'home'))).toEqual(['twoFactorMissing']);
});
