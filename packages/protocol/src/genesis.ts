// The first request of every log: what the venue is before anyone acts. Decimals are text, rates are integers.

export type TokenConfiguration = {
  readonly blockchain: string;
  readonly depositEnabled: boolean;
  readonly withdrawEnabled: boolean;
  readonly minimumDeposit: string;
  readonly minimumWithdrawal: string;
  readonly withdrawalFee: string;
};

/** A margin function: the larger of `base` and `factor` × √(notional in USD). */
export type MarginCurve = { readonly base: number; readonly factor: number };

/** Names of the outside venues whose prices make an asset's USD index, and their weights. */
export type IndexConfiguration = {
  readonly sources: readonly { readonly name: string; readonly weight: number }[];
  /** Largest relative step of the index from one second to the next: 0.0025 is 0.25 %. */
  readonly updateCap: number;
};

/** w(n) = weight, or with `base` and `penalty` min(weight, base / (1 + penalty × √n)), n the holding in USD. */
export type CollateralConfiguration = {
  readonly weight: number;
  readonly base?: number;
  readonly penalty?: number;
};

/** Rates are fractions a year; utilisations and shares fractions of 1; quantities decimals of the asset. */
export type LendingConfiguration = {
  readonly optimalUtilization: number;
  readonly baseRate: number;
  readonly optimalRate: number;
  readonly maxRate: number;
  readonly reserveFee: number;
  readonly maxUtilization: number;
  /** Per minute utilisation may rise to max(threshold, U + fraction × (max − U)). */
  readonly throttleThreshold: number;
  readonly throttleFraction: number;
  /** Largest sum of all loans of the asset. */
  readonly openBorrowLendLimit: string;
  /** Largest loan of one account. */
  readonly borrowLimit: string;
  readonly imf: MarginCurve;
  readonly mmf: MarginCurve;
};

export type AssetConfiguration = {
  readonly symbol: string;
  readonly displayName: string;
  readonly decimals: number;
  readonly tokens: readonly TokenConfiguration[];
  /** Without an index a unit is worth one dollar, always. */
  readonly index?: IndexConfiguration;
  /** Without it the asset is no collateral. */
  readonly collateral?: CollateralConfiguration;
  /** Without it the asset is neither lent nor borrowed. */
  readonly lending?: LendingConfiguration;
};

/** What may change of a listed asset. */
export type AssetTermsConfiguration = Pick<AssetConfiguration, 'symbol' | 'index' | 'collateral' | 'lending'>;

export type PerpConfiguration = {
  readonly maxLeverage: number;
  readonly imf: MarginCurve;
  readonly mmf: MarginCurve;
  /** Decimals of the base asset. */
  readonly openInterestLimit: string;
  readonly positionLimit: string;
  /** Largest relative step of the mark price from one second to the next. */
  readonly updateCap: number;
  /** The mark stays within index × (1 ± markBand). */
  readonly markBand: number;
  /** Weight of the newest second in the one-minute average of mid − index: 1 − e^(−1/60). */
  readonly premiumAlpha: number;
  /** A taker fills within these multiples of the five-minute mean mark, and with a premium of ± premiumBand. */
  readonly meanMarkMin: number;
  readonly meanMarkMax: number;
  readonly premiumBand: number;
  /** Per eight hours; see mechanics of funding in docs/perpetuals.md. */
  readonly fundingInterest: number;
  readonly fundingClamp: number;
  /** Largest hourly rate. */
  readonly fundingCap: number;
  /** `queue` when absent. */
  readonly deleveragePolicy?: DeleveragePolicy;
};

/** A market in which one asks for quotes. What is left out has the default of docs/rfq.md. */
export type RfqConfiguration = {
  /** How long a request may be quoted, and how long it stands. */
  readonly submissionMs?: number;
  readonly expiryMs?: number;
  /** Open requests and open quotes of one account, quotes for one request. */
  readonly maxRequestsPerAccount?: number;
  readonly maxQuotesPerAccount?: number;
  readonly maxQuotesPerRequest?: number;
};

/** How those who must give up positions are chosen when nobody else takes a liquidated one. */
export const DELEVERAGE_POLICIES = ['queue', 'proRataByProfit', 'proRataByEquity', 'minimal'] as const;
export type DeleveragePolicy = (typeof DELEVERAGE_POLICIES)[number];

