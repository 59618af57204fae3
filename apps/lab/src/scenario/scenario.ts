// A scenario as it stands in its file: whose prices are played, what is traded, by whom, and which designs are compared. Times are ISO
// text, money is in US dollars, fractions are of 1.
import type {
  AssetConfiguration,
  LiquidationConfiguration,
  MarketConfiguration,
  PerpConfiguration,
  RiskConfiguration,
} from '@glasshouse/protocol';

export type Scenario = {
  readonly name: string;
  readonly title: string;
  /** A few sentences for the report: what happened, and what is made of it. */
  readonly about: string;
  readonly from: string;
  readonly to: string;
  /** From one price report of every source to the next. */
  readonly stepMs: number;
  readonly seed: number;
  readonly sources: readonly SourcePlan[];
  readonly markets: readonly MarketPlan[];
  readonly population: PopulationPlan;
  readonly makers: MakerPlan;
  readonly backstop: BackstopPlan;
  readonly designs: readonly Design[];
};

/** An outside venue that prices are played of. */
export type SourcePlan = RecordedSource | MadeUpSource;

export type RecordedSource = {
  readonly kind: 'recorded';
  readonly name: string;
  /** Table of candles under the data folder; `venue` picks its rows. */
  readonly file: string;
  readonly venue: string;
  /** Asset → symbol in the table. */
  readonly symbols: Readonly<Record<string, string>>;
  /** Where the venue publishes the same. */
  readonly archive?: ArchivePlan;
  /** The books of our perpetuals stand where this venue's stand; it is no index source then. */
  readonly bookOnly?: true;
};

export type ArchivePlan = {
  readonly layout: 'binance';
  /** Such as `spot` or `futures/um`. */
  readonly product: string;
  readonly interval: string;
};

export type MadeUpSource = {
  readonly kind: 'madeUp';
  readonly name: string;
  /** Asset → [seconds from the beginning, price], joined by straight lines. */
  readonly paths: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  /** Largest distance of a report from the path. */
  readonly noise: number;
  readonly bookOnly?: true;
};

export type MarketPlan = {
  readonly base: string;
  readonly decimals: number;
  readonly tickSize: string;
  readonly stepSize: string;
  readonly imf: { readonly base: number; readonly factor: number };
  readonly mmf: { readonly base: number; readonly factor: number };
  readonly weight: number;
  /** Of the base asset; what the ledger can count when absent. */
  readonly openInterestLimit?: string;
  /** Share of the population's open interest. */
  readonly share: number;
  /** Resting on each side within 5 % of the middle on a quiet day. */
  readonly depthUsd: number;
};

export type PopulationPlan = {
  readonly accounts: number;
  /** All long positions together when the scenario begins. */
  readonly openInterestUsd: number;
  /** Share of accounts that are long. */
  readonly longShare: number;
  readonly classes: readonly EquityClass[];
  /** Asset in which an account holds its collateral, and weight. */
  readonly holdings: Readonly<Record<string, number>>;
  /** Accounts with a plan of their own. */
  readonly whales?: readonly Whale[];
};

/** Accounts of like size. Sizes keep their proportions when they are scaled to the open interest. */
export type EquityClass = {
  /** Of all accounts, as a weight. */
  readonly share: number;
  readonly leastEquityUsd: number;
  readonly mostEquityUsd: number;
  /** [leverage, weight]. */
  readonly leverage: readonly (readonly [number, number])[];
};

export type Whale = {
  readonly base: string;
  readonly side: 'long' | 'short';
  readonly notionalUsd: number;
  readonly equityUsd: number;
  /** Asset of its collateral; USDC when absent. */
  readonly holding?: string;
  /** Takes out whatever it may, every minute. */
  readonly withdraws?: boolean;
};

export type MakerPlan = {
  readonly accounts: number;
  readonly equityUsd: number;
  /** One-minute range of the price at which half of the depth is left: on the side that the price moves into, and on the other. */
  readonly halfDepth: DepthThinning;
  readonly profile: DepthProfile;
  readonly spread: number;
};

/** Fractions of the price. */
export type DepthThinning = { readonly ahead: number; readonly behind: number };

/** [distance from the middle, share of the depth within 5 % that stands no further away], growing. */
export type DepthProfile = readonly (readonly [number, number])[];

export type BackstopPlan = {
  readonly providers: number;
  readonly equityUsd: number;
  /** Of one provider in one market. */
  readonly capacityUsd: number;
};

/** The asset that a market is in. */
export const baseOf = (symbol: string): string => symbol.split('_')[0] ?? symbol;

/** What differs from the venue's defaults; merged into the configuration of the venue. */
export type Design = {
  readonly name: string;
  readonly risk?: Partial<Omit<RiskConfiguration, 'liquidation'>> & {
    readonly liquidation?: Partial<LiquidationConfiguration>;
  };
  readonly perp?: Partial<PerpConfiguration>;
  readonly market?: Partial<MarketConfiguration>;
  readonly asset?: Partial<AssetConfiguration>;
  /** Largest relative step of an index from one second to the next. */
  readonly indexUpdateCap?: number;
  readonly backstop?: Partial<BackstopPlan>;
};
