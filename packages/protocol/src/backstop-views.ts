import type { Atoms, Lots, TimeUs } from '@glasshouse/units';

/** Standing offer of an account to take over what is liquidated. */
export type BackstopView = {
  readonly accountId: number;
  /** It takes nothing over while its net equity is below this. */
  readonly minimumEquityUsd: number;
  /** None for an account that has left and is only held to what it offered before. */
  readonly markets: readonly BackstopMarketView[];
  /** Of which it takes over loans. */
  readonly assets: readonly BackstopAssetView[];
  /** What it offered before it offered less, and is held to until its notice has run. */
  readonly bound?: BoundBackstopView;
};

export type BoundBackstopView = {
  readonly untilUs: TimeUs;
  readonly minimumEquityUsd: number;
  readonly markets: readonly BackstopMarketView[];
  readonly assets: readonly BackstopAssetView[];
};

export type BackstopAssetView = {
  readonly assetId: number;
  /** Largest loan that taking over may bring about. */
  readonly capacityAtoms: Atoms;
  readonly hourlyAtoms: Atoms;
  /** Taken over in the hour that began at `hourStartUs`. */
  readonly takenAtoms: Atoms;
  readonly hourStartUs: TimeUs;
};

export type BackstopMarketView = {
  readonly marketId: number;
  /** Largest position in either direction that taking over may bring about. */
  readonly capacityLots: Lots;
  readonly hourlyLots: Lots;
  /** Taken over in the hour that began at `hourStartUs`. */
  readonly takenLots: Lots;
  readonly hourStartUs: TimeUs;
};
