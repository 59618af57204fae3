// Venues on the same bases: perpetuals that share one margin account, and spot markets without any margin.
import type { AssetConfiguration, GenesisConfiguration, MarketConfiguration } from '@glasshouse/protocol';
import { BTC_MARGIN, perpTerms, RISK_ASSETS } from '@glasshouse/testkit';
import {
  asset,
  BENCH_GENESIS,
  type BenchMarket,
  type BenchVenue,
  type Funds,
  publicKeyOf,
  spot,
} from '../core/venue.js';
import type { Base } from './bases.js';

export const PRICE_FEED_KEY_ID = BENCH_GENESIS.keys.length + 1;

/** Prices may rise so many times. */
const PRICE_ROOM = 10;
/** What all positions of a market may be worth at its highest price: in atoms somewhat less than the ledger can count. */
const MARKET_LIMIT_USDC = 8e9;
/** Atoms that a pool lends at most: about half of what the ledger can count. */
const POOL_LIMIT_ATOMS = 4e15;

const FEES = { makerPpm: 800, takerPpm: 1000, perpMakerPpm: 200, perpTakerPpm: 500 };

const INDEX = RISK_ASSETS.find(({ symbol }) => symbol === 'BTC')?.index;

/** Collateral and pool as the documented defaults have them; an asset that they do not know has an index alone. */
function marginAsset(symbol: string, decimals: number): AssetConfiguration {
  const known = RISK_ASSETS.find((candidate) => candidate.symbol === symbol);
  const limit = String(Math.floor(POOL_LIMIT_ATOMS / 10 ** decimals));
  const listed = asset(symbol, decimals);
  if (known === undefined) return INDEX === undefined ? listed : { ...listed, index: INDEX };
  const lending = known.lending && { ...known.lending, openBorrowLendLimit: limit, borrowLimit: limit };
  return { ...known, tokens: listed.tokens, decimals, ...(lending && { lending }) };
}

function perpMarket({ symbol, tickSize, stepSize, startTicks, tickScale }: Base): MarketConfiguration {
  const maxPrice = (PRICE_ROOM * startTicks) / 10 ** tickScale;
  const perp = perpTerms(BTC_MARGIN, String(Math.floor(MARKET_LIMIT_USDC / maxPrice)));
  return {
    ...spot(symbol, tickSize, stepSize),
    symbol: `${symbol}_USDC_PERP`,
    maxPrice: String(maxPrice),
    maxQuantity: '1000',
    perp,
  };
}

function benchMarket({ tickScale, stepScale, startTicks, meanLots }: Base, symbol: string): BenchMarket {
  return { symbol, tickScale, stepScale, startTicks, meanLots };
}

/** Each of the stables is listed whether it is held or not. */
export function marginVenue(bases: readonly Base[], funds: Funds): BenchVenue {
  const genesis: GenesisConfiguration = {
    ...BENCH_GENESIS,
    name: 'bench venue with margin',
    assets: [
      marginAsset('USDC', 6),
      marginAsset('USDT', 6),
      ...bases.map(({ symbol, decimals }) => marginAsset(symbol, decimals)),
    ],
    markets: bases.map(perpMarket),
    spotFeeTiers: [{ name: 'Tier 1', minVolume: 0, ...FEES }],
    keys: [...BENCH_GENESIS.keys, { publicKey: publicKeyOf('feed'), role: 'priceFeed' }],
  };
  return { genesis, markets: bases.map((base) => benchMarket(base, `${base.symbol}_USDC_PERP`)), funds };
}

export function spotVenue(bases: readonly Base[], funds: Funds): BenchVenue {
  const genesis: GenesisConfiguration = {
    ...BENCH_GENESIS,
    name: 'bench venue without margin',
    assets: [asset('USDC', 6), ...bases.map(({ symbol, decimals }) => asset(symbol, decimals))],
    markets: bases.map(({ symbol, tickSize, stepSize }) => spot(symbol, tickSize, stepSize)),
  };
  return { genesis, markets: bases.map((base) => benchMarket(base, `${base.symbol}_USDC`)), funds };
}
