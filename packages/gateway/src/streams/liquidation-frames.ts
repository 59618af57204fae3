// Frames of liquidations as JSON text.
import type {
  LiquidationEndedFrame,
  LiquidationFrame,
  LiquidationStartedFrame,
  LiquidationStatisticsFrame,
  LiquidationStepFrame,
  MarginWarningFrame,
} from '@glasshouse/api';
import type {
  AssetView,
  BackstopAssigned,
  Deleveraged,
  LiquidationEnded,
  LiquidationStarted,
  LiquidationStatisticsView,
  LiquidationStep,
  MaintenanceView,
  MarginWarning,
} from '@glasshouse/protocol';
import {
  END_REASON_NAME,
  ownStanding,
  publicStanding,
  type StepAnswer,
  totalsAnswer,
} from '../answers/liquidation-answer.js';
import { statisticsOfDay } from '../answers/liquidation-statistics.js';
import { meanPrice } from '../answers/mean-price.js';
import { SIDE_NAME } from '../answers/names.js';
import { fractionText, priceText } from '../answers/real-number.js';
import { DAY_US, naiveDateTime } from '../answers/times.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { Listing } from '../exchange/listing.js';
import type { Times } from './frames.js';

/** How much of an account's standing a listener is told. */
export type Audience = 'everyone' | 'owner';

const standingFor = (audience: Audience, standing: MaintenanceView) =>
  audience === 'owner' ? ownStanding(standing) : publicStanding(standing);

const timesOf = ({ emittedUs, engineUs }: Times) => ({ E: emittedUs, T: engineUs });

function lotsOf(event: LiquidationStep | BackstopAssigned | Deleveraged): number {
  return event.kind === 'liquidationStep' ? event.filledLots : event.sizeLots;
}

/** The reference's frame: what was liquidated, wherever it went. */
export function liquidationFrame(
  listing: Listing,
  event: LiquidationStep | BackstopAssigned | Deleveraged,
  times: Times,
): string {
  const sizeLots = lotsOf(event);
  const frame: LiquidationFrame = {
    ...timesOf(times),
    S: SIDE_NAME[event.side],
    e: 'liquidation',
    p: priceText(meanPrice(listing, { sizeLots, quoteAtoms: event.quoteAtoms }), listing.market.tickScale),
    q: listing.paddedQuantity(sizeLots),
    s: listing.market.symbol,
  };
  return JSON.stringify(frame);
}

export function marginWarningFrame({ level, standing }: MarginWarning, times: Times): string {
  const frame: MarginWarningFrame = {
    ...timesOf(times),
    e: 'marginWarning',
    level: fractionText(level),
    ...ownStanding(standing),
  };
  return JSON.stringify(frame);
}

export function startedFrame(event: LiquidationStarted, audience: Audience, times: Times): string {
  const { liquidationId, standing } = event;
  const frame: LiquidationStartedFrame = {
    ...timesOf(times),
    e: 'liquidationStarted',
    liquidationId,
    ...standingFor(audience, standing),
  };
  return JSON.stringify(frame);
}

export function stepFrame(liquidationId: number, step: StepAnswer, times: Times): string {
  const frame: LiquidationStepFrame = { ...timesOf(times), e: 'liquidationStep', liquidationId, ...step };
  return JSON.stringify(frame);
}

export function endedFrame(event: LiquidationEnded, audience: Audience, catalogue: Catalogue, times: Times): string {
  const { liquidation, reason, standing } = event;
  const frame: LiquidationEndedFrame = {
    ...timesOf(times),
    e: 'liquidationEnded',
    liquidationId: liquidation.liquidationId,
    reason: END_REASON_NAME[reason],
    startedAt: naiveDateTime(liquidation.startedUs),
    ...totalsAnswer(liquidation, catalogue),
    ...standingFor(audience, standing),
  };
  return JSON.stringify(frame);
}

export function statisticsFrame(
  statistics: LiquidationStatisticsView,
  settlementAsset: AssetView | undefined,
  times: Times,
): string {
  const day = Math.floor(times.engineUs / DAY_US);
  const frame: LiquidationStatisticsFrame = {
    ...timesOf(times),
    e: 'liquidationStatistics',
    ...statisticsOfDay(statistics, settlementAsset, day),
  };
  return JSON.stringify(frame);
}
