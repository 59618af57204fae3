// A venue whose assets have the prices of a quiet day, without feeds: marks stand still until a test moves them.
import { fakePublicKey, RISK_GENESIS } from '@glasshouse/testkit';
import type { Price } from '@glasshouse/units';
import { Venue } from '../venue.js';

export const QUIET_DAY: Readonly<Record<string, number>> = {
  BTC: 100_000,
  ETH: 4_000,
  SOL: 150,
  USDT: 1,
  kBONK: 0.02,
};

const FREE = { name: 'Free', minVolume: 0, makerPpm: 0, takerPpm: 0, perpMakerPpm: 0, perpTakerPpm: 0 };

const FREE_TIERS = [FREE, { ...FREE, minVolume: 1 }, { ...FREE, minVolume: 2 }];

const HALF_A_DAY_MS = 43_200_000;

export class PricedVenue extends Venue {
  constructor(options: { readonly fees?: boolean; readonly checked?: boolean; readonly genesis?: object } = {}) {
    /** No sample comes between, so that prices which a test sets stay. */
    const genesis = { ...(options.genesis ?? RISK_GENESIS), risk: undefined };
    super({
      genesis: options.fees === true ? genesis : { ...genesis, spotFeeTiers: FREE_TIERS },
      checked: options.checked ?? true,
    });
    for (const asset of this.state.assets.list) {
      const price = QUIET_DAY[asset.symbol];
      if (price !== undefined) this.index(asset.symbol, price);
    }
    for (const market of this.state.markets.list) {
      const base = this.state.assets.get(market.baseAssetId)?.symbol ?? '';
      if (market.perp !== undefined) this.mark(market.symbol, QUIET_DAY[base] ?? 0);
    }
    this.maker.nowMs = Math.ceil(this.maker.nowMs / HALF_A_DAY_MS) * HALF_A_DAY_MS + 500;
    this.state.schedule.nextSampleUs = Number.MAX_SAFE_INTEGER as typeof this.state.schedule.nextSampleUs;
  }

  index(symbol: string, price: number): void {
    const asset = this.state.assets.bySymbol(symbol);
    const entry = this.state.assetPrices[(asset?.assetId ?? 0) - 1];
    if (entry !== undefined) entry.indexPrice = price as Price;
    this.state.priceVersion += 1;
  }

  mark(symbol: string, price: number): void {
    const market = this.state.markets.bySymbol(symbol);
    if (market !== undefined) {
      market.prices.indexLive = true;
      market.prices.markPrice = price as Price;
      market.prices.indexPrice = price as Price;
    }
    this.state.priceVersion += 1;
  }

  /** Both sides at one price: `long` buys of `short`. */
  trade(long: number, short: number, symbol: string, price: string, quantity: string): void {
    this.limit(short, 'Ask', price, quantity, { symbol });
    this.limit(long, 'Bid', price, quantity, { symbol });
  }

  position(keyId: number, symbol: string) {
    const market = this.state.markets.bySymbol(symbol);
    const row = [...this.rowsOf(keyId)].find((one) => this.state.positions.marketId(one) === market?.marketId);
    return row === undefined ? undefined : this.viewOf(row);
  }

  unsettled(keyId: number): number {
    return this.state.unsettled.atoms[this.accountOf(keyId)] as number;
  }

  keyOf(name: string): number {
    return this.keyId(fakePublicKey(name));
  }

  private *rowsOf(keyId: number): Generator<number> {
    const { accounts, positions } = this.state;
    let row = accounts.firstPosition[this.accountOf(keyId)] as number;
    for (; row !== 0; row = positions.next(row)) yield row;
  }

  private viewOf(row: number) {
    const { positions } = this.state;
    return {
      size: positions.sizeLots(row) as number,
      cost: positions.costAtoms(row) as number,
      entry: positions.entryCostAtoms(row) as number,
      realized: positions.realizedPnlAtoms(row) as number,
      funding: positions.fundingAtoms(row) as number,
    };
  }
}
