// Who must be liquidated and who warned, found by looking only at accounts for which prices have moved far enough, or whose own
// money has.
import { assetUnits } from '../../margin/account.js';
import { isLiquidatable } from '../../margin/liquidation.js';
import { indexPriceOf } from '../../margin/value.js';
import { usdPriceOf } from '../../prices/usd.js';
import type { State } from '../../state/state.js';
import type { Findings, LevelChange } from './findings.js';
import { nearnessOf, WARNING_LEVELS } from './levels.js';
import { readPrices } from './price-news.js';
import { DUE, isSurelyUnsound, nextLevel, radiusOf, radiusOfRelief, roomUsd } from './radius.js';
import { REACH, type Surplus, surplusOf } from './surplus.js';

/** The share of its room that an account may lose in money before it is looked at again; its radius is that of the rest. */
const SLACK = 1 / 32;

/** How many atoms of the settlement asset are worth no more than so much, even when its price has gone as far as REACH. */
function slackAtoms(state: State, usd: number): number {
  const settlement = state.assets.list[state.settlementAssetId - 1];
  if (settlement === undefined) return 0;
  const dearest = usdPriceOf(state, settlement.assetId) * REACH;
  return dearest === 0 ? 0 : Math.floor((usd / dearest) * assetUnits(settlement));
}

/** False when the account's side of every line is not certain: it stays pending. */
function putBack(state: State, accountId: number, surplus: Surplus): boolean {
  const { queue, slack } = state.watch;
  const warned = state.warned.levelOf(accountId);
  const level = nextLevel(warned);
  const room = roomUsd(surplus, level);
  const radius = Math.min(radiusOf(surplus, room * (1 - SLACK), level), radiusOfRelief(surplus, warned));
  if (!queue.put(accountId, radius)) return false;
  if (warned === 0) slack.grant(accountId, slackAtoms(state, room * SLACK));
  else slack.watchClosely(accountId);
  return true;
}

/**
 * False when the account, which `atMark` says is unsound at the mark, must go. As long as it is sheltered, and no warning of it can be over,
 * it is as good as sound. `atMark` is spent.
 */
function shelter(state: State, accountId: number, atMark: Surplus): boolean {
  if (state.risk.liquidation.trigger === 'mark') return false;
  const { queue, slack } = state.watch;
  const relief = radiusOfRelief(atMark, state.warned.levelOf(accountId));
  const atIndex = surplusOf(state, accountId, indexPriceOf);
  if (isSurelyUnsound(atIndex)) return false;
  if (!queue.put(accountId, Math.min(radiusOf(atIndex, roomUsd(atIndex, DUE), DUE), relief))) {
    return !isLiquidatable(state, accountId);
  }
  slack.watchClosely(accountId);
  return true;
}

class Scan {
  readonly due: number[] = [];
  readonly changes: LevelChange[] = [];

  constructor(private readonly state: State) {}

  /** Looks at a pending account, and puts it where its margin belongs. */
  look(accountId: number): void {
    const { state } = this;
    const { watch, exposed } = state;
    watch.slack.excuse(accountId);
    if (!exposed.has(accountId)) {
      this.#change(accountId, 0);
      return watch.queue.drop(accountId);
    }
    watch.looks += 1;
    const surplus = surplusOf(state, accountId);
    if (putBack(state, accountId, surplus)) return;
    if (isSurelyUnsound(surplus)) {
      this.#change(accountId, WARNING_LEVELS.length);
      if (!shelter(state, accountId, surplus)) this.due.push(accountId);
      return;
    }
    const { isDue, level } = nearnessOf(state, accountId, state.warned.levelOf(accountId));
    if (isDue) this.due.push(accountId);
    if (this.#change(accountId, level)) putBack(state, accountId, surplus);
  }

  #change(accountId: number, level: number): boolean {
    const { warned } = this.state;
    const before = warned.levelOf(accountId);
    if (before === level) return false;
    warned.set(accountId, level);
    this.changes.push({ accountId, before, level });
    return true;
  }
}

/** To be called when prices have been sampled. Keeps which warnings hold. */
export function scanMargins(state: State): Findings {
  const { slack, queue, known } = state.watch;
  readPrices(state);
  queue.move(known.prices, known.count);
  slack.takeRaised((accountId) => queue.expect(accountId));
  const scan = new Scan(state);
  for (const accountId of queue.pending()) scan.look(accountId);
  const { due, changes } = scan;
  return { due, changes };
}
