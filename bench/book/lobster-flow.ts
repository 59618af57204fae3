import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ASK, BID } from '@glasshouse/core';
import { ADD, CANCEL, emptyFlow, type Flow, REDUCE, TAKE } from './flow.js';

/** LOBSTER's message types; 5, the execution of a hidden order, touches no visible order. */
const KINDS = new Map([
  ['1', ADD],
  ['2', REDUCE],
  ['3', CANCEL],
  ['4', TAKE],
]);

/**
 * A LOBSTER message file (CSV, gzipped or not) as a flow. An execution names the maker: it becomes a taker of the
 * other side with the maker's price as its limit. Prices stay in 1/10,000 dollar, a hundred to the cent.
 */
export function lobsterFlow(path: string): Flow {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .filter(([, type]) => KINDS.has(type ?? ''));
  const flow = emptyFlow(rows.length, 0);
  rows.forEach((row, n) => {
    setMessage(flow, n, row);
  });
  return flow;
}

function setMessage(flow: Flow, n: number, [, type, id, size, price, direction]: readonly string[]): void {
  const kind = KINDS.get(type!)!;
  const maker = direction?.trim() === '1' ? BID : ASK;
  flow.kind[n] = kind;
  flow.side[n] = kind === TAKE ? 1 - maker : maker;
  flow.ticks[n] = Number(price);
  flow.lots[n] = Number(size);
  flow.id[n] = kind === TAKE ? 0 : Number(id);
}
