// A position's row as its fills change it in place, and as bytes.
import type { TimeUs } from '@glasshouse/units';
import type { ByteReader, ByteWriter } from '../encoding.js';
import type { PositionRow } from './rows.js';

export type GrowingPosition = {
  -readonly [Field in keyof PositionRow]: PositionRow[Field] extends boolean ? boolean : number;
};

type Beginning = {
  readonly positionId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly isLong: boolean;
  readonly openedUs: TimeUs;
};

export function begunPosition(beginning: Beginning): GrowingPosition {
  return {
    ...beginning,
    sizeLots: 0,
    entryCostAtoms: 0,
    realizedPnlAtoms: 0,
    fundingAtoms: 0,
    feeAtoms: 0,
    liquidationFeeAtoms: 0,
    openedLots: 0,
    openedQuoteAtoms: 0,
    closedLots: 0,
    closedQuoteAtoms: 0,
    liquidatedLots: 0,
    closingMark: 0,
    closedUs: 0,
  };
}

/** What later fills do not change. */
export function pictureOf(row: GrowingPosition): PositionRow {
  return { ...row } as PositionRow;
}

/** Places are saved: never reorder. */
const INTEGERS = [
  'positionId',
  'accountId',
  'marketId',
  'sizeLots',
  'entryCostAtoms',
  'realizedPnlAtoms',
  'fundingAtoms',
  'feeAtoms',
  'liquidationFeeAtoms',
  'openedLots',
  'openedQuoteAtoms',
  'closedLots',
  'closedQuoteAtoms',
  'liquidatedLots',
  'openedUs',
  'closedUs',
] as const satisfies readonly (keyof PositionRow)[];

export function writePosition(row: GrowingPosition, writer: ByteWriter): void {
  for (const field of INTEGERS) writer.integer(row[field]);
  writer.integer(row.isLong ? 1 : 0);
  writer.real(row.closingMark);
}

export function readPosition(reader: ByteReader): GrowingPosition {
  const row = begunPosition({ positionId: 0, accountId: 0, marketId: 0, isLong: false, openedUs: 0 as TimeUs });
  for (const field of INTEGERS) row[field] = reader.integer();
  row.isLong = reader.integer() === 1;
  row.closingMark = reader.real();
  return row;
}
