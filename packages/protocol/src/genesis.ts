// The first request of every log: what the venue is before anyone acts. Decimals are text, rates are integers.

export type TokenConfiguration = {
  readonly blockchain: string;
  readonly depositEnabled: boolean;
  readonly withdrawEnabled: boolean;
  readonly minimumDeposit: string;
  readonly minimumWithdrawal: string;
  readonly withdrawalFee: string;
};

export type AssetConfiguration = {
  readonly symbol: string;
  readonly displayName: string;
  readonly decimals: number;
  readonly tokens: readonly TokenConfiguration[];
};

export type MarketConfiguration = {
  /** `BASE_QUOTE` for spot. */
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
};

export type MarketStateName = 'Open' | 'CancelOnly' | 'LimitOnly' | 'PostOnly' | 'Closed';

/** Fee tier from `minVolume` (30-day quote volume, whole quote units); tier 0 starts at 0. */
export type FeeTier = {
  readonly name: string;
  readonly minVolume: number;
  readonly makerPpm: number;
  readonly takerPpm: number;
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
};

export type ServiceKeyConfiguration = {
  readonly publicKey: string;
  readonly role: 'operator' | 'registrar' | 'chain';
};

export type GenesisConfiguration = {
  readonly format: 1;
  readonly name: string;
  readonly settings: ExchangeSettings;
  readonly assets: readonly AssetConfiguration[];
  readonly markets: readonly MarketConfiguration[];
  readonly spotFeeTiers: readonly FeeTier[];
  readonly keys: readonly ServiceKeyConfiguration[];
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
  | { readonly kind: 'addServiceKey'; readonly key: ServiceKeyConfiguration }
  | { readonly kind: 'revokeServiceKey'; readonly publicKey: string };
