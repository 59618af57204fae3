// What the gateway asks of past and present positions.
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import type { Answer, Page, Paging } from './page-port.js';

/** A position from its opening to its closing. Amounts in atoms of the quote asset. */
export type PositionRow = {
  readonly positionId: number;
  readonly marketId: number;
  readonly isLong: boolean;
  /** Negative is short; 0 once it is closed. */
  readonly sizeLots: Lots;
  /** What the open size cost; negative for a short, 0 once it is closed. */
  readonly entryCostAtoms: Atoms;
  readonly realizedPnlAtoms: Atoms;
  /** Received minus paid. */
  readonly fundingAtoms: Atoms;
  /** Paid; negative: rebates. */
  readonly feeAtoms: Atoms;
  readonly liquidationFeeAtoms: Atoms;
  readonly openedLots: Lots;
  readonly openedQuoteAtoms: Atoms;
  readonly closedLots: Lots;
  readonly closedQuoteAtoms: Atoms;
  readonly liquidatedLots: Lots;
  /** 0 while it is open, like the time. */
  readonly closingMark: Price;
  readonly openedUs: TimeUs;
  readonly closedUs: TimeUs;
};

type PositionFilter = {
  readonly accountId: number;
  readonly marketId?: number | undefined;
  /** Of these markets only. */
  readonly marketIds?: readonly number[] | undefined;
  readonly open?: boolean | undefined;
};

export interface PastPositions {
  positions(query: PositionFilter & Paging): Answer<Page<PositionRow>>;
}
