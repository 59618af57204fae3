import type { TimeUs } from '@glasshouse/units';

/** An address that withdrawals may go to. */
export type AddressView = {
  /** Counted from 1 for each customer. */
  readonly addressId: number;
  readonly blockchain: string;
  readonly address: string;
  readonly name: string;
  readonly createdUs: TimeUs;
  /** From then on. */
  readonly usableUs: TimeUs;
};

/** What guards a customer's withdrawals, whichever of its accounts they leave. */
export type SecurityView = {
  readonly customerId: number;
  /** Withdrawals, and changes of what guards them, take a confirmed code. */
  readonly twoFactor: boolean;
  /** Which of the customer's secrets codes are made with: another one each time they were switched off. */
  readonly secretNumber: number;
  /** 0: withdrawals leave at once. */
  readonly delayHours: number;
  /** A shorter delay that holds from `pendingDelayUs` on; undefined without one. */
  readonly pendingDelayHours: number | undefined;
  readonly pendingDelayUs: TimeUs | undefined;
  /** Withdrawals go to saved addresses alone. */
  readonly addressBook: boolean;
  /** When that ends, if it is to end. */
  readonly addressBookOffUs: TimeUs | undefined;
  readonly addresses: readonly AddressView[];
};
