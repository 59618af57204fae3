// Plays recorded venues into the real core: each is a source of its own, and the book of a perpetual stands where a recorded
// perpetual stood.
import type {
  AssetConfiguration,
  Event,
  GenesisConfiguration,
  MarketConfiguration,
  RiskConfiguration,
} from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import { DEFAULT_RISK } from '../../src/state/state.js';
import { FeedVenue } from './feed-venue.js';

export type SourceList = readonly { readonly name: string; readonly weight: number }[];

const sourced = (asset: AssetConfiguration, sources: SourceList, updateCap = 0.0025): AssetConfiguration => ({
  ...asset,
  index: { sources, updateCap },
});

/** For candles: a source is believed until its next one. */
export const BY_THE_CANDLE: Partial<RiskConfiguration> = { sampleIntervalMs: 60_000, sourceStaleMs: 600_000 };

/** The test venue, listening to these sources for these assets. */
export function genesisWith(
  sources: Readonly<Record<string, SourceList>>,
  risk: Partial<RiskConfiguration> = {},
): GenesisConfiguration {
  const assets = RISK_GENESIS.assets.map((asset) => {
    const own = sources[asset.symbol];
    return own === undefined ? asset : sourced(asset, own);
  });
  return { ...RISK_GENESIS, assets, risk: { ...DEFAULT_RISK, ...risk } };
}

/** The same with one more asset and its perpetual, on the terms of SOL and the grid given. */
export function genesisListing(
  symbol: string,
  sources: SourceList,
  grid: Pick<MarketConfiguration, 'tickSize' | 'stepSize' | 'minPrice' | 'minQuantity' | 'maxPrice'>,
): GenesisConfiguration {
  const sol = RISK_GENESIS.assets.find((asset) => asset.symbol === 'SOL') as AssetConfiguration;
  const perp = RISK_GENESIS.markets.find((market) => market.symbol === 'SOL_USDC_PERP') as MarketConfiguration;
  return {
    ...RISK_GENESIS,
    assets: [...RISK_GENESIS.assets, sourced({ ...sol, symbol, displayName: symbol }, sources)],
    markets: [...RISK_GENESIS.markets, { ...perp, symbol: `${symbol}_USDC_PERP`, base: symbol, ...grid }],
  };
}

export class DayPlayer extends FeedVenue {
  readonly quoter: number;

  constructor(genesis: GenesisConfiguration) {
    super({ genesis, checked: false });
    this.quoter = this.trader('quoter', { USDC: '100000000' });
  }

  /** Sequenced time goes to this moment of the recording. */
  at(timeMs: number): Event[] {
    return this.pass(timeMs - this.maker.nowMs);
  }

  /** The same, but it is the next command that carries the time. */
  moveTo(timeMs: number): void {
    this.maker.nowMs = timeMs;
  }

  /** The book of a perpetual stands at this price: one bid and one ask, a tick either side. */
  quote(symbol: string, price: number): Event[] {
    const { tickDigits, tickScale, minLots, stepDigits, stepScale } = this.market(symbol).filters;
    const ticks = Math.round((price * 10 ** tickScale) / tickDigits);
    const quantity = ((minLots * stepDigits) / 10 ** stepScale).toFixed(stepScale);
    const at = (tick: number) => ((tick * tickDigits) / 10 ** tickScale).toFixed(tickScale);
    this.command(this.quoter, 'orderCancelAll', { symbol });
    const order = { symbol, quantity, postOnly: true };
    return [
      ...this.limit(this.quoter, 'Bid', at(ticks - 1), quantity, order),
      ...this.limit(this.quoter, 'Ask', at(ticks + 1), quantity, order),
    ];
  }

  /** Distance of the mark from the index. */
  premium(symbol: string): number {
    const { markPrice, indexPrice } = this.perp(symbol);
    return markPrice / indexPrice - 1;
  }
}
