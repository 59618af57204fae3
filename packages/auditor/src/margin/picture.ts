// An account as plain figures, in units of assets and USD, and each figure's share in its margin.
import type { CollateralConfiguration, MarginCurve } from '@glasshouse/protocol';
import type { Exact, Numeric } from '../exact.js';

/** What the account has and owes of one asset. */
export type Holding = {
  /** Available + locked + lent. */
  readonly quantity: Numeric;
  readonly borrowed: Numeric;
  /** USD per unit. */
  readonly price: Numeric;
  /** Absent: no collateral. */
  readonly collateral?: CollateralConfiguration | undefined;
  /** Of a loan; absent: not borrowable. */
  readonly borrowMargin?: { readonly imf: MarginCurve; readonly mmf: MarginCurve } | undefined;
};

/** A position with the orders that could change it, in one perpetual. */
export type Stake = {
  /** Base units; negative is short. */
  readonly size: Numeric;
  /** size × basis in quote units, with the sign of the size. */
  readonly basisCost: Numeric;
  /** Base units on either side, reduce-only orders left out. */
  readonly openBids: Numeric;
  readonly openAsks: Numeric;
  /** Quote units per base unit. */
  readonly markPrice: Numeric;
  /** USD per quote unit. */
  readonly quotePrice: Numeric;
  readonly maxLeverage: Numeric;
  readonly imf: MarginCurve;
  readonly mmf: MarginCurve;
};

export type AccountPicture = {
  readonly holdings: readonly Holding[];
  readonly stakes: readonly Stake[];
  /** PnL that is not cash yet, in USD. */
  readonly unsettled: Numeric;
  readonly leverageLimit?: Numeric | undefined;
};

/** One position's or loan's part: worst-case notional, what it asks for, and its maintenance. All in USD. */
export type Requirement = {
  readonly exposure: Exact;
  readonly initialFraction: Exact;
  readonly initialMargin: Exact;
  readonly maintenanceFraction: Exact;
  readonly maintenanceMargin: Exact;
};
