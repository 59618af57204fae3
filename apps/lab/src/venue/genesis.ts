// The venue that a scenario is played on: its markets on the documented default terms, with what a design changes merged in.
import { createState, riskView } from '@glasshouse/core';
import type {
  AssetConfiguration,
  GenesisConfiguration,
  LendingConfiguration,
  MarketConfiguration,
  PerpConfiguration,
  RiskTerms,
} from '@glasshouse/protocol';
import type { PlayedSource } from '../prices/player.js';
import type { Design, MarketPlan, Scenario } from '../scenario/scenario.js';

export const CHAIN = 'Lab';
/** Ids of keys in the order in which the genesis names them. */
export const KEY_ID = { registrar: 1, chain: 2, priceFeed: 3 } as const;
const SERVICE_KEYS = 5;

/** Keys have ids in the order of their coming: those of the genesis first. */
export const keyIdOf = (accountId: number): number => SERVICE_KEYS + accountId;

/** A key that nobody holds: the core checks no signatures. */
export function publicKeyOf(name: string): string {
  return `${name.padEnd(43, '0').slice(0, 43)}=`;
}

/** Prices may rise so many times. */
const PRICE_ROOM = 20;
/** What all of a market may be worth at its highest price: somewhat less than the ledger can count. */
const MARKET_LIMIT_USD = 8e9;
/** Atoms that a pool lends at most: about half of what the ledger can count. */
const POOL_LIMIT_ATOMS = 4e15;
/** Atoms of a base asset that one order may be of. */
const ORDER_LIMIT_ATOMS = 8e15;
const USDC_DECIMALS = 6;
/** 1 − e^(−1/60). */
const ONE_MINUTE_ALPHA = 0.016528546178382;
const UPDATE_CAP = 0.0025;
/** Reports that a source may miss. */
const STALE_STEPS = 3;

function lending(decimals: number, stable: boolean): LendingConfiguration {
  const limit = String(Math.floor(POOL_LIMIT_ATOMS / 10 ** decimals));
  return {
    optimalUtilization: stable ? 0.9 : 0.7,
    baseRate: 0,
    optimalRate: 0.08,
    maxRate: 1,
    reserveFee: 0.1,
    maxUtilization: 0.95,
    throttleThreshold: stable ? 0.85 : 0.6,
    throttleFraction: 0.5,
    openBorrowLendLimit: limit,
    borrowLimit: limit,
    imf: { base: stable ? 0.1 : 0.2, factor: 0 },
    mmf: { base: stable ? 0.05 : 0.1, factor: 0 },
  };
}

function asset(symbol: string, decimals: number, terms: Partial<AssetConfiguration>): AssetConfiguration {
  const token = {
    blockchain: CHAIN,
    depositEnabled: true,
    withdrawEnabled: true,
    minimumDeposit: '0',
    minimumWithdrawal: '0',
    withdrawalFee: '0',
  };
  return { symbol, displayName: symbol, decimals, tokens: [token], ...terms };
}

function baseAsset(plan: MarketPlan, sources: readonly PlayedSource[], design: Design): AssetConfiguration {
  const { base, decimals, weight } = plan;
  const names = sources.filter((source) => !source.bookOnly && source.assets.includes(base)).map(({ name }) => name);
  if (names.length === 0) throw new Error(`no source has a price of ${base}`);
  return asset(base, decimals, {
    index: { sources: names.map((name) => ({ name, weight: 1 })), updateCap: design.indexUpdateCap ?? UPDATE_CAP },
    collateral: { weight, base: weight + 0.2, penalty: 0.0002 },
    lending: lending(decimals, false),
    ...design.asset,
  });
}

