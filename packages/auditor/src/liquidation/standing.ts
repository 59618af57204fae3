// How an account stands against its maintenance margin at any moment of a step, by the auditor's own books: the claim is unsettled PnL
// less the cost of positions, so that with their value at the mark it is all that perpetuals have brought.
import type { MarketView } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { Ledger } from '../books/ledger.js';
import type { PositionBook } from '../books/positions.js';
import { type Exact, exact, scaled, sum, ZERO } from '../exact.js';
import { type AccountMargin, accountMargin } from '../margin/account.js';
import type { AccountPicture, Holding, Stake } from '../margin/picture.js';
import type { PriceBoard } from './board.js';

export type Standing = {
  readonly equity: Exact;
  readonly maintenance: Exact;
  /** Of positions and loans. */
  readonly exposure: Exact;
  readonly autoCloseEquity: Exact;
  /** At full prices, without collateral weights. */
  readonly worth: Exact;
  /** Everything held, owed and at stake, without signs. */
  readonly gross: Exact;
  /** What doubles and their sums may differ by. */
  readonly slack: Exact;
};

const RELATIVE = exact('1e-9');
const FEW_ATOMS = exact('5e-6');

/** Maintenance margin is met, or nothing is at stake: neither a last bit nor a few atoms decide. */
export const isClearlySound = ({ equity, maintenance, exposure, slack }: Standing): boolean =>
  exposure.isZero() || equity.minus(maintenance).greaterThan(slack);

export const isClearlyUnsound = ({ equity, maintenance, exposure, slack }: Standing): boolean =>
  exposure.greaterThan(0) && maintenance.minus(equity).greaterThan(slack);

/**
 * A path of prices, as a sum of relative steps, that cannot carry the account to its maintenance: equity moves by no more than the gross
 * sum does, and maintenance, which grows with the power 3/2 of a price, by no more than twice that.
 */
export function shockBorne({ equity, maintenance, gross }: Standing): number {
  const room = equity.minus(maintenance);
  if (!room.greaterThan(0)) return 0;
  const shock = room.dividedBy(gross.plus(maintenance.times(2))).toNumber();
  return Math.min(MOST_SHOCK, shock / (1 + shock));
}

/** Beyond it the powers of a price are no longer bounded by twice its step. */
const MOST_SHOCK = 0.25;

export class Standings {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
    private readonly positions: PositionBook,
    private readonly board: PriceBoard,
  ) {}

  of(accountId: number): Standing {
    const picture = this.pictureOf(accountId);
    const margin = accountMargin(picture);
    const { netEquity, maintenanceMargin, exposure, autoCloseEquity } = margin;
    const worth = worthOf(picture, margin);
    const terms = [margin.collateral, margin.borrowLiability, margin.unrealizedPnl.abs(), margin.unsettled.abs()];
    const gross = sum(terms).plus(exposure);
    const slack = gross.times(RELATIVE).plus(FEW_ATOMS);
    return { equity: netEquity, maintenance: maintenanceMargin, exposure, autoCloseEquity, worth, gross, slack };
  }

  /** Orders are left out: maintenance knows none. */
  pictureOf(accountId: number, openOrders = false): AccountPicture {
    const holdings: Holding[] = [];
    const claims: Exact[] = [];
    for (const asset of this.catalogue.assets) {
      const columns = this.ledger.known(accountId, asset.assetId);
      if (columns === undefined) continue;
      const { cash, loan, claim } = columns;
      const price = this.board.usd(asset.assetId);
      const units = (atoms: bigint): Exact => scaled(atoms.toString(), asset.decimals);
      const quantity = units(loan > 0n ? cash + loan : cash);
      const borrowed = units(loan < 0n ? -loan : 0n);
      holdings.push({ quantity, borrowed, price, collateral: asset.collateral, borrowMargin: asset.lending });
      claims.push(units(claim).times(price));
    }
    return { holdings, stakes: this.#stakesOf(accountId, openOrders), unsettled: sum(claims) };
  }

  /** Lots, by market, of positions that are open. */
  *openPositions(accountId: number): Generator<{ readonly market: MarketView; readonly lots: bigint }> {
    for (const market of this.catalogue.markets) {
      const lots = this.positions.known(accountId, market.marketId)?.lots ?? 0n;
      if (lots !== 0n) yield { market, lots };
    }
  }

  #stakesOf(accountId: number, openOrders: boolean): Stake[] {
    const stakes: Stake[] = [];
    for (const market of this.catalogue.markets) {
      const position = this.positions.known(accountId, market.marketId);
      const { perp } = market;
      if (position === undefined || perp === undefined) continue;
      const units = (lots: bigint | number): Exact =>
        scaled(exact(lots.toString()).times(market.stepDigits), market.stepScale);
      stakes.push({
        size: units(position.lots),
        basisCost: ZERO,
        openBids: openOrders ? units(position.shown?.openBidLots ?? 0) : ZERO,
        openAsks: openOrders ? units(position.shown?.openAskLots ?? 0) : ZERO,
        markPrice: this.board.mark(market.marketId),
        quotePrice: this.board.usd(market.quoteAssetId),
        maxLeverage: perp.maxLeverage,
        imf: perp.imf,
        mmf: perp.mmf,
      });
    }
    return stakes;
  }
}

function worthOf({ holdings }: AccountPicture, { unrealizedPnl, unsettled, borrowLiability }: AccountMargin): Exact {
  const held = sum(holdings.map(({ quantity, price }) => exact(quantity).times(price)));
  return held.plus(unrealizedPnl).plus(unsettled).minus(borrowLiability);
}
