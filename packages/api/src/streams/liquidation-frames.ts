// Frames of the liquidation streams that the reference lacks. Fields have the names that REST gives them; `E` and `T` as everywhere.
import { type Static, Type } from 'typebox';
import {
  LIQUIDATION_NOW,
  LIQUIDATION_STEP,
  LIQUIDATION_TOTALS,
  LiquidationEndReason,
  LiquidationPeriod,
} from '../schemas/liquidation.js';
import { Decimal, Int64, NaiveDateTime, nullable, responseObject, Uint64 } from '../schemas/primitive.js';
import { BookChecksumFrame } from './book-checksum.js';

const TIMES = { E: Int64, T: Int64 };

/** That of the report: frames and reports of one liquidation are told apart from others' by it, without the account. */
const OF_LIQUIDATION = { liquidationId: Uint64 };

/** How the account stands. Its equity and maintenance margin in USD are told to its owner alone. */
const STANDING = {
  maintenanceRatio: nullable(Decimal),
  maintenanceRatioAtIndex: nullable(Decimal),
  exposure: Decimal,
  netEquity: Type.Optional(Decimal),
  maintenanceMargin: Type.Optional(Decimal),
  netEquityAtIndex: Type.Optional(Decimal),
  maintenanceMarginAtIndex: Type.Optional(Decimal),
};

/** The maintenance ratio has passed `level`: 0.8, 0.9 or 0.95 of what liquidates. */
export const MarginWarningFrame = responseObject('MarginWarningFrame', {
  e: Type.Literal('marginWarning'),
  ...TIMES,
  level: Decimal,
  ...STANDING,
});
export type MarginWarningFrame = Static<typeof MarginWarningFrame>;

export const LiquidationStartedFrame = responseObject('LiquidationStartedFrame', {
  e: Type.Literal('liquidationStarted'),
  ...TIMES,
  ...OF_LIQUIDATION,
  ...STANDING,
});
export type LiquidationStartedFrame = Static<typeof LiquidationStartedFrame>;

export const LiquidationStepFrame = responseObject('LiquidationStepFrame', {
  e: Type.Literal('liquidationStep'),
  ...TIMES,
  ...OF_LIQUIDATION,
  ...LIQUIDATION_STEP,
});
export type LiquidationStepFrame = Static<typeof LiquidationStepFrame>;

/** With what was left. */
export const LiquidationEndedFrame = responseObject('LiquidationEndedFrame', {
  e: Type.Literal('liquidationEnded'),
  ...TIMES,
  ...OF_LIQUIDATION,
  startedAt: NaiveDateTime,
  reason: LiquidationEndReason,
  ...LIQUIDATION_TOTALS,
  ...STANDING,
});
export type LiquidationEndedFrame = Static<typeof LiquidationEndedFrame>;

/** `today` is the day in UTC; null without a liquidation on it. */
export const LiquidationStatisticsFrame = responseObject('LiquidationStatisticsFrame', {
  e: Type.Literal('liquidationStatistics'),
  ...TIMES,
  sinceGenesis: LiquidationPeriod,
  today: nullable(LiquidationPeriod),
  ...LIQUIDATION_NOW,
});
export type LiquidationStatisticsFrame = Static<typeof LiquidationStatisticsFrame>;

const LIQUIDATION = [LiquidationStartedFrame, LiquidationStepFrame, LiquidationEndedFrame] as const;

/** The frames of each kind of stream that the reference lacks, told apart by `e`. */
export const OWN_STREAM_FRAMES = {
  glassLiquidations: Type.Union([...LIQUIDATION]),
  glassLiquidationStatistics: LiquidationStatisticsFrame,
  accountLiquidation: Type.Union([MarginWarningFrame, ...LIQUIDATION]),
  bookChecksum: BookChecksumFrame,
} as const;
