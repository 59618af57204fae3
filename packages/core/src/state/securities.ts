// What guards the withdrawals of customers who have asked for it, and when a change of it comes due.
import type { AddressView, SecurityView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { DueQueue } from './due-queue.js';

export class Security {
  twoFactor = false;
  /** Which of its secrets codes are made with: a new one after each time that they were switched off. */
  secretNumber = 1;
  /** Time step of the last code that was confirmed: each is good once. */
  lastStep = 0;
  /** Signature of the one request that is confirmed, and until when; empty for none. */
  confirmedSignature = '';
  confirmedUntilUs = 0;
  delayHours = 0;
  /** −1 for none. */
  pendingDelayHours = -1;
  pendingDelayUs = 0;
  addressBook = false;
  /** 0 when it stays on. */
  addressBookOffUs = 0;
  addresses: readonly AddressView[] = [];
  lastAddressId = 0;

  constructor(readonly customerId: number) {}

  /** Infinity when no change waits. */
  get nextUs(): number {
    const delayUs = this.pendingDelayHours < 0 ? Number.POSITIVE_INFINITY : this.pendingDelayUs;
    const bookUs = this.addressBookOffUs === 0 ? Number.POSITIVE_INFINITY : this.addressBookOffUs;
    return Math.min(delayUs, bookUs);
  }

  view(): SecurityView {
    const { pendingDelayHours, pendingDelayUs, addressBookOffUs } = this;
    return {
      customerId: this.customerId,
      twoFactor: this.twoFactor,
      secretNumber: this.secretNumber,
      delayHours: this.delayHours,
      pendingDelayHours: pendingDelayHours < 0 ? undefined : pendingDelayHours,
      pendingDelayUs: pendingDelayHours < 0 ? undefined : (pendingDelayUs as TimeUs),
      addressBook: this.addressBook,
      addressBookOffUs: addressBookOffUs === 0 ? undefined : (addressBookOffUs as TimeUs),
      addresses: this.addresses,
    };
  }
}

export class Securities {
  /** Customers whose changes come due. */
  readonly due = new DueQueue();
  readonly #byCustomer = new Map<number, Security>();

  get(customerId: number): Security | undefined {
    return this.#byCustomer.get(customerId);
  }

  obtain(customerId: number): Security {
    const known = this.#byCustomer.get(customerId);
    if (known !== undefined) return known;
    const security = new Security(customerId);
    this.#byCustomer.set(customerId, security);
    return security;
  }

  /** To be called after whatever changed what comes due. */
  reschedule({ customerId, nextUs }: Security): void {
    if (this.due.timeOf(customerId) !== undefined) this.due.remove(customerId);
    if (nextUs !== Number.POSITIVE_INFINITY) this.due.add(customerId, nextUs);
  }

  /** By rising customer. */
  inOrder(): Security[] {
    return [...this.#byCustomer.values()].sort((a, b) => a.customerId - b.customerId);
  }
}
