import type { OrderType, SelfTradePrevention, Side, TimeInForce } from '@glasshouse/protocol';

/** What an order asks that is placed later, but for its size. Numbers alone (1 is yes). */
export type StoredTerms = {
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly postOnly: number;
  readonly reduceOnly: number;
  /** Bits of ORDER_FLAG that the order will have. */
  readonly flags: number;
  /** 0 for a market order. */
  readonly priceTicks: number;
  /** Slippage tolerance of a market order in ticks, or in millionths of a percent; 0 for none. */
  readonly toleranceTicks: number;
  readonly toleranceMillionths: number;
};
