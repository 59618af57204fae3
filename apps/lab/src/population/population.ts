// Who trades: accounts with equity of a heavy tail, leverage, an asset that they hold, and one position each. Sizes are scaled so that the
// long side comes to the open interest that the scenario asks for.
import type { Random } from '../chance/random.js';
import type { EquityClass, MarketPlan, PopulationPlan, Scenario, Whale } from '../scenario/scenario.js';

export type Trader = {
  readonly equityUsd: number;
  /** Asset of its collateral. */
  readonly holding: string;
  readonly base: string;
  /** Positive is long. */
  readonly notionalUsd: number;
  readonly withdraws: boolean;
  readonly isWhale: boolean;
};

/** Of the leverage that the market allows, the most that anyone uses: an order must leave room for its fee. */
const ROOM = 0.9;

/** The largest leverage at which a position of this size may be opened. */
function allowedLeverage({ imf }: MarketPlan, notionalUsd: number): number {
  return ROOM / Math.max(imf.base, imf.factor * Math.sqrt(notionalUsd));
}

function drawClass({ classes }: PopulationPlan, random: Random): EquityClass {
  return classes[random.weighted(classes.map(({ share }) => share))] as EquityClass;
}

function drawTrader(plan: PopulationPlan, markets: readonly MarketPlan[], random: Random): Trader {
  const { leastEquityUsd, mostEquityUsd, leverage: levels } = drawClass(plan, random);
  const equityUsd = random.heavyTail(leastEquityUsd, mostEquityUsd);
  const wanted = levels[random.weighted(levels.map(([, weight]) => weight))]?.[0] ?? 1;
  const market = markets[random.weighted(markets.map(({ share }) => share))] as MarketPlan;
  const names = Object.keys(plan.holdings);
  const holding = names[random.weighted(names.map((name) => plan.holdings[name] ?? 0))] ?? 'USDC';
  const leverage = Math.min(wanted * random.between(0.7, 1.3), allowedLeverage(market, equityUsd * wanted));
  const side = random.chance(plan.longShare) ? 1 : -1;
  return {
    equityUsd,
    holding,
    base: market.base,
    notionalUsd: side * equityUsd * leverage,
    withdraws: false,
    isWhale: false,
  };
}

/** The same trader, larger or smaller, within what the venue lets it open. */
function scaled(trader: Trader, factor: number, markets: readonly MarketPlan[]): Trader {
  const equityUsd = trader.equityUsd * factor;
  const notional = Math.abs(trader.notionalUsd) * factor;
  const market = markets.find(({ base }) => base === trader.base) as MarketPlan;
  const allowed = Math.min(notional, equityUsd * allowedLeverage(market, notional));
  return { ...trader, equityUsd, notionalUsd: trader.notionalUsd < 0 ? -allowed : allowed };
}

function whaleTrader({ base, side, notionalUsd, equityUsd, holding = 'USDC', withdraws = false }: Whale): Trader {
  return {
    equityUsd,
    holding,
    base,
    notionalUsd: side === 'long' ? notionalUsd : -notionalUsd,
    withdraws,
    isWhale: true,
  };
}

/** Whales last: they find the others there. */
export function drawPopulation({ population, markets }: Scenario, random: Random): readonly Trader[] {
  const drawn = Array.from({ length: population.accounts }, () => drawTrader(population, markets, random));
  const longUsd = drawn.reduce((sum, { notionalUsd }) => sum + Math.max(0, notionalUsd), 0);
  const factor = longUsd === 0 ? 1 : population.openInterestUsd / longUsd;
  return [...drawn.map((trader) => scaled(trader, factor, markets)), ...(population.whales ?? []).map(whaleTrader)];
}
