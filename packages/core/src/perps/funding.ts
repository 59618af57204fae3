// The hour's funding of one account: longs pay shorts when the rate is positive. It goes into the unsettled claim like profit.
//   paid by the payer: rounded up      received: rounded down      the atom between them is the rounding account's

import type { Atoms } from '@glasshouse/units';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { positionValueAtoms } from '../margin/value.js';
import { HOUSE } from '../state/balances.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

/** Positive is received. */
function fundingAtoms(state: State, market: Market, sizeLots: number): number {
  return Math.floor(-market.prices.fundingRate * positionValueAtoms(state, market, sizeLots));
}

function payOne(state: State, accountId: number, row: number): number {
  const { positions, markets, scope } = state;
  const market = markets.list[positions.marketId(row) - 1] as Market;
  const sizeLots = positions.sizeLots(row);
  const atoms = fundingAtoms(state, market, sizeLots);
  if (sizeLots === 0 || atoms === 0) return 0;
  positions.setFundingAtoms(row, positions.fundingAtoms(row) + atoms);
  scope.touchPosition(accountId, market.marketId);
  scope.emit?.({
    kind: 'fundingPaid',
    accountId,
    marketId: market.marketId,
    sizeLots,
    markPrice: market.prices.markPrice,
    rate: market.prices.fundingRate,
    fundingAtoms: atoms as Atoms,
  });
  return atoms;
}

/** All markets at once: the claims of the sweep's accounts move against the rounding account, which ends at a few atoms. */
export function payFunding(state: State, accountId: number): void {
  const { positions, accounts, settlementAssetId } = state;
  let received = 0;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    received += payOne(state, accountId, row);
  }
  if (received === 0) return;
  changeUnsettled(state, accountId, received);
  claimForHouse(state, settlementAssetId, HOUSE.rounding, -received);
}
