import { MARKET_STATE, type MarketKind, type MarketState, type PerpTerms, type RfqTerms } from '@glasshouse/protocol';
import type { Lots, Ticks, TimeUs } from '@glasshouse/units';
import type { OrderBook } from '../book/index.js';
import { IdSet } from './id-set.js';
import { PerpPrices } from './perp-prices.js';

/** Price and size grids, filters and bands of a market; replaced as a whole. Meanings as in protocol's MarketView. */
export type MarketFilters = {
  readonly tickDigits: number;
  readonly tickScale: number;
  readonly stepDigits: number;
  readonly stepScale: number;
  readonly minTicks: Ticks;
  readonly maxTicks: Ticks;
  readonly minLots: Lots;
  readonly maxLots: Lots;
  readonly limitMinPpm: number;
  readonly limitMaxPpm: number;
  readonly impactMinPpm: number;
  readonly impactMaxPpm: number;
  readonly atomsPerTickLot: number;
  readonly baseAtomsPerLot: number;
};

export class Market {
  lastTradeId = 0;
  /** 0 before the first trade. */
  lastTradeTicks = 0;
  /** Last spent id of book updates. */
  lastUpdateId = 0;
  /** 0 until it is asked for; see margin. Not state: follows from the grid. */
  quoteAtomsPerLot = 0;
  /** The same. */
  quoteUnits = 0;
  /** Accounts with a position or open futures orders here; follows from them. */
  readonly holders = new IdSet();
  /** Moves for perpetuals alone. */
  readonly prices = new PerpPrices();

  constructor(
    readonly marketId: number,
    readonly symbol: string,
    readonly baseAssetId: number,
    readonly quoteAssetId: number,
    readonly createdUs: TimeUs,
    public state: MarketState,
    public filters: MarketFilters,
    readonly book: OrderBook,
    readonly kind: MarketKind,
    /** Undefined for all but perpetuals. */
    public perp: PerpTerms | undefined,
    /** Undefined for all but markets of requests for quotes. */
    public rfq: RfqTerms | undefined,
  ) {}

  /**
   * What orders meet: a perpetual whose index has too few live sources is PostOnly. `state` is what operators have set; it
   * stays as it is, so that a halt never ends by itself.
   */
  get effectiveState(): MarketState {
    const { state, perp, prices } = this;
    if (perp === undefined || prices.indexLive) return state;
    return state === MARKET_STATE.open || state === MARKET_STATE.limitOnly ? MARKET_STATE.postOnly : state;
  }
}

/** Markets by id, from 1. */
export class MarketTable {
  readonly list: Market[] = [];
  readonly #bySymbol = new Map<string, Market>();

  add(market: Market): void {
    this.list.push(market);
    this.#bySymbol.set(market.symbol, market);
  }

  get(marketId: number): Market | undefined {
    return this.list[marketId - 1];
  }

  bySymbol(symbol: string): Market | undefined {
    return this.#bySymbol.get(symbol);
  }
}