function spot({ base, decimals, tickSize, stepSize }: MarketPlan, maxPrice: number): MarketConfiguration {
  const mostByValue = MARKET_LIMIT_USD / maxPrice;
  return {
    symbol: `${base}_USDC`,
    base,
    quote: 'USDC',
    tickSize,
    stepSize,
    minPrice: tickSize,
    maxPrice: String(maxPrice),
    minQuantity: stepSize,
    maxQuantity: String(Math.floor(Math.min(mostByValue, ORDER_LIMIT_ATOMS / 10 ** decimals))),
    limitMinPpm: 250_000,
    limitMaxPpm: 2_000_000,
    impactMinPpm: 990_000,
    impactMaxPpm: 1_010_000,
    state: 'Open',
  };
}

function perpTerms({ imf, mmf, openInterestLimit }: MarketPlan, maxPrice: number): PerpConfiguration {
  const most = openInterestLimit ?? String(Math.floor(MARKET_LIMIT_USD / maxPrice));
  return {
    maxLeverage: 100,
    imf,
    mmf,
    openInterestLimit: most,
    positionLimit: most,
    updateCap: UPDATE_CAP,
    markBand: 0.05,
    premiumAlpha: ONE_MINUTE_ALPHA,
    meanMarkMin: 0.925,
    meanMarkMax: 1.075,
    premiumBand: 0.05,
    fundingInterest: 0.0001,
    fundingClamp: 0.0005,
    fundingCap: 0.015,
  };
}

/** A whole multiple of the tick with two digits, well above any price that will be seen. */
function highestPrice(price: number): number {
  return Number((price * PRICE_ROOM).toPrecision(2));
}

function markets(plan: MarketPlan, price: number, design: Design): MarketConfiguration[] {
  const maxPrice = highestPrice(price);
  const inCash = { ...spot(plan, maxPrice), ...design.market };
  const perp = { ...perpTerms(plan, maxPrice), ...design.perp };
  return [inCash, { ...inCash, symbol: `${plan.base}_USDC_PERP`, perp }];
}

/** The documented defaults, with a source believed until its next report is overdue. */
function riskOf({ stepMs }: Scenario, { risk }: Design): RiskTerms {
  const defaults = riskView(createState());
  const sourceStaleMs = Math.max(defaults.sourceStaleMs, STALE_STEPS * stepMs);
  const liquidation = { ...defaults.liquidation, ...risk?.liquidation };
  return { ...defaults, sourceStaleMs, ...risk, liquidation };
}

/** `prices` are those at which the scenario begins. */
export function labGenesis(
  scenario: Scenario,
  design: Design,
  sources: readonly PlayedSource[],
  prices: ReadonlyMap<string, number>,
): GenesisConfiguration {
  return {
    format: 1,
    name: `laboratory: ${scenario.name}`,
    settings: {
      openRegistration: true,
      maxSubaccountsPerCustomer: 1000,
      maxOpenOrdersPerAccount: 1000,
      maxKeysPerAccount: 20,
      futureToleranceMs: 5000,
      proposalLifetimeMs: 86_400_000,
    },
    assets: [
      asset('USDC', USDC_DECIMALS, { collateral: { weight: 1 }, lending: lending(USDC_DECIMALS, true) }),
      ...scenario.markets.map((plan) => baseAsset(plan, sources, design)),
    ],
    markets: scenario.markets.flatMap((plan) => markets(plan, prices.get(plan.base) ?? 0, design)),
    spotFeeTiers: [
      { name: 'Tier 1', minVolume: 0, makerPpm: 800, takerPpm: 1000, perpMakerPpm: 200, perpTakerPpm: 500 },
    ],
    risk: riskOf(scenario, design),
    keys: [
      { publicKey: publicKeyOf('registrar'), role: 'registrar' },
      { publicKey: publicKeyOf('chain'), role: 'chain' },
      { publicKey: publicKeyOf('priceFeed'), role: 'priceFeed' },
      { publicKey: publicKeyOf('operatorOne'), role: 'operator' },
      { publicKey: publicKeyOf('operatorTwo'), role: 'operator' },
    ],
  };
}
