// An order pays the rates that its account had when it was accepted. What it pays as taker and what it pays as maker are each rounded up
// to a whole atom once, over all its fills so far; a rebate is rounded towards nothing.
import type { AccountView, Event, FeeTier, OrderFilled, OrderView } from '@glasshouse/protocol';
import { MARKET_KIND, ORDER_STATUS } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';
import type { FindingLog } from './finding.js';

type Part = { readonly ppm: bigint; quote: bigint };
type Parts = { readonly maker: Part; readonly taker: Part };

const MILLION = 1_000_000n;

export class FeeBook {
  readonly #accounts = new Map<number, AccountView>();
  #tiers: readonly FeeTier[] = [];
  readonly #orders = new Map<number, Parts>();

  /** As of now. */
  tierOf(accountId: number): FeeTier | undefined {
    return this.#tiers[this.#accounts.get(accountId)?.feeTier ?? -1];
  }

  observe(event: Event, catalogue: Catalogue, findings: FindingLog): void {
    switch (event.kind) {
      case 'accountCreated':
      case 'accountUpdated':
        this.#accounts.set(event.account.accountId, event.account);
        break;
      // New rates of a tier are those of its accounts at once, without a word about each of them.
      case 'settingsChanged':
        this.#tiers = event.spotFeeTiers;
        break;
      case 'orderAccepted':
        this.#accept(event.order, catalogue);
        break;
      case 'orderFilled':
        this.#fill(event, findings);
        break;
      case 'orderCancelled':
      case 'orderExpired':
        this.#orders.delete(event.order.orderId);
        break;
      default:
    }
  }

  #accept({ orderId, accountId, marketId }: OrderView, catalogue: Catalogue): void {
    const tier = this.tierOf(accountId);
    if (tier === undefined) return;
    const { makerPpm, takerPpm, perpMakerPpm = makerPpm, perpTakerPpm = takerPpm } = tier;
    const isPerp = catalogue.market(marketId).kind === MARKET_KIND.perp;
    this.#orders.set(orderId, {
      maker: unpaid(isPerp ? perpMakerPpm : makerPpm),
      taker: unpaid(isPerp ? perpTakerPpm : takerPpm),
    });
  }

  #fill({ order, fill }: OrderFilled, findings: FindingLog): void {
    const place = { accountId: order.accountId, marketId: order.marketId };
    const parts = this.#orders.get(order.orderId);
    if (parts === undefined) {
      findings.add('feeOfTier', place, 'an accepted order', `order ${order.orderId}`);
      return;
    }
    const part = fill.isMaker ? parts.maker : parts.taker;
    const before = feeAtoms(part);
    part.quote += BigInt(fill.quoteAtoms);
    findings.expectSame('feeOfTier', place, feeAtoms(part) - before, fill.feeAtoms);
    if (order.status === ORDER_STATUS.filled) this.#orders.delete(order.orderId);
  }
}

const unpaid = (ppm: number): Part => ({ ppm: BigInt(ppm), quote: 0n });

function feeAtoms({ ppm, quote }: Part): bigint {
  const parts = quote * ppm;
  // Division of whole numbers cuts towards zero, which is upwards for a rebate.
  return parts > 0n ? (parts + MILLION - 1n) / MILLION : parts / MILLION;
}
