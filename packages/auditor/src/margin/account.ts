// The margin of an account, term by term, in USD and fractions of 1.
import { type Exact, exact, larger, sum, ZERO } from '../exact.js';
import { collateralWeight } from './curves.js';
import type { AccountPicture, Holding, Stake } from './picture.js';
import { requirementsOf } from './requirements.js';

export type AccountMargin = {
  readonly collateral: Exact;
  readonly unrealizedPnl: Exact;
  readonly unsettled: Exact;
  readonly borrowLiability: Exact;
  readonly netEquity: Exact;
  /** Σ N. */
  readonly exposure: Exact;
  /** Σ N × IMF: what is locked. */
  readonly initialMargin: Exact;
  readonly available: Exact;
  /** Σ N × MMF: at this equity and below the account is liquidated. */
  readonly maintenanceMargin: Exact;
  /** The account's fractions: of its exposure; 0 without exposure. */
  readonly imf: Exact;
  readonly mmf: Exact;
  /** Below this margin fraction the backstop takes over. */
  readonly autoCloseFraction: Exact;
  /** Net equity at that fraction. */
  readonly autoCloseEquity: Exact;
  /** Net equity over exposure; undefined without exposure. */
  readonly marginFraction: Exact | undefined;
  /** Requirement over net equity; undefined when net equity is not positive. */
  readonly initialRatio: Exact | undefined;
  readonly maintenanceRatio: Exact | undefined;
  readonly mayIncreaseExposure: boolean;
  readonly isLiquidatable: boolean;
};

const AUTO_CLOSE_DIVISOR = exact(2);
const AUTO_CLOSE_OFFSET = exact('0.06');

export function collateralValue({ quantity, price, collateral }: Holding): Exact {
  if (collateral === undefined) return ZERO;
  const value = exact(quantity).times(price);
  return value.times(collateralWeight(collateral, value));
}

/** size × (mark − basis), in USD. */
export function unrealizedPnl({ size, markPrice, basisCost, quotePrice }: Stake): Exact {
  return exact(size).times(markPrice).minus(basisCost).times(quotePrice);
}

/** max(MMF / 2, MMF − 6 %). */
export const autoCloseFraction = (mmf: Exact): Exact =>
  larger(mmf.dividedBy(AUTO_CLOSE_DIVISOR), mmf.minus(AUTO_CLOSE_OFFSET));

function equityOf(picture: AccountPicture) {
  const collateral = sum(picture.holdings.map(collateralValue));
  const unrealized = sum(picture.stakes.map(unrealizedPnl));
  const unsettled = exact(picture.unsettled);
  const borrowLiability = sum(picture.holdings.map(({ borrowed, price }) => exact(borrowed).times(price)));
  const netEquity = collateral.plus(unrealized).plus(unsettled).minus(borrowLiability);
  return { collateral, unrealizedPnl: unrealized, unsettled, borrowLiability, netEquity };
}

export function accountMargin(picture: AccountPicture): AccountMargin {
  const equity = equityOf(picture);
  const requirements = requirementsOf(picture);
  const exposure = sum(requirements.map((requirement) => requirement.exposure));
  const initialMargin = sum(requirements.map((requirement) => requirement.initialMargin));
  const maintenanceMargin = sum(requirements.map((requirement) => requirement.maintenanceMargin));
  const ofExposure = (usd: Exact): Exact => (exposure.isZero() ? ZERO : usd.dividedBy(exposure));
  const ofEquity = (usd: Exact): Exact | undefined =>
    equity.netEquity.greaterThan(0) ? usd.dividedBy(equity.netEquity) : undefined;
  const initialRatio = ofEquity(initialMargin);
  const maintenanceRatio = ofEquity(maintenanceMargin);
  const mmf = ofExposure(maintenanceMargin);
  return {
    ...equity,
    exposure,
    initialMargin,
    available: equity.netEquity.minus(initialMargin),
    maintenanceMargin,
    imf: ofExposure(initialMargin),
    mmf,
    autoCloseFraction: autoCloseFraction(mmf),
    autoCloseEquity: autoCloseFraction(mmf).times(exposure),
    marginFraction: exposure.isZero() ? undefined : equity.netEquity.dividedBy(exposure),
    initialRatio,
    maintenanceRatio,
    mayIncreaseExposure: initialRatio?.lessThan(1) ?? false,
    isLiquidatable: !exposure.isZero() && (maintenanceRatio?.greaterThanOrEqualTo(1) ?? true),
  };
}
