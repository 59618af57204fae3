// What guards withdrawals, by customer. A venue in which nobody has asked for it writes nothing.
import type { AddressView } from '@glasshouse/protocol';
import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

function orderedAddress({ addressId, blockchain, address, name, createdUs, usableUs }: AddressView): AddressView {
  return { addressId, blockchain, address, name, createdUs, usableUs };
}

export function writeSecurity({ securities }: State, writer: SnapshotWriter): void {
  const guarded = securities.inOrder();
  if (guarded.length === 0) return;
  writer.number(guarded.length);
  for (const security of guarded) {
    writer.number(security.customerId);
    writer.number(security.twoFactor ? 1 : 0);
    writer.number(security.secretNumber);
    writer.number(security.lastStep);
    writer.text(security.confirmedSignature);
    writer.number(security.confirmedUntilUs);
    writer.number(security.delayHours);
    writer.number(security.pendingDelayHours);
    writer.number(security.pendingDelayUs);
    writer.number(security.addressBook ? 1 : 0);
    writer.number(security.addressBookOffUs);
    writer.number(security.lastAddressId);
    writer.text(JSON.stringify(security.addresses.map(orderedAddress)));
  }
}

export function restoreSecurity({ securities }: State, reader: SnapshotReader): void {
  if (reader.atEnd) return;
  for (let count = reader.count(); count > 0; count -= 1) {
    const security = securities.obtain(reader.number());
    security.twoFactor = reader.number() === 1;
    security.secretNumber = reader.number();
    security.lastStep = reader.number();
    security.confirmedSignature = reader.text();
    security.confirmedUntilUs = reader.number();
    security.delayHours = reader.number();
    security.pendingDelayHours = reader.number();
    security.pendingDelayUs = reader.number();
    security.addressBook = reader.number() === 1;
    security.addressBookOffUs = reader.number();
    security.lastAddressId = reader.number();
    security.addresses = JSON.parse(reader.text()) as AddressView[];
    securities.reschedule(security);
  }
}
