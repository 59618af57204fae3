// Funding: longs pay shorts when the rate is positive. On the hour each market's index rises by what one lot owes; a position
// pays the difference before it next changes, or when the sweep comes by: for the size that it had on the hour either way.
//   paid by the payer: rounded up      received: rounded down      the atom between them is the rounding account's
import { MARKET_KIND } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { changeUnsettled, claimForHouse } from '../ledger/claims.js';
import { quoteAtomsPerLot } from '../margin/value.js';
import { takeFundingRate } from '../prices/funding-rate.js';
import { HOUSE } from '../state/balances.js';
import type { Market } from '../state/markets.js';
import type { State } from '../state/state.js';

/** The hour's rate of every perpetual, and what a lot owes by it. */
export function setFundingRates(state: State): void {
  for (const market of state.markets.list) {
    if (market.kind !== MARKET_KIND.perp) continue;
    const rate = takeFundingRate(state, market);
    market.prices.fundingIndex += rate * market.prices.markPrice * quoteAtomsPerLot(state, market);
  }
}

/** Brings one position's funding up to the market's index; it goes into the unsettled claim like profit. */
export function payPositionFunding(state: State, market: Market, row: number): void {
  const { positions, scope } = state;
  const { fundingIndex, fundingRate, markPrice } = market.prices;
  const owedPerLot = fundingIndex - positions.fundingIndex(row);
  if (owedPerLot === 0) return;
  positions.setFundingIndex(row, fundingIndex);
  const sizeLots = positions.sizeLots(row);
  if (sizeLots === 0) return;
  const atoms = Math.floor(-owedPerLot * sizeLots);
  const accountId = positions.accountId(row);
  positions.setFundingAtoms(row, positions.fundingAtoms(row) + atoms);
  changeUnsettled(state, accountId, atoms);
  claimForHouse(state, market.quoteAssetId, HOUSE.rounding, -atoms);
  scope.touchPosition(positions, row);
  scope.emit?.({
    kind: 'fundingPaid',
    accountId,
    marketId: market.marketId,
    sizeLots,
    markPrice,
    rate: fundingRate,
    fundingAtoms: atoms as Atoms,
  });
}

export function payFunding(state: State, accountId: number): void {
  const { positions, accounts, markets } = state;
  for (let row = accounts.firstPosition[accountId] as number; row !== 0; row = positions.next(row)) {
    payPositionFunding(state, markets.list[positions.marketId(row) - 1] as Market, row);
  }
}
