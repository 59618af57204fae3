// The building blocks of every schema: how the wire writes numbers, times and absence.
import { type TProperties, type TSchema, Type } from 'typebox';

/** Plain decimal in a JSON string. */
export const Decimal = Type.String({ format: 'decimal', pattern: '^-?\\d{1,40}(\\.\\d{1,40})?$' });
/** As a caller writes it: never negative. */
export const UnsignedDecimal = Type.String({ format: 'decimal', pattern: '^\\d{1,40}(\\.\\d{0,40})?$' });
/** `2026-11-23T04:27:00.123`, UTC without a zone. */
export const NaiveDateTime = Type.String({
  format: 'naive-date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?$',
});
/** `2026-11-23T04:27:00.123Z` */
export const DateTime = Type.String({
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?Z$',
});
/** `04:27:00`, in the time zone that is told beside it. */
export const NaiveTime = Type.String({ format: 'naive-time', pattern: '^\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?$' });
/** `2026-11-23 04:27:00`, UTC: candles only. */
export const CandleTime = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' });

export const Int64 = Type.Integer({ format: 'int64' });
export const Uint64 = Type.Integer({ format: 'uint64', minimum: 0 });
export const Int32 = Type.Integer({ format: 'int32', minimum: -0x8000_0000, maximum: 0x7fff_ffff });
export const Uint32 = Type.Integer({ format: 'uint32', minimum: 0, maximum: 0xffff_ffff });
export const Uint16 = Type.Integer({ format: 'uint16', minimum: 0, maximum: 0xffff });
export const Uint8 = Type.Integer({ format: 'uint8', minimum: 0, maximum: 0xff });

/** Base64 of 32 bytes, the name of a key everywhere. */
export const PublicKey = Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' });
/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
export const MarketSymbol = Type.String({ minLength: 1, maxLength: 64 });
/** An open list. */
export const CustodyAsset = Type.String({ minLength: 1, maxLength: 32 });

/** A response field that may have no value: it is sent as an explicit null. */
export function nullable<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

/** Responses are exact: a field that is not declared here is a defect. */
export function responseObject<Properties extends TProperties>(title: string, properties: Properties) {
  return Type.Object(properties, { title, additionalProperties: false });
}

/** Requests may carry fields that mean nothing here: they are signed like the others. */
export function requestObject<Properties extends TProperties>(title: string, properties: Properties) {
  return Type.Object(properties, { title });
}

export function query<Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties);
}

/** `limit` and `offset` of the paged endpoints. */
export const PAGE = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
};
