// A past or present position.
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';

/** A position from the fill that opened it to the one that closed it or turned it round. Amounts in atoms of the quote asset. */
export type PositionRow = {
  readonly positionId: number;
  readonly accountId: number;
  readonly marketId: number;
  readonly isLong: boolean;
  /** Negative is short; 0 once it is closed. */
  readonly sizeLots: Lots;
  /** What the open size cost when it was opened; negative for a short, 0 once it is closed. */
  readonly entryCostAtoms: Atoms;
  /** Against the entry; fees and funding apart. */
  readonly realizedPnlAtoms: Atoms;
  /** Received minus paid. */
  readonly fundingAtoms: Atoms;
  /** Paid for its fills; of a fill that turns a position round, by the one that it opens. Negative: rebates. */
  readonly feeAtoms: Atoms;
  /** Paid to the backstop fund and to providers. */
  readonly liquidationFeeAtoms: Atoms;
  readonly openedLots: Lots;
  readonly openedQuoteAtoms: Atoms;
  readonly closedLots: Lots;
  readonly closedQuoteAtoms: Atoms;
  /** Of what was closed, what the exchange closed in a liquidation of the account. */
  readonly liquidatedLots: Lots;
  /** 0 while it is open. */
  readonly closingMark: Price;
  readonly openedUs: TimeUs;
  /** 0 while it is open. */
  readonly closedUs: TimeUs;
};
