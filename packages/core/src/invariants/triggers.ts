// What holds of orders that wait for a price: each stands once where the price will look for it, and is counted once.
import { assert } from '@glasshouse/units';
import { hasExits } from '../state/order-flags.js';
import type { State } from '../state/state.js';
import type { TriggerOrder } from '../state/trigger-order.js';

const KINDS_OF_PRICE = [0, 1, 2];

/** Ids in the ladders and in what is due, in the order in which they would be met. */
function standing({ triggers, markets }: State): number[] {
  const ids: number[] = [];
  for (const { marketId } of markets.list) {
    ids.push(...triggers.due(marketId));
    for (const by of KINDS_OF_PRICE) {
      for (const rising of [true, false]) {
        let ticks = triggers.nextTicks(marketId, by, rising);
        for (; ticks !== 0; ticks = triggers.ticksAfter(marketId, by, rising, ticks)) {
          ids.push(...checkQueue(triggers.waitingAt(marketId, by, rising, ticks)));
        }
      }
    }
  }
  return ids;
}

function checkQueue(ids: number[]): number[] {
  ids.forEach((id, place) => {
    const before = ids[place - 1] ?? 0;
    assert(id > before, 'those of one trigger queue oldest first', { id, before });
  });
  return ids;
}

function checkListed({ triggers }: State, order: TriggerOrder): void {
  const { orderId, accountId, clientId } = order;
  const account = triggers.ofAccount(accountId);
  const listed = account?.orders.filter((other) => other === order).length;
  assert(listed === 1, 'an account lists each of its waiting orders once', { orderId, accountId });
  const found = clientId < 0 || account?.byClientId(clientId) === order;
  assert(found, 'waiting orders are found by their client id', { orderId, clientId });
}

function checkPlaces({ triggers }: State, accountId: number): void {
  const account = triggers.ofAccount(accountId);
  let places = 0;
  for (const { takeProfitTicks, stopLossTicks } of account?.orders ?? []) {
    places += [1, takeProfitTicks, stopLossTicks].filter((ticks) => ticks > 0).length;
  }
  assert(places === (account?.places ?? 0), 'an account counts what it has waiting', { accountId, places });
}

function checkSize(order: TriggerOrder): void {
  const { orderId, sizeLots, positionShare } = order;
  assert(sizeLots > 0 !== positionShare > 0, 'a waiting order has a size or a share', { orderId });
}

/** The two exits of the same fills know each other and are of one size. */
function checkSibling({ triggers }: State, order: TriggerOrder): void {
  const { orderId, siblingId, sizeLots } = order;
  if (siblingId === 0) return;
  const sibling = triggers.get(siblingId);
  const paired = sibling?.siblingId === orderId && sibling.sizeLots === sizeLots;
  assert(paired, 'two exits of the same fills know each other', { orderId, siblingId });
}

function checkWaiting(state: State): void {
  const { triggers } = state;
  let due = 0;
  for (const { marketId } of state.markets.list) due += triggers.due(marketId).length;
  assert(due === triggers.dueCount, 'what is due is counted', { due });
  const ids = standing(state);
  assert(new Set(ids).size === ids.length, 'a waiting order stands in one place', { waiting: triggers.size });
  const known = ids.filter((id) => triggers.get(id) !== undefined).length;
  assert(known === triggers.size, 'every waiting order stands somewhere', { known });
  let listed = 0;
  for (let id = 1; id <= state.accounts.count; id += 1) listed += triggers.ofAccount(id)?.orders.length ?? 0;
  assert(listed === triggers.size, 'accounts list the waiting orders alone', { listed });
  for (let id = 1; id <= state.accounts.count; id += 1) checkPlaces(state, id);
  for (const order of triggers.inOrder()) {
    checkListed(state, order);
    checkSize(order);
    checkSibling(state, order);
  }
}

/** A plan goes with its parent, and its exits stand for what the parent has filled. */
function checkPlans({ exits, triggers, orderIds, pool }: State): void {
  const counts = new Map<number, number>();
  for (const plan of exits.inOrder()) {
    const { parentOrderId, accountId, takeProfit, stopLoss, takeProfitId, stopLossId } = plan;
    const handle = orderIds.get(parentOrderId);
    const open = handle !== 0 && hasExits(pool.flags(handle)) && plan.parentOpen;
    assert(open, 'a plan has an open parent', { parentOrderId });
    const filled = pool.sizeLots(handle) - pool.remainingLots(handle);
    assert(filled === plan.filledLots, 'a plan knows what its parent has filled', { parentOrderId, filled });
    for (const exitId of [takeProfitId, stopLossId]) {
      const lots = exitId === 0 ? undefined : triggers.get(exitId)?.sizeLots;
      const right = exitId === 0 || lots === filled - plan.handedLots;
      assert(right, 'exits stand for what has filled', { parentOrderId, exitId });
    }
    const legs = (takeProfit === undefined ? 0 : 1) + (stopLoss === undefined ? 0 : 1);
    counts.set(accountId, (counts.get(accountId) ?? 0) + legs);
  }
  for (const [accountId, count] of counts) {
    assert(count === exits.countOf(accountId), 'planned exits are counted', { accountId, count });
  }
}

export function checkTriggers(state: State): void {
  checkWaiting(state);
  checkPlans(state);
}
