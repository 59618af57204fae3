// What the gateway asks of past liquidations.
import type { LiquidationEnded, LiquidationStepRow, LiquidationView, MaintenanceView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Answer, Page, Paging } from './page-port.js';

export type LiquidationRow = {
  /** Counted from 1 since genesis. */
  readonly liquidationId: number;
  readonly accountId: number;
  readonly startedUs: TimeUs;
  readonly atStart: MaintenanceView;
  /** Undefined while it lasts. */
  readonly ending:
    | {
        readonly timeUs: TimeUs;
        readonly reason: LiquidationEnded['reason'];
        readonly totals: LiquidationView;
        readonly left: MaintenanceView;
      }
    | undefined;
  readonly steps: readonly LiquidationStepRow[];
  readonly stepsLeftOut: number;
};

export interface PastLiquidations {
  /** Of all accounts when none is named. */
  liquidations(query: { readonly accountId?: number | undefined } & Paging): Answer<Page<LiquidationRow>>;
}
