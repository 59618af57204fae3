// How a client finds out that its book is not the exchange's, without fetching it again.
import { type Static, Type } from 'typebox';
import { Int64, responseObject, Uint32 } from '../schemas/primitive.js';

/** Levels of each side that a checksum covers. */
export const CHECKSUM_LEVELS = 25;

/** `c` is the CRC-32 of `bookChecksumText` of the book as it is after the update `u`. Once a second while the book changes. */
export const BookChecksumFrame = responseObject('BookChecksumFrame', {
  e: Type.Literal('bookChecksum'),
  E: Int64,
  T: Int64,
  s: Type.String(),
  u: Int64,
  c: Uint32,
});
export type BookChecksumFrame = Static<typeof BookChecksumFrame>;

type Row = readonly [price: string, quantity: string];

/** Both sides best first; decimals without trailing zeros, as REST writes them. `99:1|98:2#101:5` has two bids and one ask. */
export function bookChecksumText(bids: readonly Row[], asks: readonly Row[]): string {
  const side = (rows: readonly Row[]): string =>
    rows
      .slice(0, CHECKSUM_LEVELS)
      .map(([price, quantity]) => `${price}:${quantity}`)
      .join('|');
  return `${side(bids)}#${side(asks)}`;
}
