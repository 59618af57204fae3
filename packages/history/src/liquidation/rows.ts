// What is told of one account's liquidation: why, which steps, and what was left.
import type { LiquidationEnded, LiquidationStepRow, LiquidationView, MaintenanceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';

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
