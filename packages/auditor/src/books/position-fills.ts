// What changes positions: fills in perpetuals, and what a liquidated account passes on to another, as if the two had traded.
import type { Event, Side } from '@glasshouse/protocol';
import { MARKET_KIND, SIDE } from '@glasshouse/protocol';
import type { Catalogue } from './catalogue.js';

export type PositionFill = {
  readonly accountId: number;
  readonly marketId: number;
  /** Negative when sold. */
  readonly lots: bigint;
  readonly quote: bigint;
};

type Terms = { readonly side: Side; readonly sizeLots: number; readonly quoteAtoms: number };

function fillOf(accountId: number, marketId: number, { side, sizeLots, quoteAtoms }: Terms): PositionFill {
  const sign = side === SIDE.bid ? 1n : -1n;
  return { accountId, marketId, lots: sign * BigInt(sizeLots), quote: sign * BigInt(quoteAtoms) };
}

function mirrored(fill: PositionFill, accountId: number): PositionFill {
  return { ...fill, accountId, lots: -fill.lots, quote: -fill.quote };
}

export function positionFillsOf(event: Event, catalogue: Catalogue): PositionFill[] {
  switch (event.kind) {
    case 'orderFilled': {
      const { accountId, marketId, side } = event.order;
      if (catalogue.market(marketId).kind !== MARKET_KIND.perp) return [];
      return [fillOf(accountId, marketId, { ...event.fill, side })];
    }
    case 'backstopAssigned': {
      const given = fillOf(event.accountId, event.marketId, event);
      return [given, mirrored(given, event.providerAccountId)];
    }
    case 'deleveraged': {
      const given = fillOf(event.accountId, event.marketId, event);
      return [given, mirrored(given, event.counterpartyAccountId)];
    }
    default:
      return [];
  }
}
