declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Price in multiples of the market's tick. Safe integer, at least 1 for an order. */
export type Ticks = Branded<'Ticks'>;
/** Size in multiples of the market's step. Safe integer; unsigned for orders, signed for positions. */
export type Lots = Branded<'Lots'>;
/** Smallest unit of an asset. Safe integer. */
export type Atoms = Branded<'Atoms'>;
/** Off-grid price in quote units per base unit. IEEE double. */
export type Price = Branded<'Price'>;
/** Weight, fraction or rate. IEEE double, 1 = 100 %. */
export type Ratio = Branded<'Ratio'>;
/** Fee rate in millionths of the notional; 100 = 1 basis point. Negative is a rebate. */
export type FeePpm = Branded<'FeePpm'>;
/** Microseconds since the Unix epoch, as sequenced. */
export type TimeUs = Branded<'TimeUs'>;
/** Position of a request in the log, from 0. */
export type Seq = Branded<'Seq'>;
