// Every trade is one bid and one ask of equal size and price, and no rebate is paid that the other side's fee does not cover.
import type { Event, FillView, TradeView } from '@glasshouse/protocol';
import { SIDE, type Side } from '@glasshouse/protocol';
import type { FindingLog } from './finding.js';

type OpenTrade = { readonly trade: TradeView; readonly sides: { readonly side: Side; readonly fill: FillView }[] };

const sameTerms = (fill: FillView, trade: TradeView): boolean =>
  fill.sizeLots === trade.sizeLots && fill.priceTicks === trade.priceTicks && fill.quoteAtoms === trade.quoteAtoms;

export class TradeBook {
  readonly #open = new Map<string, OpenTrade>();

  observe(event: Event, findings: FindingLog): void {
    if (event.kind === 'traded') {
      const { trade } = event;
      this.#open.set(`${trade.marketId}:${trade.tradeId}`, { trade, sides: [] });
    }
    if (event.kind !== 'orderFilled') return;
    const { order, fill } = event;
    const open = this.#open.get(`${order.marketId}:${fill.tradeId}`);
    const place = { accountId: order.accountId, marketId: order.marketId };
    if (open === undefined) findings.add('tradeHasTwoSides', place, `trade ${fill.tradeId} of this step`, 'none');
    open?.sides.push({ side: order.side, fill });
  }

  closeStep(findings: FindingLog): void {
    for (const open of this.#open.values()) this.#check(open, findings);
    this.#open.clear();
  }

  #check({ trade, sides }: OpenTrade, findings: FindingLog): void {
    const { marketId } = trade;
    const bids = sides.filter(({ side }) => side === SIDE.bid).length;
    if (bids !== 1 || sides.length !== 2 || !sides.every(({ fill }) => sameTerms(fill, trade))) {
      findings.add('tradeHasTwoSides', { marketId }, JSON.stringify(trade), JSON.stringify(sides));
    }
    // Fees of spot trades may be in two assets: then neither can cover the other.
    const [first, second] = sides;
    if (first === undefined || second === undefined || first.fill.feeAssetId !== second.fill.feeAssetId) return;
    const fees = first.fill.feeAtoms + second.fill.feeAtoms;
    if (fees < 0) findings.add('feesCoverRebate', { marketId, assetId: first.fill.feeAssetId }, 0, fees);
  }
}
