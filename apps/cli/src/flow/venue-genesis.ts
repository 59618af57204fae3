// A venue with one market in which recorded orders of any size and price are welcome: no fees, bands as wide as they go.
import type { GenesisConfiguration, MarketConfiguration, ServiceKeyConfiguration } from '@glasshouse/protocol';
import { formatDecimal, MAX_SAFE } from '@glasshouse/units';
import type { Grid } from './grid.js';

export type Pair = { readonly base: string; readonly quote: string };

export const FLOW_CHAIN = 'Sandbox';
/** All that the venue may owe of one asset, less what rounding could add. */
export const WHOLE_SUPPLY_ATOMS = 9_000_000_000_000_000;

const WIDEST_BAND_PPM = 1_000_000_000;
const DAY_MS = 86_400_000;
const MOST_OPEN_ORDERS = 10_000_000;

export const symbolOf = ({ base, quote }: Pair): string => `${base}_${quote}`;
/** Tick × step is one quote atom. */
export const quoteDecimals = (grid: Grid): number => grid.tickScale + grid.stepScale;

function asset(symbol: string, decimals: number) {
  const token = {
    blockchain: FLOW_CHAIN,
    depositEnabled: true,
    withdrawEnabled: false,
    minimumDeposit: '0',
    minimumWithdrawal: '0',
    withdrawalFee: '0',
  };
  return { symbol, displayName: symbol, decimals, tokens: [token] };
}

function flowMarket(pair: Pair, grid: Grid): MarketConfiguration {
  const bandPpm = Math.min(WIDEST_BAND_PPM, Math.floor(MAX_SAFE / (2 * grid.maxTicks)));
  return {
    symbol: symbolOf(pair),
    ...pair,
    tickSize: formatDecimal(1, grid.tickScale),
    stepSize: formatDecimal(1, grid.stepScale),
    minPrice: formatDecimal(1, grid.tickScale),
    maxPrice: formatDecimal(grid.maxTicks, grid.tickScale),
    minQuantity: formatDecimal(1, grid.stepScale),
    maxQuantity: formatDecimal(grid.maxOrderLots, grid.stepScale),
    limitMinPpm: 0,
    limitMaxPpm: bandPpm,
    impactMinPpm: 0,
    impactMaxPpm: bandPpm,
    state: 'Open',
  };
}

export function flowGenesis(pair: Pair, grid: Grid, keys: readonly ServiceKeyConfiguration[]): GenesisConfiguration {
  return {
    format: 1,
    name: `Recorded flow of ${symbolOf(pair)}`,
    settings: {
      openRegistration: true,
      maxSubaccountsPerCustomer: 0,
      maxOpenOrdersPerAccount: MOST_OPEN_ORDERS,
      maxKeysPerAccount: 1,
      futureToleranceMs: 1_000,
      proposalLifetimeMs: DAY_MS,
    },
    assets: [asset(pair.base, grid.stepScale), asset(pair.quote, quoteDecimals(grid))],
    markets: [flowMarket(pair, grid)],
    spotFeeTiers: [{ name: 'No fees', minVolume: 0, makerPpm: 0, takerPpm: 0 }],
    keys,
  };
}
