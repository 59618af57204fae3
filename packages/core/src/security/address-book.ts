// Addresses that withdrawals may go to. While the book is on, a new one waits before it can be used, and so does switching it off.
import type { AddressView, RemoveAddress, SaveAddress, SetAddressBook } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { reject } from '../state/reject.js';
import type { Security } from '../state/securities.js';
import type { State } from '../state/state.js';
import { announceSecurity, ownSecurity } from './announce.js';
import { guardsOf, HOUR_US } from './delay.js';
import { secondFactorGiven, spendConfirmation } from './second-factor.js';

const ADDRESS = /^[A-Za-z0-9:_-]{4,128}$/;

export function addressValid(state: State, address: string): boolean {
  if (ADDRESS.test(address)) return true;
  reject(state, 'addressInvalid', { address });
  return false;
}

const savedIn = (security: Security | undefined, blockchain: string, address: string): AddressView | undefined =>
  security?.addresses.find((saved) => saved.address === address && saved.blockchain === blockchain);

function known({ securities, accounts, scope }: State): Security | undefined {
  return securities.get(accounts.customerId[scope.accountId] as number);
}

/** May the signer withdraw to this address? After a reject, false. */
export function addressAllowed(state: State, blockchain: string, address: string): boolean {
  const security = known(state);
  if (security?.addressBook !== true) return true;
  const saved = savedIn(security, blockchain, address);
  if (saved === undefined) {
    reject(state, 'addressNotSaved', { address });
    return false;
  }
  if (saved.usableUs <= state.timeUs) return true;
  reject(state, 'addressNotUsable', { address, untilUs: saved.usableUs });
  return false;
}

function chainKnown({ assets }: State, blockchain: string): boolean {
  return assets.list.some(({ tokens }) => tokens.some((token) => token.blockchain === blockchain));
}

function maySave(state: State, { blockchain, address }: SaveAddress): boolean {
  if (!chainKnown(state, blockchain)) {
    reject(state, 'blockchainUnknown', { blockchain });
    return false;
  }
  if (!addressValid(state, address)) return false;
  const security = known(state);
  const saved = savedIn(security, blockchain, address);
  if (saved !== undefined) {
    reject(state, 'addressSaved', { addressId: saved.addressId });
    return false;
  }
  const addresses = security?.addresses.length ?? 0;
  const limit = guardsOf(state).maxAddresses;
  if (addresses < limit) return true;
  reject(state, 'addressLimit', { addresses, limit });
  return false;
}

const afterDelay = (state: State): TimeUs => (state.timeUs + guardsOf(state).addressDelayHours * HOUR_US) as TimeUs;

export function saveAddress(state: State, command: SaveAddress): void {
  if (!secondFactorGiven(state) || !maySave(state, command)) return;
  const security = ownSecurity(state);
  const { blockchain, address, name } = command;
  security.lastAddressId += 1;
  const usableUs = security.addressBook ? afterDelay(state) : state.timeUs;
  const entry = { addressId: security.lastAddressId, blockchain, address, name, createdUs: state.timeUs, usableUs };
  security.addresses = [...security.addresses, entry];
  spendConfirmation(state);
  announceSecurity(state, security);
}

/** Takes no second factor: it lets less through. */
export function removeAddress(state: State, { addressId }: RemoveAddress): void {
  const security = known(state);
  if (security?.addresses.some((saved) => saved.addressId === addressId) !== true) {
    return reject(state, 'addressUnknown', { addressId });
  }
  security.addresses = security.addresses.filter((saved) => saved.addressId !== addressId);
  announceSecurity(state, security);
}

export function setAddressBook(state: State, { enabled }: SetAddressBook): void {
  if (!secondFactorGiven(state)) return;
  const security = ownSecurity(state);
  if (enabled) {
    security.addressBook = true;
    security.addressBookOffUs = 0;
  } else if (security.addressBook && security.addressBookOffUs === 0) {
    security.addressBookOffUs = afterDelay(state);
  }
  state.securities.reschedule(security);
  spendConfirmation(state);
  announceSecurity(state, security);
}
