import type { StoredTerms } from './stored-terms.js';

/** Terms of an exit; a trigger of 0 is none. */
export type ExitTerms = { triggerTicks: number; triggerBy: number; priceTicks: number };

/** Numbers alone (1 is yes), so that a snapshot is a row of them. */
export type TriggerOrder = StoredTerms & {
  readonly orderId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** −1 for none. */
  readonly clientId: number;
  readonly triggerTicks: number;
  readonly triggerBy: number;
  readonly whenRising: number;
  /** Grows with the parent's fills; 0 when it is for a share of the position. */
  sizeLots: number;
  /** Hundredths of a percent of the position; 0 when it has a size. */
  readonly positionShare: number;
  readonly takeProfitTicks: number;
  readonly takeProfitBy: number;
  readonly takeProfitPriceTicks: number;
  readonly stopLossTicks: number;
  readonly stopLossBy: number;
  readonly stopLossPriceTicks: number;
  /** Order whose exit it is, 0 for none. */
  readonly parentOrderId: number;
  /** The other exit of the same fills, which goes when this one fires; 0 for none. */
  siblingId: number;
  readonly createdUs: number;
};
