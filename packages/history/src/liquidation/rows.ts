// What is told of one account's liquidation: why, which steps, and what was left.
import type {
  DeleveragePolicy,
  LiquidationEnded,
  LiquidationStage,
  LiquidationView,
  MaintenanceView,
  Side,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import type { Page, Paging } from '../queries.js';

/** A part of a position, or in a spot market of a loan, that changed hands; on the book, to a provider, or against a winner. */
export type ExposureStep = {
  readonly kind: LiquidationStage;
  readonly timeUs: TimeUs;
  readonly marketId: number;
  /** Of the liquidated account: bid closes a short. */
  readonly side: Side;
  readonly sizeLots: Lots;
  readonly quoteAtoms: Atoms;
  readonly markPrice: Price;
  /** Out of the liquidated account, in the settlement asset. */
  readonly fundFeeAtoms: Atoms;
  readonly providerFeeAtoms: Atoms;
  /** Out of the profit of who was deleveraged. */
  readonly takenAtoms: Atoms;
  readonly policy: DeleveragePolicy | undefined;
  /** Steps on the book say how the account stood on both sides of them. */
  readonly before: MaintenanceView | undefined;
  readonly after: MaintenanceView | undefined;
};

/** `loan`: a lend that its pool could not pay out; `fund`: the backstop fund paid; `record`: put on record as unpaid. */
export type MoneyStep = {
  readonly kind: 'loan' | 'fund' | 'record';
  readonly timeUs: TimeUs;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
};

export type LiquidationStepRow = ExposureStep | MoneyStep;

export type LiquidationEnding = {
  readonly timeUs: TimeUs;
  readonly reason: LiquidationEnded['reason'];
  readonly totals: LiquidationView;
  readonly left: MaintenanceView;
};

export type LiquidationRow = {
  /** Counted from 1 since genesis. */
  readonly liquidationId: number;
  readonly accountId: number;
  readonly startedUs: TimeUs;
  readonly atStart: MaintenanceView;
  /** Undefined while it lasts. */
  readonly ending: LiquidationEnding | undefined;
  readonly steps: readonly LiquidationStepRow[];
  /** Steps that the bound has left out, the latest. */
  readonly stepsLeftOut: number;
};

export type LiquidationQuery = { readonly accountId?: number | undefined } & Paging;
export type LiquidationPage = Page<LiquidationRow>;
