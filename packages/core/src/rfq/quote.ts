// Answering a request. Who quotes does not know which side is asked for: a quote is a promise to buy at one price and to sell at
// the other, and both must be possible when it is given.
import { ORDER_STATUS, RFQ_MODE, SIDE, type SubmitQuote } from '@glasshouse/protocol';
import type { FeePpm } from '@glasshouse/units';
import { powerOfTen } from '@glasshouse/units';
import { marketAdmits } from '../orders/admission.js';
import { lotsFit, pricesFit, ticksOf } from '../orders/grids.js';
import { reaches } from '../prices/bands.js';
import { feeTierOf } from '../state/fee-tier.js';
import type { Market } from '../state/markets.js';
import { lendingFlagsOf } from '../state/order-flags.js';
import { reject } from '../state/reject.js';
import { quoteViewOf, rfqViewOf } from '../state/rfq-views.js';
import type { Quote, Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';
import { quantityText } from '../state/texts.js';
import { execute, PRICED } from './accept.js';
import { closeQuote, closeRfq, endBy } from './end.js';
import { type Fill, fillAt, lotsAt, makerOf, partyRefusal, takerOf, ticksFor } from './fill.js';
import { immediateTicks } from './immediate.js';
import { mayAgree } from './parties.js';

const US_PER_MS = 1000;
/** The side of a request that the quoter's bid answers comes first. */
const SIDES = [SIDE.ask, SIDE.bid] as const;

function isCrossed({ bidPrice, askPrice }: SubmitQuote): boolean {
  const worth = ({ digits, scale }: SubmitQuote['bidPrice']) => digits / (powerOfTen(scale) ?? 1);
  return worth(bidPrice) > worth(askPrice);
}

function pricesAdmitted(state: State, market: Market, command: SubmitQuote): boolean {
  if (!isCrossed(command)) return pricesFit(state, market, [command.bidPrice, command.askPrice]);
  reject(state, 'parameterConflict', { problem: 'bidPrice is above askPrice' });
  return false;
}

/** The rate of the moment. Negative ones stand for no fee. */
const feeOf = (state: State, accountId: number): FeePpm =>
  Math.max(0, feeTierOf(state, accountId)?.makerPpm ?? 0) as FeePpm;

function quoteOn(state: State, market: Market, rfq: Rfq, command: SubmitQuote): Quote {
  const { clientId, bidPrice, askPrice } = command;
  const { accountId, timeUs } = state.scope;
  return {
    quoteId: state.lastOrderId + 1,
    rfqId: rfq.rfqId,
    accountId,
    marketId: market.marketId,
    clientId,
    bidTicks: ticksOf(market, bidPrice.digits, bidPrice.scale),
    askTicks: ticksOf(market, askPrice.digits, askPrice.scale),
    lendingFlags: lendingFlagsOf(command),
    feePpm: feeOf(state, accountId),
    createdUs: timeUs,
    expiryUs: rfq.expiryUs,
  };
}

function sizesFit(state: State, market: Market, rfq: Rfq, quote: Quote): boolean {
  return SIDES.every((side) => {
    const lots = lotsAt(market, rfq, ticksFor(quote, side));
    return lotsFit(state, market, lots, quantityText(market, lots));
  });
}

function mayQuote({ accounts, scope }: State, rfq: Rfq): boolean {
  return accounts.customerId[scope.accountId] !== accounts.customerId[rfq.accountId];
}

function inTime(state: State, { submissionUs }: Rfq): boolean {
  if (state.timeUs < submissionUs) return true;
  const inMs = (timeUs: number) => Math.floor(timeUs / US_PER_MS);
  reject(state, 'quoteTooLate', { submissionTime: inMs(submissionUs), now: inMs(state.timeUs) });
  return false;
}

const isBetter = (rfq: Rfq, quote: Quote, other: Quote): boolean => {
  const [ticks, others] = [ticksFor(quote, rfq.side), ticksFor(other, rfq.side)];
  return rfq.side === SIDE.bid ? ticks < others : ticks > others;
};

/** The least good one, the youngest of equals. */
function worstQuote(rfq: Rfq): Quote {
  return rfq.quotes.reduce((worst, quote) => (isBetter(rfq, quote, worst) ? worst : quote));
}

/** What has to give way for the quote: undefined when there is room for it. */
function displaced(market: Market, rfq: Rfq, quote: Quote): Quote | undefined {
  const before = rfq.quotes.find(({ accountId }) => accountId === quote.accountId);
  if (before !== undefined || rfq.quotes.length < (market.rfq?.maxQuotesPerRequest ?? 0)) return before;
  return worstQuote(rfq);
}

function withinCounts(state: State, market: Market, rfq: Rfq, quote: Quote): boolean {
  const { accountId } = quote;
  const out = displaced(market, rfq, quote);
  if (out?.accountId === accountId) return true;
  const open = state.rfqs.quotesOf(accountId).filter(({ marketId }) => marketId === market.marketId).length;
  const limit = market.rfq?.maxQuotesPerAccount ?? 0;
  if (open >= limit) reject(state, 'quoteLimit', { open, limit });
  else if (out === undefined || isBetter(rfq, quote, out)) return true;
  else reject(state, 'quoteLimit', { open: rfq.quotes.length, limit: rfq.quotes.length });
  return false;
}

/** Either way, the bid first, whichever is asked for: a refusal must not tell the side. */
function bothWaysBorne(state: State, market: Market, rfq: Rfq, quote: Quote): boolean {
  return SIDES.every((side) => {
    const fill = fillAt(market, rfq, ticksFor(quote, side)) as Fill;
    const refusal = partyRefusal(state, market, makerOf(quote, side), fill);
    if (refusal !== undefined) reject(state, refusal.reason, refusal.details);
    return refusal === undefined;
  });
}

/** Undefined after a reject. */
function admitted(state: State, market: Market, rfq: Rfq, command: SubmitQuote): Quote | undefined {
  if (!marketAdmits(state, market, PRICED) || !pricesAdmitted(state, market, command)) return undefined;
  const quote = quoteOn(state, market, rfq, command);
  if (!sizesFit(state, market, rfq, quote)) return undefined;
  if (!mayQuote(state, rfq)) return void reject(state, 'quoteToSelf', { rfqId: String(rfq.rfqId) });
  const fits = inTime(state, rfq) && withinCounts(state, market, rfq, quote);
  return fits && bothWaysBorne(state, market, rfq, quote) ? quote : undefined;
}

/** The quoter has just been looked at; who asked ends the request by having nothing to pay with. */
function takeAtOnce(state: State, market: Market, rfq: Rfq, quote: Quote): void {
  const ticks = ticksFor(quote, rfq.side);
  const worst = immediateTicks(state, market, rfq);
  if (rfq.mode !== RFQ_MODE.immediate || worst === 0 || !reaches(rfq.side, worst, ticks)) return;
  const fill = fillAt(market, rfq, ticks) as Fill;
  const refusal = partyRefusal(state, market, takerOf(rfq), fill);
  if (refusal !== undefined) return closeRfq(state, rfq, ORDER_STATUS.expired, endBy(refusal));
  execute(state, market, rfq, quote, fill);
}

export function submitQuote(state: State, command: SubmitQuote): void {
  const { rfqs, scope } = state;
  if (!mayAgree(state, scope.accountId)) return;
  const rfq = rfqs.get(command.rfqId);
  if (rfq === undefined) return reject(state, 'rfqUnknown', { rfqId: String(command.rfqId) });
  const market = state.markets.get(rfq.marketId) as Market;
  const quote = admitted(state, market, rfq, command);
  if (quote === undefined) return;
  const out = displaced(market, rfq, quote);
  if (out !== undefined) closeQuote(state, out, out.accountId === quote.accountId ? 'replaced' : 'outquoted');
  state.lastOrderId = quote.quoteId;
  rfqs.addQuote(rfq, quote);
  scope.emit?.({ kind: 'quoteOpened', quote: quoteViewOf(quote), rfq: rfqViewOf(rfq) });
  takeAtOnce(state, market, rfq, quote);
}