/** At which prices an account must fail its maintenance margin to be liquidated: at the mark, or at mark and index both. */
export const LIQUIDATION_TRIGGERS = ['mark', 'markAndIndex'] as const;
export type LiquidationTrigger = (typeof LIQUIDATION_TRIGGERS)[number];

/** How accounts are liquidated. Fractions of 1. */
export type LiquidationConfiguration = {
  readonly trigger: LiquidationTrigger;
  /** Part of the largest exposure that one step offers to the book, and how often an account takes a step. */
  readonly stepFraction: number;
  readonly stepIntervalMs: number;
  /** Largest fee of a step, as a fraction of its fills; never more than half the market's maintenance margin fraction. */
  readonly maxFee: number;
  /** Providers take over below margin fraction max(mmf / autoCloseDivisor, mmf − autoCloseOffset). */
  readonly autoCloseDivisor: number;
  readonly autoCloseOffset: number;
  /** Largest fees of what a provider takes over, as fractions of its notional: the provider's and the backstop fund's. */
  readonly providerFee: number;
  readonly fundFee: number;
  /** Of the equity that stands behind what is closed, the most that closing it may cost. */
  readonly equityShare: number;
  /** Turns in a row in which the book takes nothing before providers are asked for a part. */
  readonly bookPatience: number;
  /** False: a position is offered whole and at any price, as many venues do. Only the laboratory has such a venue, to compare. */
  readonly gradual: boolean;
  /** For how long a provider that offers less, or nothing any more, is held to what it offered before. */
  readonly providerNoticeMs: number;
};

/** What holds for all accounts and markets together. */
export type RiskConfiguration = {
  readonly sampleIntervalMs: number;
  readonly settlementIntervalMs: number;
  readonly fundingIntervalMs: number;
  /** A source that has been silent for longer, or is farther from the median, is dropped. */
  readonly sourceStaleMs: number;
  readonly sourceOutlier: number;
  /** Unsettled profit or loss above these, in whole USDC, is settled in cash: per account and in all. */
  readonly virtualLimitPerAccount: number;
  readonly virtualLimitInAll: number;
  /** Share of a customer's trading fees that goes to who referred it. */
  readonly referralShare: number;
  /** The defaults of docs/life-of-a-liquidation.md when absent. */
  readonly liquidation?: LiquidationConfiguration;
};

/** As it holds: nothing is left to a default. */
export type RiskTerms = RiskConfiguration & { readonly liquidation: LiquidationConfiguration };

export type MarketConfiguration = {
  /** `BASE_QUOTE` for spot, `BASE_QUOTE_PERP` with `perp`, `BASE_QUOTE_RFQ` with `rfq`. */
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minPrice: string;
  readonly maxPrice: string;
  readonly minQuantity: string;
  readonly maxQuantity: string;
  readonly limitMinPpm: number;
  readonly limitMaxPpm: number;
  readonly impactMinPpm: number;
  readonly impactMaxPpm: number;
  /** Name of MARKET_STATE in which it starts. */
  readonly state: MarketStateName;
  readonly perp?: PerpConfiguration;
  readonly rfq?: RfqConfiguration;
};

export type MarketStateName = 'Open' | 'CancelOnly' | 'LimitOnly' | 'PostOnly' | 'Closed';

/** Fee tier from `minVolume` (30-day quote volume, whole quote units); tier 0 starts at 0. */
export type FeeTier = {
  readonly name: string;
  readonly minVolume: number;
  readonly makerPpm: number;
  readonly takerPpm: number;
  /** Perpetuals; the same as spot when absent. */
  readonly perpMakerPpm?: number;
  readonly perpTakerPpm?: number;
};

export type ExchangeSettings = {
  /** Anyone may register through the registrar (sandbox). */
  readonly openRegistration: boolean;
  readonly maxSubaccountsPerCustomer: number;
  readonly maxOpenOrdersPerAccount: number;
  readonly maxKeysPerAccount: number;
  /** How far ahead of sequenced time a request's timestamp may be. */
  readonly futureToleranceMs: number;
  /** An operator's proposal that nobody approves lapses after this. */
  readonly proposalLifetimeMs: number;
  /** DEFAULT_STRATEGY_LIMITS when absent. */
  readonly strategies?: StrategyLimits;
  /** DEFAULT_WITHDRAWAL_GUARDS when absent. */
  readonly withdrawals?: WithdrawalGuards;
};

