// Requests for quotes and quotes as REST shows them, live and in their histories. Fields in alphabetical order, absent ones as null.
import type {
  DustConversion,
  Quote,
  QuoteFillHistorical,
  QuoteHistorical,
  RequestForQuote,
  RequestForQuoteFillHistorical,
  RequestForQuoteHistorical,
} from '@glasshouse/api';
import { type AssetView, type QuoteView, RFQ_MODE, type RfqView, SIDE, type Side } from '@glasshouse/protocol';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { DustRow, RfqFillRow } from '../rfq-port.js';
import { ORDER_STATUS_NAME, SIDE_NAME } from './names.js';
import { milliseconds, naiveDateTime } from './times.js';

const clientIdOf = (clientId: number): number | null => (clientId < 0 ? null : clientId);

function termsOf(listing: Listing, rfq: RfqView) {
  return {
    clientId: clientIdOf(rfq.clientId),
    executionMode: rfq.mode === RFQ_MODE.immediate ? ('Immediate' as const) : ('AwaitAccept' as const),
    price: rfq.priceTicks === 0 ? null : listing.price(rfq.priceTicks),
    quantity: rfq.sizeLots === 0 ? null : listing.quantity(rfq.sizeLots),
    quoteQuantity: rfq.quoteSizeAtoms === 0 ? null : listing.quoteQuantity(rfq.quoteSizeAtoms),
    rfqId: String(rfq.rfqId),
    side: SIDE_NAME[rfq.side],
    status: ORDER_STATUS_NAME[rfq.status],
    symbol: listing.market.symbol,
  };
}

export function rfqAnswer(listing: Listing, rfq: RfqView): RequestForQuote {
  return {
    ...termsOf(listing, rfq),
    createdAt: milliseconds(rfq.createdUs),
    expiryTime: milliseconds(rfq.expiryUs),
    submissionTime: milliseconds(rfq.submissionUs),
    systemOrderType: null,
  };
}

export function historicalRfq(listing: Listing, rfq: RfqView): RequestForQuoteHistorical {
  return {
    ...termsOf(listing, rfq),
    createdAt: naiveDateTime(rfq.createdUs),
    deferredSettlementQuoteId: null,
    expiryTime: naiveDateTime(rfq.expiryUs),
    submissionTime: naiveDateTime(rfq.submissionUs),
  };
}

function pricesOf(listing: Listing, quote: QuoteView) {
  return {
    askPrice: listing.price(quote.askTicks),
    bidPrice: listing.price(quote.bidTicks),
    quoteId: String(quote.quoteId),
    rfqId: String(quote.rfqId),
    status: ORDER_STATUS_NAME[quote.status],
  };
}

/** As its owner has it. */
export function quoteAnswer(listing: Listing, quote: QuoteView): Quote {
  return {
    ...pricesOf(listing, quote),
    clientId: clientIdOf(quote.clientId),
    createdAt: milliseconds(quote.createdUs),
  };
}

/** As who asked sees it: nothing that its owner chose but the prices. */
export function offeredQuote(listing: Listing, quote: QuoteView): Quote {
  return { ...quoteAnswer(listing, quote), clientId: null };
}

export function historicalQuote(listing: Listing, quote: QuoteView): QuoteHistorical {
  return {
    ...pricesOf(listing, quote),
    clientId: clientIdOf(quote.clientId),
    createdAt: naiveDateTime(quote.createdUs),
    deferredSettlement: false,
  };
}

export function rfqFillAnswer(
  listing: Listing,
  { rfq, quote, fill, timeUs }: RfqFillRow,
): RequestForQuoteFillHistorical {
  return {
    clientId: clientIdOf(rfq.clientId),
    createdAt: naiveDateTime(rfq.createdUs),
    fillPrice: listing.price(fill.priceTicks),
    filledAt: naiveDateTime(timeUs),
    quantity: listing.quantity(fill.sizeLots),
    quoteId: String(quote.quoteId),
    quoteQuantity: listing.quoteQuantity(fill.quoteAtoms),
    rfqId: String(rfq.rfqId),
    side: SIDE_NAME[rfq.side],
    symbol: listing.market.symbol,
    systemOrderType: null,
  };
}

const opposite = (side: Side): Side => (side === SIDE.bid ? SIDE.ask : SIDE.bid);

export function quoteFillAnswer(
  listing: Listing,
  feeAsset: AssetView,
  { rfq, quote, fill, timeUs }: RfqFillRow,
): QuoteFillHistorical {
  return {
    clientId: clientIdOf(quote.clientId),
    createdAt: naiveDateTime(quote.createdUs),
    fee: assetQuantity(feeAsset, fill.feeAtoms),
    feeSymbol: feeAsset.symbol,
    fillPrice: listing.price(fill.priceTicks),
    filledAt: naiveDateTime(timeUs),
    quantity: listing.quantity(fill.sizeLots),
    quoteId: String(quote.quoteId),
    rfqId: String(quote.rfqId),
    side: SIDE_NAME[opposite(rfq.side)],
    symbol: listing.market.symbol,
  };
}

export function dustAnswer(asset: AssetView, quoteAsset: AssetView, row: DustRow): DustConversion {
  return {
    id: row.dustId,
    quantity: assetQuantity(asset, row.quantityAtoms),
    symbol: asset.symbol,
    timestamp: naiveDateTime(row.timeUs),
    usdcReceived: assetQuantity(quoteAsset, row.receivedAtoms),
  };
}
