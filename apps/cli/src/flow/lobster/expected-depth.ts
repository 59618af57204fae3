// LOBSTER's order-book files joined with their messages: after each message ask price, ask size, bid price, bid size, level by
// level.
import type { DepthView } from '@glasshouse/protocol';
import { textLines } from '../../files/text-lines.js';
import type { Grid } from '../grid.js';
import { MalformedLine } from '../malformed-line.js';
import { type Check, equalCheck } from '../report.js';
import type { FlowVenue } from '../venue.js';
import { type LobsterMessage, lobsterPriceUnits, lobsterSizeUnits } from './messages.js';

export type ExpectedDepth = {
  /** The message after which the book looks so. */
  readonly message: string;
  readonly levels: readonly number[];
};

const MESSAGE_FIELDS = 6;
const LEVEL_FIELDS = 4;
/** Stands where there is no level. */
const NO_PRICE = 9_999_999_999;

export function parseExpectedDepth(text: string): ExpectedDepth | undefined {
  const fields = text.split(',');
  const levels = fields.slice(MESSAGE_FIELDS).map(Number);
  const whole = levels.length > 0 && levels.length % LEVEL_FIELDS === 0 && levels.every(Number.isSafeInteger);
  return whole ? { message: fields.slice(0, MESSAGE_FIELDS).join(','), levels } : undefined;
}

export async function readExpectedDepth(file: string): Promise<ExpectedDepth[]> {
  const rows: ExpectedDepth[] = [];
  for await (const text of textLines(file)) {
    const row = parseExpectedDepth(text);
    if (row === undefined) throw new MalformedLine(file, rows.length + 1, 'not a message followed by levels of four');
    rows.push(row);
  }
  return rows;
}

function sameLevel(level: readonly [number, number] | undefined, price: number, size: number, grid: Grid): boolean {
  if (Math.abs(price) === NO_PRICE) return level === undefined;
  if (level === undefined) return false;
  return level[0] === grid.ticks(lobsterPriceUnits(price)) && level[1] === grid.lots(lobsterSizeUnits(size));
}

/** True when the first levels of `depth` are those of the row. */
function depthEquals(depth: DepthView, { levels }: ExpectedDepth, grid: Grid): boolean {
  for (let level = 0; level * LEVEL_FIELDS < levels.length; level += 1) {
    const [askPrice, askSize, bidPrice, bidSize] = levels.slice(level * LEVEL_FIELDS) as [
      number,
      number,
      number,
      number,
    ];
    if (!sameLevel(depth.asks[level], askPrice, askSize, grid)) return false;
    if (!sameLevel(depth.bids[level], bidPrice, bidSize, grid)) return false;
  }
  return true;
}

/** Compares the book with the rows one after the other, each after the message that it names. */
export class DepthComparison {
  #compared = 0;
  #equal = 0;

  constructor(
    private readonly rows: readonly ExpectedDepth[],
    private readonly grid: Grid,
  ) {}

  after(message: LobsterMessage, venue: FlowVenue): void {
    const row = this.rows[this.#compared];
    if (row === undefined || row.message !== message.text) return;
    this.#compared += 1;
    if (depthEquals(venue.depth(row.levels.length / LEVEL_FIELDS), row, this.grid)) this.#equal += 1;
  }

  /** A row that no message led to counts as unequal. */
  checks(): Check[] {
    return this.rows.length === 0 ? [] : [equalCheck('books', this.#equal, this.rows.length, 'books equal')];
  }
}
