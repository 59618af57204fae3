// Liquidation as this exchange shows it to everyone, to the owner, and to who offers to take over.
import { type Static, Type } from 'typebox';
import {
  CustodyAsset,
  Decimal,
  NaiveDateTime,
  nullable,
  requestObject,
  responseObject,
  Uint8,
  Uint64,
  UnsignedDecimal,
} from './primitive.js';
import { Side } from './vocabulary.js';

export const LiquidationStage = Type.Enum(
  ['Book', 'Backstop', 'Deleverage', 'LoanBackstop', 'LoanDeleverage', 'Fund', 'Recorded'] as const,
  { title: 'LiquidationStage' },
);
export type LiquidationStage = Static<typeof LiquidationStage>;

export const LiquidationEndReason = Type.Enum(['Recovered', 'Closed', 'Bankrupt'] as const, {
  title: 'LiquidationEndReason',
});
export type LiquidationEndReason = Static<typeof LiquidationEndReason>;

export const DeleveragePolicy = Type.Enum(['queue', 'proRataByProfit', 'proRataByEquity', 'minimal'] as const, {
  title: 'DeleveragePolicy',
});
export type DeleveragePolicy = Static<typeof DeleveragePolicy>;

export const LiquidationTrigger = Type.Enum(['mark', 'markAndIndex'] as const, { title: 'LiquidationTrigger' });

/**
 * Maintenance margin over net equity, at the mark and with perpetuals at their indexes (1 and more at the prices of the trigger is
 * liquidated; null without equity), and exposure in USD.
 */
const STANDING = {
  maintenanceRatio: nullable(Decimal),
  maintenanceRatioAtIndex: nullable(Decimal),
  exposure: Decimal,
};
/** In USD, for the owner alone. */
const EQUITY = {
  netEquity: Decimal,
  maintenanceMargin: Decimal,
  netEquityAtIndex: Decimal,
  maintenanceMarginAtIndex: Decimal,
};

const Standing = responseObject('LiquidationStanding', STANDING);
export const OwnStanding = responseObject('OwnLiquidationStanding', { ...STANDING, ...EQUITY });
export type OwnStanding = Static<typeof OwnStanding>;

/**
 * What changed hands: `symbol` is a market at the stages Book, Backstop and Deleverage, an asset at the others. `slippage` is how much
 * worse than the mark the price was for the account, as a fraction; fees and `taken` are in the settlement asset, `notional` in the
 * market's quote, of LoanBackstop in the settlement asset. `taken` came out of the profit of who was deleveraged.
 */
export const LIQUIDATION_STEP = {
  stage: LiquidationStage,
  symbol: Type.String(),
  side: nullable(Side),
  quantity: Decimal,
  price: nullable(Decimal),
  markPrice: nullable(Decimal),
  slippage: nullable(Decimal),
  notional: nullable(Decimal),
  fundFee: Decimal,
  providerFee: Decimal,
  taken: Decimal,
  policy: nullable(DeleveragePolicy),
};

const STEP_TIME = { timestamp: NaiveDateTime };
const Step = responseObject('LiquidationStep', {
  ...LIQUIDATION_STEP,
  ...STEP_TIME,
  before: nullable(Standing),
  after: nullable(Standing),
});
const OwnStep = responseObject('OwnLiquidationStep', {
  ...LIQUIDATION_STEP,
  ...STEP_TIME,
  before: nullable(OwnStanding),
  after: nullable(OwnStanding),
});

/** USD by stage; fees, and what the fund paid, in the settlement asset; `unpaid` in USD as it was when it went on record. */
export const LIQUIDATION_TOTALS = {
  turns: Uint64,
  book: Decimal,
  backstop: Decimal,
  deleveraged: Decimal,
  fundFee: Decimal,
  providerFee: Decimal,
  covered: Decimal,
  unpaid: Decimal,
};
const Totals = responseObject('LiquidationTotals', LIQUIDATION_TOTALS);

/** Null while it lasts: `endedAt`, `reason`, `totals`, `left`. */
const REPORT = {
  liquidationId: Uint64,
  startedAt: NaiveDateTime,
  endedAt: nullable(NaiveDateTime),
  reason: nullable(LiquidationEndReason),
  totals: nullable(Totals),
  stepsLeftOut: Uint64,
};

/** One account's liquidation, without saying whose. */
export const LiquidationReport = responseObject('LiquidationReport', {
  ...REPORT,
  atStart: Standing,
  steps: Type.Array(Step),
  left: nullable(Standing),
});
export type LiquidationReport = Static<typeof LiquidationReport>;

export const OwnLiquidationReport = responseObject('OwnLiquidationReport', {
  ...REPORT,
  accountId: Uint64,
  atStart: OwnStanding,
  steps: Type.Array(OwnStep),
  left: nullable(OwnStanding),
});
export type OwnLiquidationReport = Static<typeof OwnLiquidationReport>;

/** `share…` are fractions of what all stages did together; 0 as long as none did anything. */
const StageTotal = responseObject('LiquidationStageTotal', {
  count: Uint64,
  notional: Decimal,
  shareByCount: Decimal,
  shareByNotional: Decimal,
});

