// What positions with their orders, and loans, ask for.
import { type Exact, exact, larger, type Numeric } from '../exact.js';
import { initialMarginFraction, marginFraction } from './curves.js';
import type { AccountPicture, Holding, Requirement, Stake } from './picture.js';

/** The larger of |position + open bids| and |position − open asks|. */
export function worstSize(stake: Pick<Stake, 'size' | 'openBids' | 'openAsks'>): Exact {
  const size = exact(stake.size);
  return larger(size.plus(stake.openBids).abs(), size.minus(stake.openAsks).abs());
}

/** Initial margin at the worst case of the open orders; maintenance of the position alone: orders cannot liquidate anyone. */
function stakeRequirement(stake: Stake, leverageLimit: Numeric | undefined): Requirement {
  const price = exact(stake.markPrice).times(stake.quotePrice);
  const exposure = worstSize(stake).times(price);
  const held = exact(stake.size).abs().times(price);
  const bounds = { platformMaxLeverage: stake.maxLeverage, leverageLimit };
  const initialFraction = initialMarginFraction(stake.imf, exposure, bounds);
  const maintenanceFraction = marginFraction(stake.mmf, held);
  return {
    exposure,
    initialFraction,
    initialMargin: exposure.times(initialFraction),
    maintenanceFraction,
    maintenanceMargin: held.times(maintenanceFraction),
  };
}

/** A loan is exposure of its whole value, by the asset's own functions. */
function loanRequirement(holding: Holding, leverageLimit: Numeric | undefined): Requirement | undefined {
  const exposure = exact(holding.borrowed).times(holding.price);
  if (exposure.isZero() || holding.borrowMargin === undefined) return undefined;
  const initialFraction = initialMarginFraction(holding.borrowMargin.imf, exposure, { leverageLimit });
  const maintenanceFraction = marginFraction(holding.borrowMargin.mmf, exposure);
  return {
    exposure,
    initialFraction,
    initialMargin: exposure.times(initialFraction),
    maintenanceFraction,
    maintenanceMargin: exposure.times(maintenanceFraction),
  };
}

export function requirementsOf(picture: AccountPicture): Requirement[] {
  const loans = picture.holdings.map((holding) => loanRequirement(holding, picture.leverageLimit));
  return [
    ...picture.stakes.map((stake) => stakeRequirement(stake, picture.leverageLimit)),
    ...loans.filter((loan) => loan !== undefined),
  ];
}
