/** Side as the book's columns hold it. */
export const BID = 0;
export const ASK = 1;
export type SideCode = typeof BID | typeof ASK;

/** The best price a bid can name: as a limit it takes every ask. */
export const HIGHEST_TICKS = 0x7fffffff;
/** The best price an ask can name: as a limit it takes every bid. */
export const LOWEST_TICKS = 1;

/** `MatchVisitor.offer`: match no further. */
export const STOP = 0;
/** `MatchVisitor.offer`: take this maker out of the book unfilled and go on. */
export const REMOVE = -1;

/**
 * Decides about, and hears of, each maker that an arriving order meets.
 * `offer` must leave the book as it is; `filled` and `removed` may change it (and the pool) in any way:
 * the match then goes on with what is best.
 */
export interface MatchVisitor {
  /** Lots to fill with this maker: 1..maxLots, or STOP, or REMOVE. */
  offer(maker: number, ticks: number, maxLots: number): number;
  /** The fill is in the book: `remainingLots` is reduced; when 0 the maker is out, and its handle is the owner's to release. */
  filled(maker: number, ticks: number, lots: number): void;
  /** The maker was taken out after REMOVE; its handle is the owner's to release. */
  removed(maker: number): void;
}

/** Resting orders of one market in price-time priority. Orders are handles of an OrderPool; 0 is none. */
export interface OrderBook {
  readonly orderCount: number;
  /** Queues an order at the back of its level, after its columns `side`, `priceTicks` and `remainingLots`. */
  rest(handle: number): void;
  /** Takes an order out of the book; the handle stays allocated. */
  remove(handle: number): void;
  /** Takes `lots` off `remainingLots`, keeping the place in the queue; something must remain. */
  reduce(handle: number, lots: number): void;
  /** Price at the touch, 0 when the side is empty. */
  bestTicks(side: SideCode): number;
  /** Next non-empty level away from the touch after `ticks` (a level or not), 0 when none. */
  worseTicks(side: SideCode, ticks: number): number;
  /** First order of the level, 0 when empty; the queue goes on in the pool's `next`. */
  head(side: SideCode, ticks: number): number;
  levelLots(side: SideCode, ticks: number): number;
  levelOrders(side: SideCode, ticks: number): number;
  /** Crosses an arriving order with the other side down to `limitTicks` inclusive; returns the lots left. */
  match(takerSide: SideCode, limitTicks: number, lots: number, visitor: MatchVisitor): number;
}
