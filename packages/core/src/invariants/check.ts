// The rules that hold between any two commands, each under its name. A broken one is our bug and stops the node.
import type { State } from '../state/state.js';
import { checkBook, LockedByOrders } from './books.js';
import { checkLedger } from './ledger.js';
import { checkLiquidations } from './liquidations.js';
import { checkCounts, checkOrderLists } from './people.js';
import { checkPools } from './pools.js';
import { checkPositions } from './positions.js';
import { checkRfqs } from './rfqs.js';
import { checkScan } from './scan.js';
import { checkSecurity } from './security.js';
import { checkStrategies } from './strategies.js';
import { checkTriggers } from './triggers.js';
import { checkVaults } from './vaults.js';

/** Every invariant over the whole state: for tests, simulation and audits. Throws InvariantViolation. */
export function checkInvariants(state: State): void {
  const locked = new LockedByOrders();
  let orders = 0;
  for (const market of state.markets.list) orders += checkBook(state, market, locked);
  checkOrderLists(state, orders);
  checkLedger(state, locked);
  checkCounts(state);
  checkPositions(state);
  checkPools(state);
  checkTriggers(state);
  checkStrategies(state);
  checkSecurity(state);
  checkLiquidations(state);
  checkScan(state);
  checkVaults(state);
  checkRfqs(state);
}
