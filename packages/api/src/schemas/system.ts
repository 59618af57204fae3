import { type Static, Type } from 'typebox';
import { API_ERROR_CODES } from '../errors.js';
import { nullable, responseObject } from './primitive.js';
import { Status } from './vocabulary.js';

export const StatusAndMessage = responseObject('StatusAndMessage', {
  status: Status,
  message: nullable(Type.String()),
});
export type StatusAndMessage = Static<typeof StatusAndMessage>;

export const WalletResponse = responseObject('WalletResponse', { blockchain: Type.String(), address: Type.String() });
export type WalletResponse = Static<typeof WalletResponse>;

export const ApiErrorCodeSchema = Type.Enum(API_ERROR_CODES, { title: 'ApiErrorCode' });

/** `details` is this exchange's addition: the numbers that decided. */
export const ErrorDetailsSchema = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));

export const ApiErrorResponse = responseObject('ApiErrorResponse', {
  code: ApiErrorCodeSchema,
  message: Type.String(),
  details: Type.Optional(ErrorDetailsSchema),
});
