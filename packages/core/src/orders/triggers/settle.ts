// When triggers are looked at: the last price after each command in which a market has traded, mark and index after each sample.
// What fires may trade and so wake more; it all happens within the command, as far as its share of a command goes.
import { MARKET_STATE, TRIGGER_BY } from '@glasshouse/protocol';
import type { Market } from '../../state/markets.js';
import type { State } from '../../state/state.js';
import { dropExits, growExits } from './exits.js';
import { fire } from './fire.js';
import { wake } from './wake.js';

/** Orders that one command may fire, so that the next one need not wait long. */
const FIRED_PER_COMMAND = 250;

/** Sequenced time between two commands' shares. */
const TURN_US = 1_000;

function firstDue({ triggers, markets }: State): Market | undefined {
  if (triggers.dueCount === 0) return undefined;
  return markets.list.find(
    ({ marketId, effectiveState }) => effectiveState === MARKET_STATE.open && triggers.due(marketId).length > 0,
  );
}

/** When those that waited for nothing but their turn go on; Infinity when there are none. */
export function nextFireUs(state: State): number {
  return firstDue(state) === undefined ? Number.POSITIVE_INFINITY : state.timeUs + TURN_US;
}

function wakeTraded(state: State): void {
  const { traded } = state.scope;
  for (let place = 0; place < traded.count; place += 1) {
    wake(state, state.markets.get(traded.at(place)) as Market, TRIGGER_BY.last);
  }
  traded.clear();
}

/** Exits follow their parents and positions, prices are looked at, and what is due fires, until nothing moves. */
export function settleTriggers(state: State): void {
  const { scope, triggers } = state;
  for (;;) {
    dropExits(state);
    growExits(state);
    wakeTraded(state);
    const market = firstDue(state);
    if (market === undefined || scope.firedOrders === FIRED_PER_COMMAND) return;
    const order = triggers.get(triggers.due(market.marketId)[0] as number);
    scope.firedOrders += 1;
    if (order !== undefined) fire(state, market, order);
  }
}

/** To be called after each sample of marks and indexes. */
export function fireSampled(state: State): void {
  if (state.triggers.size === 0) return;
  for (const market of state.markets.list) {
    if (market.perp === undefined) continue;
    wake(state, market, TRIGGER_BY.mark);
    wake(state, market, TRIGGER_BY.index);
  }
  settleTriggers(state);
}
