// What liquidations have come to, as REST and streams show it.
import type { LiquidationPeriod, LiquidationStatistics, NegativeBalance } from '@glasshouse/api';
import type {
  AssetView,
  LiquidationStatisticsView,
  LiquidationTotalsView,
  NegativeBalanceView,
  StageTotalView,
} from '@glasshouse/protocol';
import { assetQuantity } from '../exchange/listing.js';
import { fractionText, usdText } from './real-number.js';
import { dayText, naiveDateTime } from './times.js';

const shareOf = (part: number, whole: number): string => fractionText(whole === 0 ? 0 : part / whole);

function stageAnswer({ count, usd }: StageTotalView, all: StageTotalView): LiquidationPeriod['book'] {
  return {
    count,
    notional: usdText(usd),
    shareByCount: shareOf(count, all.count),
    shareByNotional: shareOf(usd, all.usd),
  };
}

function periodAnswer(totals: LiquidationTotalsView): LiquidationPeriod {
  const { book, backstop, deleverage } = totals;
  const all = {
    count: book.count + backstop.count + deleverage.count,
    usd: book.usd + backstop.usd + deleverage.usd,
  };
  return {
    backstop: stageAnswer(backstop, all),
    book: stageAnswer(book, all),
    covered: usdText(totals.coveredUsd),
    deleverage: stageAnswer(deleverage, all),
    liquidations: totals.started,
    recorded: usdText(totals.recordedUsd),
    taken: usdText(totals.takenUsd),
  };
}

function nowAnswer({ fundAtoms, liquidating }: LiquidationStatisticsView, settlementAsset: AssetView | undefined) {
  const fund = settlementAsset && {
    quantity: assetQuantity(settlementAsset, fundAtoms),
    symbol: settlementAsset.symbol,
  };
  return { fund: fund ?? null, liquidating };
}

export function statisticsAnswer(
  statistics: LiquidationStatisticsView,
  settlementAsset: AssetView | undefined,
): LiquidationStatistics {
  return {
    days: statistics.days.map(({ day, totals }) => ({ date: dayText(day), ...periodAnswer(totals) })),
    ...nowAnswer(statistics, settlementAsset),
    sinceGenesis: periodAnswer(statistics.sinceGenesis),
  };
}

/** `day`: today, counted since 1970. */
export function statisticsOfDay(
  statistics: LiquidationStatisticsView,
  settlementAsset: AssetView | undefined,
  day: number,
) {
  const today = statistics.days.find((one) => one.day === day)?.totals;
  return {
    ...nowAnswer(statistics, settlementAsset),
    sinceGenesis: periodAnswer(statistics.sinceGenesis),
    today: today === undefined ? null : periodAnswer(today),
  };
}

export function negativeBalanceAnswer(asset: AssetView, { quantityAtoms, recordedUs }: NegativeBalanceView) {
  return {
    quantity: assetQuantity(asset, quantityAtoms),
    recordedAt: naiveDateTime(recordedUs),
    symbol: asset.symbol,
  } satisfies NegativeBalance;
}
