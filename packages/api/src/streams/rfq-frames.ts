// What is pushed of requests for quotes and of quotes.
import { type Static, Type } from 'typebox';
import { Decimal, Int64, responseObject } from '../schemas/primitive.js';
import { Side, SystemOrderType } from '../schemas/vocabulary.js';

const RfqEvent = Type.Enum([
  'rfqActive',
  'rfqAccepted',
  'rfqRefreshed',
  'rfqCancelled',
  'rfqCandidate',
  'rfqFilled',
  'quoteAccepted',
  'quoteCancelled',
] as const);

/**
 * Of a request `R`, and a quote `u` where it is about one; `C` is the listener's own id of what it is about. `S` is the side of who
 * asked, price `p` what they pay or get; who quotes is not told before the fill. `w`: end of quoting, `W`: end of the request.
 */
export const RfqUpdateFrame = responseObject('RfqUpdateFrame', {
  e: RfqEvent,
  E: Int64,
  R: Int64,
  u: Type.Optional(Int64),
  C: Type.Optional(Type.String()),
  s: Type.String(),
  S: Type.Optional(Side),
  q: Type.Optional(Decimal),
  Q: Type.Optional(Decimal),
  p: Type.Optional(Decimal),
  w: Type.Optional(Int64),
  W: Type.Optional(Int64),
  X: Type.Enum(['New', 'Cancelled', 'Filled'] as const),
  o: Type.Optional(SystemOrderType),
  T: Int64,
});
export type RfqUpdateFrame = Static<typeof RfqUpdateFrame>;
