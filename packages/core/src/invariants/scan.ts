// No exemption: whoever can be liquidated is looked at. There is no account with anything at stake of which the scan does not know.
import { assert } from '@glasshouse/units';
import { isUpToDate } from '../liquidation/scan/price-news.js';
import { isLiquidatable } from '../margin/liquidation.js';
import type { State } from '../state/state.js';

function checkAccount(state: State, accountId: number, isScanned: boolean): void {
  const { watch, exposed } = state;
  if (!exposed.has(accountId)) return;
  const isSpent = watch.slack.isSpent(accountId);
  assert(isSpent || watch.queue.isWatched(accountId), 'every account with exposure is in the scan', { accountId });
  if (!isScanned || isSpent || watch.slack.isExcused(accountId)) return;
  assert(!isLiquidatable(state, accountId), 'no account comes to its liquidation unseen', { accountId });
}

export function checkScan(state: State): void {
  const isScanned = isUpToDate(state);
  for (let accountId = 1; accountId <= state.accounts.count; accountId += 1) checkAccount(state, accountId, isScanned);
}

/** Accounts of one sample: each costs as much as a command. */
const SAMPLED = 2;

/** Some accounts, others each time. */
export function sampleScan(state: State, round: number): void {
  const { count } = state.accounts;
  if (count === 0) return;
  const isScanned = isUpToDate(state);
  for (let place = 0; place < Math.min(SAMPLED, count); place += 1) {
    checkAccount(state, 1 + ((round * SAMPLED + place) % count), isScanned);
  }
}