/** What customers may guard their withdrawals with. */
export type WithdrawalGuards = {
  readonly maxDelayHours: number;
  /** How long a new address waits while the address book is on, and how long the book takes to be off. */
  readonly addressDelayHours: number;
  readonly maxAddresses: number;
};

export const DEFAULT_WITHDRAWAL_GUARDS: WithdrawalGuards = {
  maxDelayHours: 720,
  addressDelayHours: 24,
  maxAddresses: 100,
};

/** What scheduled strategies may be. */
export type StrategyLimits = {
  readonly maxPerAccount: number;
  /** Time between two slices, at least. */
  readonly minIntervalMs: number;
  /** From the first slice to the end, at most. */
  readonly maxDurationMs: number;
};

/** All strategies of an account together place no more orders than it may ask for itself. */
export const DEFAULT_STRATEGY_LIMITS: StrategyLimits = {
  maxPerAccount: 20,
  minIntervalMs: 1_000,
  maxDurationMs: 604_800_000,
};

export type ServiceKeyConfiguration = {
  readonly publicKey: string;
  readonly role: 'operator' | 'registrar' | 'chain' | 'priceFeed' | 'twoFactor';
};

export type GenesisConfiguration = {
  readonly format: 1;
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly assets: readonly AssetConfiguration[];
  readonly markets: readonly MarketConfiguration[];
  readonly spotFeeTiers: readonly FeeTier[];
  readonly risk?: RiskConfiguration;
  readonly keys: readonly ServiceKeyConfiguration[];
};

/** What may change of a vault. Decimals of the deposit asset and, where it says so, of the token. */
export type VaultTermsConfiguration = {
  readonly mintsEnabled: boolean;
  readonly redeemsEnabled: boolean;
  readonly minMintQuantity: string;
  /** Tokens, like the cap of those in circulation. */
  readonly minRedeemTokens: string;
  readonly tokenCap: string;
  readonly redeemDelayMs: number;
  readonly navSampleMs: number;
  readonly navWindowMs: number;
};

export type VaultConfiguration = VaultTermsConfiguration & {
  /** An account that holds nothing. */
  readonly accountId: number;
  /** The token: a new asset. */
  readonly token: string;
  readonly displayName: string;
  readonly decimals: number;
  readonly tokenStepSize: string;
  /** The asset that is paid in and out. */
  readonly symbol: string;
};

/** What operators may change. `setMarketState` towards more restriction needs one operator, everything else two. */
export type OperatorAction =
  | { readonly kind: 'setMarketState'; readonly symbol: string; readonly state: MarketStateName }
  | { readonly kind: 'listAsset'; readonly asset: AssetConfiguration }
  | { readonly kind: 'listMarket'; readonly market: MarketConfiguration }
  | { readonly kind: 'setMarketFilters'; readonly market: MarketConfiguration }
  | { readonly kind: 'setFeeTiers'; readonly spotFeeTiers: readonly FeeTier[] }
  | { readonly kind: 'setCustomerTier'; readonly customerId: number; readonly tier: number }
  | { readonly kind: 'markOperatorCustomer'; readonly customerId: number }
  | { readonly kind: 'setSettings'; readonly settings: ExchangeSettings }
  | { readonly kind: 'setRisk'; readonly risk: RiskConfiguration }
  | { readonly kind: 'setAssetTerms'; readonly asset: AssetTermsConfiguration }
  | { readonly kind: 'addServiceKey'; readonly key: ServiceKeyConfiguration }
  | { readonly kind: 'revokeServiceKey'; readonly publicKey: string }
  /** For who has lost the device: withdrawals of the customer wait a day at least. */
  | { readonly kind: 'resetTwoFactor'; readonly customerId: number }
  | { readonly kind: 'listVault'; readonly vault: VaultConfiguration }
  | { readonly kind: 'setVaultTerms'; readonly vault: VaultTermsConfiguration & { readonly vaultId: number } };
