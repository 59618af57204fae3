// Securities and the hours they trade in, as the reference venue publishes them. This exchange has none.
import { Type } from 'typebox';
import { CustodyAsset, Decimal, Int32, NaiveTime, nullable, responseObject } from './primitive.js';

export const MarketSession = responseObject('MarketSession', {
  name: Type.String(),
  description: nullable(Type.String()),
  startTime: NaiveTime,
  endTime: NaiveTime,
  timezone: Type.String(),
  startWeekday: Int32,
  endWeekday: Int32,
});

const SecuritySession = responseObject('SecuritySession', {
  name: Type.String(),
  minQuantity: Decimal,
  maxQuantity: nullable(Decimal),
  stepSize: Decimal,
});

export const Security = responseObject('Security', {
  asset: CustodyAsset,
  name: Type.String(),
  cusip: nullable(Type.String()),
  sessions: Type.Array(SecuritySession),
});
