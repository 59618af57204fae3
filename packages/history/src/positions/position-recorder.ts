// Every position from its opening to its closing. What of a fill closes and what opens follows from the size before it; what an
// open position has realised is its view's word, because a partial close rounds; what a closed one has is the difference of its sums.
// Where rows are kept is for those who extend this.
import {
  type FundingPaid,
  type OrderView,
  type PerpPriceView,
  type PositionOpened,
  type PositionView,
  SIDE,
} from '@glasshouse/protocol';
import { mulDivFloor, type TimeUs } from '@glasshouse/units';
import { begunPosition, type GrowingPosition } from './growing-position.js';

/** One account's side of a trade, or of a part that was passed on. */
export type PositionFill = Pick<OrderView, 'accountId' | 'marketId' | 'side'> & {
  readonly sizeLots: number;
  readonly quoteAtoms: number;
  /** Paid; negative was received. */
  readonly feeAtoms: number;
  /** The exchange closed it in a liquidation of the account. */
  readonly liquidates: boolean;
};

const MARKETS_PER_ACCOUNT = 65_536;
const keyOf = (accountId: number, marketId: number): number => accountId * MARKETS_PER_ACCOUNT + marketId;

export abstract class PositionRecorder {
  /** The newest of each account and market, open or not. */
  private readonly latest = new Map<number, GrowingPosition>();
  /** Ids that await the fill which opened the position. */
  private readonly opening = new Map<number, number>();
  protected readonly marks = new Map<number, number>();

  /** A position that has just begun. */
  protected abstract append(row: GrowingPosition): void;
  /** A row that was appended is not what it was. */
  protected abstract changed(row: GrowingPosition): void;

  /** As the newest of its account and market. */
  protected know(row: GrowingPosition): void {
    this.latest.set(keyOf(row.accountId, row.marketId), row);
  }

  protected forget(row: GrowingPosition): void {
    const key = keyOf(row.accountId, row.marketId);
    if (this.latest.get(key) === row) this.latest.delete(key);
  }

  private change(accountId: number, marketId: number, by: (row: GrowingPosition) => void): void {
    const row = this.latest.get(keyOf(accountId, marketId));
    if (row === undefined) return;
    by(row);
    this.changed(row);
  }

  /** 0 when none is known. */
  latestId(accountId: number, marketId: number): number {
    return this.latest.get(keyOf(accountId, marketId))?.positionId ?? 0;
  }

  recordOpened({ positionId, accountId, marketId }: PositionOpened): void {
    this.opening.set(keyOf(accountId, marketId), positionId);
  }

  recordFill(fill: PositionFill, timeUs: TimeUs): void {
    const { accountId, marketId, side, sizeLots, quoteAtoms, feeAtoms } = fill;
    const sign = side === SIDE.bid ? 1 : -1;
    const row = this.latest.get(keyOf(accountId, marketId));
    const size = row?.sizeLots ?? 0;
    const closing = size * sign < 0 ? Math.min(Math.abs(size), sizeLots) : 0;
    const proceeds = mulDivFloor(quoteAtoms, closing, sizeLots);
    if (row !== undefined && closing > 0) this.close(row, closing, proceeds, { timeUs, liquidates: fill.liquidates });
    const paying = closing === sizeLots ? row : this.open(fill, sizeLots - closing, quoteAtoms - proceeds, timeUs);
    if (paying === undefined) return;
    paying.feeAtoms += feeAtoms;
    this.changed(paying);
  }

  private close(
    row: GrowingPosition,
    lots: number,
    quoteAtoms: number,
    { timeUs, liquidates }: { readonly timeUs: TimeUs; readonly liquidates: boolean },
  ): void {
    row.sizeLots += row.isLong ? -lots : lots;
    row.closedLots += lots;
    row.closedQuoteAtoms += quoteAtoms;
    if (liquidates) row.liquidatedLots += lots;
    if (row.sizeLots === 0) this.end(row, timeUs);
    this.changed(row);
  }

  private end(row: GrowingPosition, timeUs: TimeUs): void {
    const gained = row.closedQuoteAtoms - row.openedQuoteAtoms;
    row.realizedPnlAtoms = row.isLong ? gained : 0 - gained;
    row.entryCostAtoms = 0;
    row.closingMark = this.marks.get(row.marketId) ?? 0;
    row.closedUs = timeUs;
  }

  /** Undefined for a position whose beginning has been forgotten. */
  private open({ accountId, marketId, side }: PositionFill, lots: number, quoteAtoms: number, timeUs: TimeUs) {
    const row = this.growing(accountId, marketId, side === SIDE.bid, timeUs);
    if (row === undefined) return undefined;
    row.sizeLots += row.isLong ? lots : -lots;
    row.openedLots += lots;
    row.openedQuoteAtoms += quoteAtoms;
    return row;
  }

  private growing(accountId: number, marketId: number, isLong: boolean, timeUs: TimeUs): GrowingPosition | undefined {
    const key = keyOf(accountId, marketId);
    const known = this.latest.get(key);
    if (known !== undefined && known.closedUs === 0) return known;
    const positionId = this.opening.get(key);
    if (positionId === undefined) return undefined;
    this.opening.delete(key);
    const begun = begunPosition({ positionId, accountId, marketId, isLong, openedUs: timeUs });
    this.append(begun);
    this.know(begun);
    return begun;
  }

  recordFunding({ accountId, marketId, fundingAtoms }: FundingPaid): void {
    this.change(accountId, marketId, (row) => {
      row.fundingAtoms += fundingAtoms;
    });
  }

  /** Of a step on the book: its fills came before, and may have closed the position. */
  recordLiquidationFee(accountId: number, marketId: number, feeAtoms: number): void {
    this.change(accountId, marketId, (row) => {
      row.liquidationFeeAtoms += feeAtoms;
    });
  }

  recordView({ positionId, accountId, marketId, entryCostAtoms, realizedPnlAtoms }: PositionView): void {
    const row = this.latest.get(keyOf(accountId, marketId));
    if (row?.positionId !== positionId || row.closedUs !== 0) return;
    row.entryCostAtoms = entryCostAtoms;
    row.realizedPnlAtoms = realizedPnlAtoms;
    this.changed(row);
  }

  recordMark({ marketId, markPrice }: PerpPriceView): void {
    this.marks.set(marketId, markPrice);
  }
}
