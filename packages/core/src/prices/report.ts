// What price feeds report: kept by source until the next sample looks at all of them together.
import type { DecimalText, ReportedPrice, ReportPrices } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { medianOfThree } from './median.js';

/** The double nearest to the decimal. Reported prices have at most fifteen digits, so both parts are exact. */
function nearest({ digits, scale }: DecimalText): number {
  let divisor = 1;
  for (let place = 0; place < scale; place += 1) divisor *= 10;
  return digits / divisor;
}

function sourceOf(state: State, symbol: string, name: string) {
  const asset = state.assets.bySymbol(symbol);
  if (asset === undefined) return undefined;
  return state.assetPrices[asset.assetId - 1]?.sources.find((source) => source.name === name);
}

/** The first price that no asset listens to; undefined when all are known. */
function stranger(state: State, { source, prices }: ReportPrices): ReportedPrice | undefined {
  return prices.find(({ symbol }) => sourceOf(state, symbol, source) === undefined);
}

export function reportPrices(state: State, command: ReportPrices): void {
  const unknown = stranger(state, command);
  if (unknown !== undefined) {
    return reject(state, 'sourceUnknown', { source: command.source, symbol: unknown.symbol });
  }
  for (const { symbol, bid, ask, last } of command.prices) {
    const source = sourceOf(state, symbol, command.source);
    if (source === undefined) continue;
    source.price = medianOfThree(nearest(bid), nearest(ask), nearest(last));
    source.timeUs = state.timeUs;
  }
}
