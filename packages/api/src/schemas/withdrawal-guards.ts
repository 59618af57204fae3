// What guards withdrawals: a delay, saved addresses, codes.
import { type Static, Type } from 'typebox';
import { Int32, NaiveDateTime, nullable, requestObject, responseObject, Uint32 } from './primitive.js';
import { Blockchain } from './vocabulary.js';

const Code = Type.String({ maxLength: 64 });
const WITHDRAWAL_ID = { withdrawalId: Uint32 };

export const WithdrawalDelay = responseObject('WithdrawalDelay', {
  currentWithdrawalDelayHours: nullable(Int32),
  pendingWithdrawalDelayHours: nullable(Int32),
  pendingWithdrawalDelayHoursEnabledAt: nullable(NaiveDateTime),
});
export type WithdrawalDelay = Static<typeof WithdrawalDelay>;

export const CreateWithdrawalDelayRequest = requestObject('CreateWithdrawalDelayRequest', {
  withdrawalDelayHours: Uint32,
  twoFactorToken: Code,
});

export const UpdateWithdrawalDelayRequest = requestObject('UpdateWithdrawalDelayRequest', {
  withdrawalDelayHours: Uint32,
  twoFactorToken: Code,
});

export const CancelWithdrawalRequest = requestObject('CancelWithdrawalRequest', WITHDRAWAL_ID);

export const SavedAddress = responseObject('SavedAddress', {
  addressId: Uint32,
  address: Type.String(),
  blockchain: Blockchain,
  createdAt: NaiveDateTime,
  name: Type.String(),
  /** From then on withdrawals may go there while the book is on. */
  usableAt: NaiveDateTime,
});
export type SavedAddress = Static<typeof SavedAddress>;

/** While it is on, withdrawals go to these addresses alone. */
export const AddressBook = responseObject('AddressBook', {
  addresses: Type.Array(SavedAddress),
  enabled: Type.Boolean(),
  /** When it will be off, if that was asked for. */
  offAt: nullable(NaiveDateTime),
});
export type AddressBook = Static<typeof AddressBook>;

export const SaveAddressRequest = requestObject('SaveAddressRequest', {
  address: Type.String({ minLength: 1, maxLength: 128 }),
  blockchain: Blockchain,
  name: Type.Optional(Type.String({ maxLength: 64, pattern: "^[ -%'-~]*$" })),
  twoFactorToken: Type.Optional(Code),
});

export const RemoveAddressRequest = requestObject('RemoveAddressRequest', { addressId: Uint32 });

export const AddressBookRequest = requestObject('AddressBookRequest', {
  enabled: Type.Boolean(),
  twoFactorToken: Type.Optional(Code),
});

export const TwoFactorState = responseObject('TwoFactorState', {
  enabled: Type.Boolean(),
  /** The venue has a service that sees codes. */
  offered: Type.Boolean(),
});
export type TwoFactorState = Static<typeof TwoFactorState>;

/** For an authenticator: SHA-1, six digits, thirty seconds. */
export const TwoFactorSecret = responseObject('TwoFactorSecret', {
  /** Base32. */
  secret: Type.String(),
  uri: Type.String(),
});
export type TwoFactorSecret = Static<typeof TwoFactorSecret>;

export const TwoFactorRequest = requestObject('TwoFactorRequest', { twoFactorToken: Code });
