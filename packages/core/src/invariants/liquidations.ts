// What holds of liquidations: who is in one has a turn to come, and what nobody has paid is on record to the atom.
import { assert } from '@glasshouse/units';
import { HOUSE } from '../state/balances.js';
import type { State } from '../state/state.js';

/** The house has taken over exactly the debts that are on record, and has no cash for them. */
function checkRecords({ negativeBalances, pools, balances }: State): void {
  const owed = new Map<number, number>();
  for (const { accountId, assetId, quantityAtoms } of negativeBalances.inOrder()) {
    assert(quantityAtoms > 0, 'a negative balance on record is one', { accountId, assetId, quantityAtoms });
    owed.set(assetId, (owed.get(assetId) ?? 0) + quantityAtoms);
  }
  for (const pool of pools) {
    if (pool === undefined) continue;
    const { assetId } = pool;
    const claim = pool.houseClaims[HOUSE.negativeBalances] as number;
    const recorded = owed.get(assetId) ?? 0;
    assert(claim === -recorded, 'what the house took over is what is on record', { assetId, claim, recorded });
    const cash = balances.of(assetId).houseAtoms[HOUSE.negativeBalances];
    assert(cash === 0, 'negative balances are no cash', { assetId, cash });
  }
}

function checkTurns({ liquidations, accounts }: State): void {
  const { turns } = liquidations;
  assert(new Set(turns).size === turns.length, 'nobody has two turns in a round', { turns: turns.length });
  for (const accountId of turns) {
    assert(accounts.has(accountId) && liquidations.waits(accountId), 'who has a turn waits for it', { accountId });
  }
  assert(liquidations.waiting === turns.length, 'who waits for a turn has one', { waiting: liquidations.waiting });
  if (liquidations.size === 0) return;
  assert(liquidations.nextRoundUs > 0, 'who is in liquidation has a turn to come', { size: liquidations.size });
}

/** Each was counted when it began, and is told by that count. */
function checkNumbers({ liquidations, liquidationStatistics }: State): void {
  const { started } = liquidationStatistics.inAll;
  const numbers = new Set<number>();
  for (const { accountId, liquidationId } of liquidations.inOrder()) {
    const isOwn = liquidationId >= 1 && liquidationId <= started && !numbers.has(liquidationId);
    assert(isOwn, 'a liquidation has a number of its own', { accountId, liquidationId, started });
    numbers.add(liquidationId);
  }
}

/** The exchange alone acts for them: nothing of theirs is left in a book. */
function checkQuiet({ liquidations, accounts, triggers }: State): void {
  for (const { accountId } of liquidations.inOrder()) {
    const open = accounts.openOrders[accountId] as number;
    const waiting = triggers.ofAccount(accountId)?.orders.length ?? 0;
    assert(open === 0 && waiting === 0, 'who is in liquidation has no orders', { accountId, open, waiting });
  }
}

/** The fund never spends what it does not have. */
function checkFund({ pools, balances, settlementAssetId }: State): void {
  const pool = pools[settlementAssetId - 1];
  if (pool === undefined) return;
  const cash = balances.of(settlementAssetId).houseAtoms[HOUSE.backstopFund] as number;
  const claim = pool.houseClaims[HOUSE.backstopFund] as number;
  assert(cash >= 0 && cash + claim >= 0, 'the backstop fund is never below zero', { cash, claim });
}

export function checkLiquidations(state: State): void {
  checkRecords(state);
  checkTurns(state);
  checkNumbers(state);
  checkQuiet(state);
  checkFund(state);
}