/** In USD. `taken`: out of the profit of who was deleveraged; `covered`: deficits that the fund paid; `recorded`: that nobody did. */
const PERIOD = {
  liquidations: Uint64,
  book: StageTotal,
  backstop: StageTotal,
  deleverage: StageTotal,
  taken: Decimal,
  covered: Decimal,
  recorded: Decimal,
};
export const LiquidationPeriod = responseObject('LiquidationPeriod', PERIOD);
export type LiquidationPeriod = Static<typeof LiquidationPeriod>;

const LiquidationDay = responseObject('LiquidationDay', {
  date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
  ...PERIOD,
});

/** How many accounts are being liquidated, and what the fund holds now; null before a perpetual has been listed. */
export const LIQUIDATION_NOW = {
  liquidating: Uint64,
  fund: nullable(responseObject('BackstopFund', { symbol: CustodyAsset, quantity: Decimal })),
};

/** Days without a liquidation are left out; UTC, the oldest first. */
export const LiquidationStatistics = responseObject('LiquidationStatistics', {
  sinceGenesis: LiquidationPeriod,
  days: Type.Array(LiquidationDay),
  ...LIQUIDATION_NOW,
});
export type LiquidationStatistics = Static<typeof LiquidationStatistics>;

/** A debt that was left when an account had nothing: kept apart from its balances until the owner accepts it. */
export const NegativeBalance = responseObject('NegativeBalance', {
  symbol: CustodyAsset,
  quantity: Decimal,
  recordedAt: NaiveDateTime,
});
export type NegativeBalance = Static<typeof NegativeBalance>;

/** Pays so much of the record, at most all of it, out of what is available. */
export const AcceptNegativeBalanceRequest = requestObject('AcceptNegativeBalanceRequest', {
  symbol: CustodyAsset,
  quantity: UnsignedDecimal,
});

export const AcceptedNegativeBalance = responseObject('AcceptedNegativeBalance', {
  symbol: CustodyAsset,
  paid: Decimal,
  left: Decimal,
});

/** How positions of one side stand in a perpetual's queue: the lowest score that has two lights, three, four, five. */
const QueueSide = responseObject('DeleverageQueueSide', {
  positions: Uint64,
  lightsFrom: Type.Array(Decimal, { maxItems: 4 }),
});

/**
 * Who gives way first when nobody takes a liquidated position: under the policy `queue` the highest score, of equals the older account.
 * score = (profit since opening ÷ entry notional) × (exposure ÷ net equity of the account). Five lights for the fifth of a side's
 * positions that comes first, one for the last.
 */
export const DeleverageQueue = responseObject('DeleverageQueue', {
  symbol: Type.String(),
  policy: DeleveragePolicy,
  long: QueueSide,
  short: QueueSide,
});
export type DeleverageQueue = Static<typeof DeleverageQueue>;

export const DeleverageIndicator = responseObject('DeleverageIndicator', {
  symbol: Type.String(),
  policy: DeleveragePolicy,
  score: Decimal,
  lights: Uint8,
});
export type DeleverageIndicator = Static<typeof DeleverageIndicator>;

/** `SYMBOL:capacity:hourly`, joined by commas, in base units: lists have no settled place in the signed text. */
const OFFERED = '[A-Za-z0-9_]{1,64}(:\\d{1,20}(\\.\\d{1,20})?){2}';

const offered = Type.Optional(Type.String({ maxLength: 8192, pattern: `^${OFFERED}(,${OFFERED}){0,49}$` }));

/**
 * Replaces the account's offer: positions of `markets`, loans of `assets`, at least one of them. `minimumEquity` in USD: below it nothing is
 * taken over.
 */
export const EnrolBackstopRequest = requestObject('EnrolBackstopRequest', {
  minimumEquity: UnsignedDecimal,
  markets: offered,
  assets: offered,
});

export const LeaveBackstopRequest = requestObject('LeaveBackstopRequest', {});

/** In units of the base asset or the asset itself: largest position or loan that taking over may bring about, how much an hour, and how much of this hour is taken. */
const CAPACITY = { symbol: Type.String(), capacity: Decimal, hourly: Decimal, takenThisHour: Decimal };

const BACKSTOP_TERMS = {
  minimumEquity: Decimal,
  markets: Type.Array(responseObject('BackstopOfferMarket', CAPACITY)),
  assets: Type.Array(responseObject('BackstopOfferAsset', CAPACITY)),
};

/** `bound`: what was offered before less was, and to which the provider is held until then. No markets: it has left. */
export const BackstopOffer = responseObject('BackstopOffer', {
  ...BACKSTOP_TERMS,
  bound: Type.Optional(responseObject('BoundBackstopOffer', { ...BACKSTOP_TERMS, until: NaiveDateTime })),
});
export type BackstopOffer = Static<typeof BackstopOffer>;

/** Of all providers together: `symbol` is a perpetual whose positions, or an asset whose loans they take over. */
export const BackstopCapacity = responseObject('BackstopCapacity', { ...CAPACITY, providers: Uint64 });
export type BackstopCapacity = Static<typeof BackstopCapacity>;
