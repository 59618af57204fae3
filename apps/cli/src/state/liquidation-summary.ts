// What liquidations have come to: who is in one now, what each stage did, and who paid or owes what accounts could not.
import { liquidationStatistics, type State } from '@glasshouse/core';
import type { AssetView, LiquidationStage, LiquidationStatisticsView } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';

export type StageSummary = {
  readonly stage: LiquidationStage;
  /** How often positions or loans changed hands. */
  readonly count: number;
  readonly usd: string;
  /** Fractions of what all stages did together; 0 as long as none did anything. */
  readonly shareByCount: number;
  readonly shareByUsd: number;
};

/** What accounts owe on record, in one asset. */
export type RecordedSummary = { readonly symbol: string; readonly quantity: string; readonly accounts: number };

export type LiquidationSummary = {
  readonly accountsNow: number;
  readonly sinceGenesis: number;
  /** What the backstop fund holds; null before a perpetual has been listed. */
  readonly fund: { readonly symbol: string; readonly quantity: string } | null;
  /** Deficits since genesis: paid by the fund, and put on record because nobody was left to pay. */
  readonly paidUsd: string;
  readonly recordedUsd: string;
  /** Of what was put on record, what is not paid yet. */
  readonly onRecord: readonly RecordedSummary[];
  readonly stages: readonly StageSummary[];
};

const STAGES = ['book', 'backstop', 'deleverage'] as const satisfies readonly LiquidationStage[];

const usdText = (usd: number): string => usd.toFixed(2);
const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function stageSummaries({ sinceGenesis }: LiquidationStatisticsView): StageSummary[] {
  const all = { count: 0, usd: 0 };
  for (const stage of STAGES) {
    all.count += sinceGenesis[stage].count;
    all.usd += sinceGenesis[stage].usd;
  }
  return STAGES.map((stage) => {
    const { count, usd } = sinceGenesis[stage];
    const shares = { shareByCount: shareOf(count, all.count), shareByUsd: shareOf(usd, all.usd) };
    return { stage, count, usd: usdText(usd), ...shares };
  });
}

/** A record holds one row for an account and an asset. */
function recordedSummaries(statistics: LiquidationStatisticsView, assets: readonly AssetView[]): RecordedSummary[] {
  return assets.flatMap(({ assetId, symbol, decimals }) => {
    const ofAsset = statistics.negativeBalances.filter((one) => one.assetId === assetId);
    if (ofAsset.length === 0) return [];
    const atoms = ofAsset.reduce((sum, { quantityAtoms }) => sum + quantityAtoms, 0);
    return [{ symbol, quantity: formatDecimal(atoms, decimals, 0), accounts: ofAsset.length }];
  });
}

export function liquidationSummary(state: State, assets: readonly AssetView[]): LiquidationSummary {
  const statistics = liquidationStatistics(state);
  const { sinceGenesis, liquidating, settlementAssetId, fundAtoms } = statistics;
  const settlement = assets.find(({ assetId }) => assetId === settlementAssetId);
  return {
    accountsNow: liquidating,
    sinceGenesis: sinceGenesis.started,
    fund:
      settlement === undefined
        ? null
        : { symbol: settlement.symbol, quantity: formatDecimal(fundAtoms, settlement.decimals, 0) },
    paidUsd: usdText(sinceGenesis.coveredUsd),
    recordedUsd: usdText(sinceGenesis.recordedUsd),
    onRecord: recordedSummaries(statistics, assets),
    stages: stageSummaries(statistics),
  };
}
