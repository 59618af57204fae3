// Positions as their fills and settlements make them: size exactly, cost to the atom by which a partial close may be rounded.
import type { Event, PnlSettled, PositionView } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';
import { PairMap } from './pair-map.js';
import { type PositionFill, positionFillsOf } from './position-fills.js';
import { settledAtoms } from './settled-pnl.js';

export type Position = {
  readonly accountId: number;
  readonly marketId: number;
  lots: bigint;
  cost: bigint;
  /** Partial closes of this step: each may have rounded the released cost by one atom. */
  closes: number;
  /** Of the cost, what is in the account's sum. */
  summed: bigint;
  shown: PositionView | undefined;
};

export class PositionBook {
  readonly #positions = new PairMap<Position>();
  readonly #touched = new Set<Position>();
  readonly #sizes = new Map<number, { total: bigint; long: bigint }>();
  /** Σ cost per account and quote asset, as shown. */
  readonly #costs = new PairMap<{ atoms: bigint }>();
  readonly #costInAll = new Map<number, bigint>();

  position(accountId: number, marketId: number): Position {
    const make = (): Position => ({ accountId, marketId, lots: 0n, cost: 0n, closes: 0, summed: 0n, shown: undefined });
    return this.#positions.obtain(accountId, marketId, make);
  }

  /** Undefined when there has never been one. */
  known(accountId: number, marketId: number): Position | undefined {
    return this.#positions.get(accountId, marketId);
  }

  /** Of all positions of the account, at the end of the last step. */
  costOf(accountId: number, quoteAssetId: number): bigint {
    return this.#costs.get(accountId, quoteAssetId)?.atoms ?? 0n;
  }

  /** Of all accounts: what positions owe to the pool. Not nothing while a settlement has come to one side of a market only. */
  costInAll(quoteAssetId: number): bigint {
    return this.#costInAll.get(quoteAssetId) ?? 0n;
  }

  /** Of the step so far. */
  get touched(): ReadonlySet<Position> {
    return this.#touched;
  }

  /** Lots of all long positions. */
  openInterest(marketId: number): bigint {
    return this.#sizesOf(marketId).long;
  }

  observe(event: Event, catalogue: Catalogue, findings: FindingLog): void {
    for (const fill of positionFillsOf(event, catalogue)) this.#fill(fill);
    if (event.kind === 'pnlSettled') this.#settle(event, catalogue, findings);
    if (event.kind === 'positionChanged') this.#show(event.position);
  }

  closeStep(catalogue: Catalogue, findings: FindingLog): void {
    const markets = new Set<number>();
    for (const position of this.#touched) {
      this.#compare(position, findings);
      this.#sumCost(position, catalogue);
      markets.add(position.marketId);
    }
    this.#touched.clear();
    for (const marketId of markets) {
      findings.expectSame('sizesCancel', { marketId }, 0n, this.#sizesOf(marketId).total);
    }
  }

  #fill({ accountId, marketId, lots, quote }: PositionFill): void {
    const position = this.position(accountId, marketId);
    if (position.lots * lots < 0n && lots !== -position.lots) position.closes += 1;
    position.cost = costAfter(position, lots, quote);
    this.#resize(position, position.lots + lots);
    this.#touched.add(position);
  }

  #settle({ accountId, marketId, markPrice, pnlAtoms }: PnlSettled, catalogue: Catalogue, findings: FindingLog): void {
    const position = this.position(accountId, marketId);
    const expected = settledAtoms(position, markPrice, catalogue);
    // The mark is a double: its product with the size may fall on the other side of a whole atom; so may closes before it.
    const most = BigInt(1 + position.closes);
    const difference = expected - BigInt(pnlAtoms);
    if (difference < -most || difference > most) {
      findings.add('settledAtMark', { accountId, marketId }, expected, pnlAtoms);
    }
    position.cost += BigInt(pnlAtoms);
    this.#touched.add(position);
  }

  #show(view: PositionView): void {
    const position = this.position(view.accountId, view.marketId);
    position.shown = view;
    this.#touched.add(position);
  }

  #resize(position: Position, lots: bigint): void {
    const sizes = this.#sizesOf(position.marketId);
    sizes.total += lots - position.lots;
    sizes.long += positive(lots) - positive(position.lots);
    position.lots = lots;
  }

  #sizesOf(marketId: number): { total: bigint; long: bigint } {
    const known = this.#sizes.get(marketId) ?? { total: 0n, long: 0n };
    this.#sizes.set(marketId, known);
    return known;
  }

  #compare(position: Position, findings: FindingLog): void {
    const { accountId, marketId } = position;
    const place = { accountId, marketId };
    const lots = BigInt(position.shown?.sizeLots ?? 0);
    const cost = BigInt(position.shown?.basisCostAtoms ?? 0);
    findings.expectSame('positionFollows', place, position.lots, lots);
    const rounded = cost - position.cost;
    const most = BigInt(position.closes);
    if (rounded > most || rounded < -most) findings.add('costFollows', place, position.cost, cost);
    this.#resize(position, lots);
    position.cost = cost;
    position.closes = 0;
  }

  #sumCost(position: Position, catalogue: Catalogue): void {
    const { quoteAssetId } = catalogue.market(position.marketId);
    const sum = this.#costs.obtain(position.accountId, quoteAssetId, () => ({ atoms: 0n }));
    const added = position.cost - position.summed;
    sum.atoms += added;
    this.#costInAll.set(quoteAssetId, this.costInAll(quoteAssetId) + added);
    position.summed = position.cost;
  }
}

const positive = (lots: bigint): bigint => (lots > 0n ? lots : 0n);

/** A fill on the same side adds what it cost; on the other side it releases its share, and what is left over opens anew. */
function costAfter(position: Position, lots: bigint, quote: bigint): bigint {
  const before = position.lots;
  if (before * lots >= 0n) return position.cost + quote;
  const after = before + lots;
  if (after * before >= 0n) return (position.cost * after) / before;
  return quote + (quote * before) / lots;
}
