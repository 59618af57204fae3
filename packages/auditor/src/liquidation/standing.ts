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
  /** With perpetuals at their indexes. */
  readonly atIndex: Pick<Standing, 'equity' | 'maintenance'>;
  /** Whether who is sound there is left alone. */
  readonly sheltersAtIndex: boolean;
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

type Margin = Standing['atIndex'];

const roomOf = ({ equity, maintenance }: Margin): Exact => equity.minus(maintenance);

/** The prices by which the account is judged; it has to fail at each of them. */
const judged = (standing: Standing): readonly Margin[] =>
  standing.sheltersAtIndex ? [standing, standing.atIndex] : [standing];

/** Maintenance margin is met, or with nothing at stake nothing is owed: neither a last bit nor a few atoms decide. */
export function isClearlySpared(standing: Standing): boolean {
  const { exposure, slack } = standing;
  if (exposure.isZero()) return standing.equity.greaterThan(slack);
  return judged(standing).some((margin) => roomOf(margin).greaterThan(slack));
}

export function isClearlyDue(standing: Standing): boolean {
  const { exposure, slack } = standing;
  return exposure.greaterThan(0) && judged(standing).every((margin) => roomOf(margin).lessThan(slack.negated()));
}

/**
 * A path of prices, as a sum of relative steps, that cannot carry the account to where it is due: equity moves by no more than the gross
 * sum does, and maintenance, which grows with the power 3/2 of a price, by no more than twice that.
 */
export const shockBorne = (standing: Standing): number =>
  Math.max(...judged(standing).map((margin) => shockTo(margin, standing.gross)));

function shockTo(margin: Margin, gross: Exact): number {
  const { maintenance } = margin;
  const room = roomOf(margin);
  if (!room.greaterThan(0)) return 0;
  const shock = room.dividedBy(gross.plus(maintenance.times(2))).toNumber();
  return Math.min(MOST_SHOCK, shock / (1 + shock));
}

/** Beyond it the powers of a price are no longer bounded by twice its step. */
const MOST_SHOCK = 0.25;

export class Standings {
  /** Of the trigger in force. */
  sheltersAtIndex = false;

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
    const atMark = { equity: netEquity, maintenance: maintenanceMargin };
    const { sheltersAtIndex } = this;
    const shared = { exposure, autoCloseEquity, worth, gross, slack, sheltersAtIndex };
    return { ...atMark, atIndex: this.#atIndex(accountId, picture) ?? atMark, ...shared };
  }

  /** Undefined where no index is apart from its mark. */
  #atIndex(accountId: number, { stakes, ...rest }: AccountPicture): Margin | undefined {
    const markets = [...this.openPositions(accountId)].map(({ market }) => market);
    const isAtIndex = ({ marketId }: MarketView): boolean =>
      this.board.marketIndex(marketId) === this.board.mark(marketId);
    if (markets.every(isAtIndex)) return undefined;
    const atIndex = this.#stakesOf(accountId, false, ({ marketId }) => this.board.marketIndex(marketId));
    const { netEquity, maintenanceMargin } = accountMargin({ ...rest, stakes: atIndex });
    return { equity: netEquity, maintenance: maintenanceMargin };
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

  #stakesOf(
    accountId: number,
    openOrders: boolean,
    priceOf = ({ marketId }: MarketView): number => this.board.mark(marketId),
  ): Stake[] {
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
        markPrice: priceOf(market),
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
