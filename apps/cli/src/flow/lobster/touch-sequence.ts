// Best bid and ask as a sequence of distinct states, and how much of one sequence is found in another.
import type { DepthView } from '@glasshouse/protocol';
import { textLines } from '../../files/text-lines.js';
import type { Grid } from '../grid.js';
import { MalformedLine } from '../malformed-line.js';
import { lobsterPriceUnits, lobsterSizeUnits } from './messages.js';

/** `ask ticks,ask lots,bid ticks,bid lots`. */
export type TouchState = string;

/** How far ahead the next equal state is looked for: a state that only one side knows must not swallow the rest. */
const LOOK_AHEAD = 1_000;
const ROW = /^(\d+),(\d+),(\d+),(\d+)$/;

export function touchOf({ asks, bids }: DepthView): TouchState {
  const [ask, bid] = [asks[0], bids[0]];
  return `${ask?.[0] ?? 0},${ask?.[1] ?? 0},${bid?.[0] ?? 0},${bid?.[1] ?? 0}`;
}

export class DistinctStates {
  readonly states: TouchState[] = [];

  see(state: TouchState): void {
    if (this.states.at(-1) !== state) this.states.push(state);
  }
}

export async function readExpectedTouches(file: string, grid: Grid): Promise<DistinctStates> {
  const distinct = new DistinctStates();
  let line = 0;
  for await (const text of textLines(file)) {
    line += 1;
    const match = ROW.exec(text);
    if (match === null) throw new MalformedLine(file, line, `not ask price, ask size, bid price, bid size: ${text}`);
    const [askPrice, askSize, bidPrice, bidSize] = match.slice(1).map(Number) as [number, number, number, number];
    const ask = `${grid.ticks(lobsterPriceUnits(askPrice))},${grid.lots(lobsterSizeUnits(askSize))}`;
    distinct.see(`${ask},${grid.ticks(lobsterPriceUnits(bidPrice))},${grid.lots(lobsterSizeUnits(bidSize))}`);
  }
  return distinct;
}

export function identicalLeading(ours: readonly TouchState[], expected: readonly TouchState[]): number {
  let count = 0;
  while (count < ours.length && ours[count] === expected[count]) count += 1;
  return count;
}

/** States of ours that the expected sequence holds in the same order. */
export function matchedInOrder(ours: readonly TouchState[], expected: readonly TouchState[]): number {
  let matched = 0;
  let from = 0;
  for (const state of ours) {
    const found = expected.indexOf(state, from);
    if (found < 0 || found >= from + LOOK_AHEAD) continue;
    matched += 1;
    from = found + 1;
  }
  return matched;
}
