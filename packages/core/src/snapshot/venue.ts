// Settings, assets and markets: small, so they travel as JSON with fields in a fixed order.
import type {
  ExchangeSettings,
  FeeTier,
  LiquidationConfiguration,
  MarketKind,
  MarketState,
  PerpTerms,
  RfqTerms,
  RiskTerms,
  StrategyLimits,
  WithdrawalGuards,
} from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { Asset } from '../state/assets.js';
import { addAsset, addMarket } from '../state/listed.js';
import { Market, type MarketFilters } from '../state/markets.js';
import type { State } from '../state/state.js';

function orderedStrategies({ maxPerAccount, minIntervalMs, maxDurationMs }: StrategyLimits): StrategyLimits {
  return { maxPerAccount, minIntervalMs, maxDurationMs };
}

function orderedGuards({ maxDelayHours, addressDelayHours, maxAddresses }: WithdrawalGuards): WithdrawalGuards {
  return { maxDelayHours, addressDelayHours, maxAddresses };
}

function orderedSettings(settings: ExchangeSettings): ExchangeSettings {
  return {
    openRegistration: settings.openRegistration,
    maxSubaccountsPerCustomer: settings.maxSubaccountsPerCustomer,
    maxOpenOrdersPerAccount: settings.maxOpenOrdersPerAccount,
    maxKeysPerAccount: settings.maxKeysPerAccount,
    futureToleranceMs: settings.futureToleranceMs,
    proposalLifetimeMs: settings.proposalLifetimeMs,
    ...(settings.strategies && { strategies: orderedStrategies(settings.strategies) }),
    ...(settings.withdrawals && { withdrawals: orderedGuards(settings.withdrawals) }),
  };
}

function orderedLiquidation(liquidation: LiquidationConfiguration): LiquidationConfiguration {
  return {
    trigger: liquidation.trigger,
    stepFraction: liquidation.stepFraction,
    stepIntervalMs: liquidation.stepIntervalMs,
    maxFee: liquidation.maxFee,
    autoCloseDivisor: liquidation.autoCloseDivisor,
    autoCloseOffset: liquidation.autoCloseOffset,
    providerFee: liquidation.providerFee,
    fundFee: liquidation.fundFee,
    equityShare: liquidation.equityShare,
    bookPatience: liquidation.bookPatience,
    gradual: liquidation.gradual,
    providerNoticeMs: liquidation.providerNoticeMs,
  };
}

function orderedRisk(risk: RiskTerms): RiskTerms {
  return {
    sampleIntervalMs: risk.sampleIntervalMs,
    settlementIntervalMs: risk.settlementIntervalMs,
    fundingIntervalMs: risk.fundingIntervalMs,
    sourceStaleMs: risk.sourceStaleMs,
    sourceOutlier: risk.sourceOutlier,
    virtualLimitPerAccount: risk.virtualLimitPerAccount,
    virtualLimitInAll: risk.virtualLimitInAll,
    referralShare: risk.referralShare,
    liquidation: orderedLiquidation(risk.liquidation),
  };
}

/** What is absent is left out by JSON, and put back where it reads: the order of fields must not tell a restored asset apart. */
function orderedAsset(asset: Asset): Asset {
  const { assetId, symbol, displayName, decimals, tokens, index, collateral, lending } = asset;
  return { assetId, symbol, displayName, decimals, tokens, index, collateral, lending };
}

/** JSON leaves out what is undefined. */
const ABSENT_TERMS = { index: undefined, collateral: undefined, lending: undefined };

type StoredMarket = {
  readonly symbol: string;
  readonly baseAssetId: number;
  readonly quoteAssetId: number;
  readonly createdUs: TimeUs;
  readonly state: MarketState;
  readonly filters: MarketFilters;
  readonly kind: MarketKind;
  readonly perp: PerpTerms | undefined;
  readonly rfq: RfqTerms | undefined;
  readonly lastTradeId: number;
  readonly lastTradeTicks: number;
  readonly lastUpdateId: number;
};

type StoredVenue = {
  readonly venue: string;
  readonly nextSeq: Seq;
  readonly timeUs: TimeUs;
  readonly lastOrderId: number;
  readonly lastPositionId: number;
  readonly settings: ExchangeSettings;
  readonly spotFeeTiers: readonly FeeTier[];
  readonly risk: RiskTerms;
  readonly assets: readonly Asset[];
  readonly markets: readonly StoredMarket[];
};

function storedMarket(market: Market): StoredMarket {
  const { symbol, baseAssetId, quoteAssetId, createdUs, state, filters, kind, perp, rfq } = market;
  const { lastTradeId, lastTradeTicks, lastUpdateId } = market;
  const identity = { symbol, baseAssetId, quoteAssetId, createdUs, state, filters, kind, perp, rfq };
  return { ...identity, lastTradeId, lastTradeTicks, lastUpdateId };
}

export function venueText(state: State): string {
  const stored: StoredVenue = {
    venue: state.venue,
    nextSeq: state.nextSeq,
    timeUs: state.timeUs,
    lastOrderId: state.lastOrderId,
    lastPositionId: state.lastPositionId,
    settings: orderedSettings(state.settings),
    spotFeeTiers: state.spotFeeTiers,
    risk: orderedRisk(state.risk),
    assets: state.assets.list.map(orderedAsset),
    markets: state.markets.list.map(storedMarket),
  };
  return JSON.stringify(stored);
}

function restoreMarket(state: State, stored: StoredMarket): void {
  const market = new Market(
    state.markets.list.length + 1,
    stored.symbol,
    stored.baseAssetId,
    stored.quoteAssetId,
    stored.createdUs,
    stored.state,
    stored.filters,
    state.makeBook(state.pool),
    stored.kind,
    stored.perp,
    stored.rfq,
  );
  market.lastTradeId = stored.lastTradeId;
  market.lastTradeTicks = stored.lastTradeTicks;
  market.lastUpdateId = stored.lastUpdateId;
  addMarket(state, market);
}

/** Trusts the text: a snapshot's checksum has been compared, and its state hash is compared after. */
export function restoreVenue(state: State, text: string): void {
  const stored = JSON.parse(text) as StoredVenue;
  state.venue = stored.venue;
  state.nextSeq = stored.nextSeq;
  state.timeUs = stored.timeUs;
  state.lastOrderId = stored.lastOrderId;
  state.lastPositionId = stored.lastPositionId;
  state.settings = stored.settings;
  state.spotFeeTiers = stored.spotFeeTiers;
  state.risk = stored.risk;
  for (const asset of stored.assets) addAsset(state, { ...ABSENT_TERMS, ...asset });
  for (const market of stored.markets) restoreMarket(state, market);
}
