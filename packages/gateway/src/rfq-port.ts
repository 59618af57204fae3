// What the gateway asks of the past of requests for quotes, of quotes, and of dust.
import type { OrderStatus, QuoteView, RfqFillView, RfqView, Side } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { Answer, Page, Paging } from './page-port.js';

export type RfqFillRow = {
  readonly rfq: RfqView;
  readonly quote: QuoteView;
  readonly fill: RfqFillView;
  readonly timeUs: TimeUs;
};

export type DustRow = {
  readonly dustId: number;
  readonly assetId: number;
  readonly quantityAtoms: Atoms;
  readonly quoteAssetId: number;
  readonly receivedAtoms: Atoms;
  readonly timeUs: TimeUs;
};

type OfMarket = { readonly accountId: number; readonly marketId?: number | undefined };
type WithStatus = { readonly status?: OrderStatus | undefined };
/** The account's own. */
type OfSide = { readonly side?: Side | undefined };
type OfQuote = { readonly quoteId?: number | undefined };
type DustFilter = {
  readonly accountId: number;
  readonly dustId?: number | undefined;
  readonly assetId?: number | undefined;
};

export interface PastRfqs {
  rfqs(query: OfMarket & OfSide & WithStatus & { readonly rfqId?: number | undefined } & Paging): Answer<Page<RfqView>>;
  quotes(query: OfMarket & WithStatus & OfQuote & Paging): Answer<Page<QuoteView>>;
  rfqFills(query: OfMarket & OfSide & OfQuote & Paging): Answer<Page<RfqFillRow>>;
  quoteFills(query: OfMarket & OfSide & OfQuote & Paging): Answer<Page<RfqFillRow>>;
  dustConversions(query: DustFilter & Paging): Answer<Page<DustRow>>;
}
