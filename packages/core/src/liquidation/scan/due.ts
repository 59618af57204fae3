// Who must be liquidated, found by looking only at accounts for which prices have moved far enough, or whose own money has.
import { assetUnits } from '../../margin/account.js';
import { isLiquidatable } from '../../margin/liquidation.js';
import { usdPriceOf } from '../../prices/usd.js';
import type { State } from '../../state/state.js';
import { readPrices } from './price-news.js';
import { isSurelyShort, radiusOf, sureUsd } from './radius.js';
import { REACH, surplusOf } from './surplus.js';

/** The share of its surplus that an account may lose in money before it is looked at again; its radius is that of the rest. */
const SLACK = 1 / 32;

/** How many atoms of the settlement asset are worth no more than so much, even when its price has gone as far as REACH. */
function slackAtoms(state: State, usd: number): number {
  const settlement = state.assets.list[state.settlementAssetId - 1];
  if (settlement === undefined) return 0;
  const dearest = usdPriceOf(state, settlement.assetId) * REACH;
  return dearest === 0 ? 0 : Math.floor((usd / dearest) * assetUnits(settlement));
}

/** Puts a pending account where its margin belongs. True when it must be liquidated. */
function judge(state: State, accountId: number): boolean {
  const { watch, exposed } = state;
  watch.slack.excuse(accountId);
  if (!exposed.has(accountId)) {
    watch.queue.drop(accountId);
    return false;
  }
  watch.looks += 1;
  const surplus = surplusOf(state, accountId);
  const sure = sureUsd(surplus);
  if (sure <= 0) return isSurelyShort(surplus) || isLiquidatable(state, accountId);
  if (watch.queue.put(accountId, radiusOf(surplus, sure * (1 - SLACK)))) {
    watch.slack.grant(accountId, slackAtoms(state, sure * SLACK));
  }
  return false;
}

/** Accounts whose MMR is at least 100 % now, by rising id. To be called when prices have been sampled. */
export function dueForLiquidation(state: State): readonly number[] {
  const { slack, queue, known } = state.watch;
  readPrices(state);
  queue.move(known.prices, known.count);
  slack.takeRaised((accountId) => queue.expect(accountId));
  const due: number[] = [];
  for (const accountId of queue.pending()) if (judge(state, accountId)) due.push(accountId);
  return due;
}
