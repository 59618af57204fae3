// Pictures of liquidations: how accounts stand, what it came to, who comes next and who takes over, and what was left unpaid.
import type { Atoms, TimeUs } from '@glasshouse/units';

/** How far the liquidation of an account goes before others must take part. */
export type LiquidationStage = 'book' | 'backstop' | 'deleverage';

/**
 * How an account stood against its maintenance margin, in USD: with perpetuals at their marks, and at their indexes (at the mark where an
 * index has too few sources). It is liquidated while maintenance ≥ net equity, at the mark or at both, as the trigger says.
 */
export type MaintenanceView = {
  readonly netEquityUsd: number;
  readonly maintenanceMarginUsd: number;
  readonly exposureUsd: number;
  readonly netEquityAtIndexUsd: number;
  readonly maintenanceMarginAtIndexUsd: number;
};

/** One account's liquidation, while it lasts and as it was when it ended. */
export type LiquidationView = {
  /** Counted from 1 since genesis. */
  readonly liquidationId: number;
  readonly accountId: number;
  readonly startedUs: TimeUs;
  /** When its margin was found wanting. */
  readonly atStart: MaintenanceView;
  /** Turns taken so far. */
  readonly steps: number;
  /** USD that changed hands at each stage. */
  readonly bookUsd: number;
  readonly backstopUsd: number;
  readonly deleveragedUsd: number;
  /** Of liquidation, trading fees apart, in atoms of the settlement asset: to the backstop fund, and to providers. */
  readonly fundFeeAtoms: Atoms;
  readonly providerFeeAtoms: Atoms;
  /** Of its deficit, what the backstop fund has paid, and what nobody has. */
  readonly coveredAtoms: Atoms;
  readonly unpaidUsd: number;
};

/** What liquidations came to in a stretch of time, in USD. */
export type LiquidationTotalsView = {
  readonly started: number;
  readonly book: StageTotalView;
  readonly backstop: StageTotalView;
  readonly deleverage: StageTotalView;
  /** Out of the profit of those who were deleveraged. */
  readonly takenUsd: number;
  /** Deficits: paid by the backstop fund, and put on record because nobody was left to pay. */
  readonly coveredUsd: number;
  readonly recordedUsd: number;
};

/** How often positions or loans changed hands at a stage, and what they were worth. */
export type StageTotalView = { readonly count: number; readonly usd: number };

export type LiquidationStatisticsView = {
  readonly sinceGenesis: LiquidationTotalsView;
  /** Days on which there was one, counted since 1970, the oldest first. */
  readonly days: readonly { readonly day: number; readonly totals: LiquidationTotalsView }[];
  /** Accounts that the exchange acts for now. */
  readonly liquidating: number;
  readonly settlementAssetId: number;
  readonly fundAtoms: Atoms;
  readonly negativeBalances: readonly NegativeBalanceView[];
};

/** How near a position is to giving up lots when one on the other side goes bankrupt. */
export type DeleverageView = {
  readonly accountId: number;
  readonly marketId: number;
  /** Profit ÷ entry notional × effective leverage; the highest comes first under the policy `queue`. */
  readonly score: number;
  /** 1 to 5: five for the fifth of the side's positions that comes first. */
  readonly lights: number;
};

/** Both sides of a perpetual in the order in which they come under the policy `queue`. */
export type DeleverageQueueView = {
  readonly marketId: number;
  readonly long: readonly DeleverageView[];
  readonly short: readonly DeleverageView[];
};

/** What an account owed when it had nothing left: kept apart from its balances until its owner accepts it. */
export type NegativeBalanceView = {
  readonly accountId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  /** Of the latest liquidation that added to it. */
  readonly recordedUs: TimeUs;
};
