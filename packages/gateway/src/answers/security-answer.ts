// What guards a customer's withdrawals, as REST shows it.
import type { AddressBook, Blockchain, WithdrawalDelay } from '@glasshouse/api';
import type { AddressView, SecurityView } from '@glasshouse/protocol';
import { naiveDateTime } from './times.js';

export function delayAnswer(security: SecurityView): WithdrawalDelay {
  const { delayHours, pendingDelayHours, pendingDelayUs } = security;
  return {
    currentWithdrawalDelayHours: delayHours === 0 ? null : delayHours,
    pendingWithdrawalDelayHours: pendingDelayHours ?? null,
    pendingWithdrawalDelayHoursEnabledAt: pendingDelayUs === undefined ? null : naiveDateTime(pendingDelayUs),
  };
}

function addressAnswer({ addressId, address, blockchain, createdUs, name, usableUs }: AddressView) {
  return {
    address,
    addressId,
    blockchain: blockchain as Blockchain,
    createdAt: naiveDateTime(createdUs),
    name,
    usableAt: naiveDateTime(usableUs),
  };
}

export function addressBookAnswer(security: SecurityView | undefined): AddressBook {
  const offUs = security?.addressBookOffUs;
  return {
    addresses: (security?.addresses ?? []).map(addressAnswer),
    enabled: security?.addressBook ?? false,
    offAt: offUs === undefined ? null : naiveDateTime(offUs),
  };
}
