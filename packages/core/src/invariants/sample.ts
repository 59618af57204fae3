// What production asserts: the cheap rules on every so many commands, chosen by sequence number so that every node does the same.
import type { State } from '../state/state.js';
import { checkNotCrossed } from './books.js';
import { checkConservation } from './ledger.js';
import { checkPoolCash } from './pools.js';
import { sampleScan } from './scan.js';

const EVERY = 64;

export function sampleInvariants(state: State): void {
  if (state.nextSeq % EVERY !== 0) return;
  for (const market of state.markets.list) checkNotCrossed(market);
  for (const pool of state.pools) if (pool !== undefined) checkPoolCash(state, pool);
  const { assets } = state.balances;
  for (let index = 0; index < assets.length; index += 1) {
    const balances = assets[index];
    if (balances !== undefined) checkConservation(balances, index + 1);
  }
  sampleScan(state, state.nextSeq / EVERY);
}
