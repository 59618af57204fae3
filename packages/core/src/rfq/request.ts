// Asking for quotes, asking anew, and not asking any longer.
import {
  type CancelRfq,
  type DecimalText,
  ORDER_STATUS,
  ORDER_TYPE,
  type RefreshRfq,
  RFQ_MODE,
  SIDE,
  type SubmitRfq,
} from '@glasshouse/protocol';
import { type Atoms, baseAtoms, type Lots, type TimeUs } from '@glasshouse/units';
import type { Refusal } from '../lending/limits.js';
import { marketAdmits } from '../orders/admission.js';
import { fundsRefusal } from '../orders/funds.js';
import { admittedLots, admittedQuoteAtoms, lotsFit, pricesFit, ticksOf } from '../orders/grids.js';
import type { Market } from '../state/markets.js';
import { lendingFlagsOf } from '../state/order-flags.js';
import { reject } from '../state/reject.js';
import { rfqViewOf } from '../state/rfq-views.js';
import type { Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';
import { quantityText } from '../state/texts.js';
import { PRICED } from './accept.js';
import { closeRfq } from './end.js';
import { fillAt, lotsAt, partyRefusal, takerOf } from './fill.js';
import { indexEdgeTicks } from './immediate.js';
import { ownRfq } from './own.js';
import { mayAgree } from './parties.js';

const US_PER_MS = 1000;

function conflict({ rfq }: Market, { quantity, quoteQuantity }: SubmitRfq): string | undefined {
  if (rfq === undefined) return 'quotes are asked for in a market of type RFQ';
  return (quantity === undefined) === (quoteQuantity === undefined)
    ? 'give either quantity or quoteQuantity'
    : undefined;
}

/** Without a price and an index nobody could say which quote is good enough. */
function priceThere(state: State, market: Market, { mode, price, side }: SubmitRfq): boolean {
  if (mode !== RFQ_MODE.immediate || price !== undefined || indexEdgeTicks(state, market, side) > 0) return true;
  reject(state, 'priceMissing', { symbol: market.symbol });
  return false;
}

type Size = Pick<Rfq, 'sizeLots' | 'quoteSizeAtoms'>;

function admittedSize(state: State, market: Market, command: SubmitRfq): Size | undefined {
  const { quantity, quoteQuantity } = command;
  if (quantity !== undefined) {
    const sizeLots = admittedLots(state, market, quantity.digits, quantity.scale);
    return sizeLots < 0 ? undefined : { sizeLots, quoteSizeAtoms: 0 };
  }
  const { digits: quoteQuantityDigits, scale: quoteQuantityScale } = quoteQuantity as DecimalText;
  const quoteSizeAtoms = admittedQuoteAtoms(state, market, { quoteQuantityDigits, quoteQuantityScale });
  return quoteSizeAtoms < 0 ? undefined : { sizeLots: 0, quoteSizeAtoms };
}

/** The request as it would stand; undefined after a reject. */
function onGrid(state: State, market: Market, command: SubmitRfq): Rfq | undefined {
  const { clientId, side, mode, price } = command;
  if (price !== undefined && !pricesFit(state, market, [price])) return undefined;
  const size = admittedSize(state, market, command);
  if (size === undefined) return undefined;
  const priceTicks = price === undefined ? 0 : ticksOf(market, price.digits, price.scale);
  const { timeUs, accountId } = state.scope;
  const lendingFlags = lendingFlagsOf(command);
  const rfq: Rfq = {
    ...size,
    rfqId: state.lastOrderId + 1,
    accountId,
    marketId: market.marketId,
    clientId,
    side,
    priceTicks,
    mode,
    lendingFlags,
    createdUs: timeUs,
    ...timesFrom(market, timeUs),
    quotes: [],
  };
  const lots = priceTicks === 0 ? 0 : lotsAt(market, rfq, priceTicks);
  return priceTicks === 0 || lotsFit(state, market, lots, quantityText(market, lots)) ? rfq : undefined;
}

function timesFrom({ rfq }: Market, timeUs: TimeUs): Pick<Rfq, 'submissionUs' | 'expiryUs'> {
  const after = (milliseconds: number) => (timeUs + milliseconds * US_PER_MS) as TimeUs;
  return { submissionUs: after(rfq?.submissionMs ?? 0), expiryUs: after(rfq?.expiryMs ?? 0) };
}

function clientIdFree({ rfqs, scope }: State, clientId: number): boolean {
  return clientId < 0 || rfqs.byClientId(scope.accountId, clientId) === undefined;
}

function withinCounts(state: State, market: Market): boolean {
  const open = state.rfqs.ofAccount(state.scope.accountId).filter((rfq) => rfq.marketId === market.marketId).length;
  const limit = market.rfq?.maxRequestsPerAccount ?? 0;
  if (open < limit) return true;
  reject(state, 'rfqLimit', { open, limit });
  return false;
}

/** What the request gives at any price; 0 when only a quote can say it. */
function costAtAnyPrice({ filters }: Market, { side, sizeLots, quoteSizeAtoms }: Rfq): Atoms {
  if (side === SIDE.bid) return quoteSizeAtoms as Atoms;
  return baseAtoms(sizeLots as Lots, filters.baseAtomsPerLot);
}

/** At its price the whole trade must be possible now; without one, as much of it as is known. */
function moneyRefusal(state: State, market: Market, rfq: Rfq): Refusal | undefined {
  const fill = rfq.priceTicks === 0 ? undefined : fillAt(market, rfq, rfq.priceTicks);
  if (fill !== undefined) return partyRefusal(state, market, takerOf(rfq), fill);
  return fundsRefusal(state, market, takerOf(rfq), costAtAnyPrice(market, rfq));
}

function admits(state: State, market: Market, command: SubmitRfq): Rfq | undefined {
  const orderType = command.price === undefined ? ORDER_TYPE.market : ORDER_TYPE.limit;
  if (!marketAdmits(state, market, { orderType, postOnly: false })) return undefined;
  const problem = conflict(market, command);
  if (problem !== undefined) return void reject(state, 'parameterConflict', { problem });
  if (!priceThere(state, market, command)) return undefined;
  const rfq = onGrid(state, market, command);
  if (rfq === undefined) return undefined;
  const { clientId } = command;
  if (!clientIdFree(state, clientId)) return void reject(state, 'clientIdInUse', { clientId });
  if (!withinCounts(state, market)) return undefined;
  const refusal = moneyRefusal(state, market, rfq);
  return refusal === undefined ? rfq : void reject(state, refusal.reason, refusal.details);
}

export function submitRfq(state: State, command: SubmitRfq): void {
  const { rfqs, scope } = state;
  if (!mayAgree(state, scope.accountId)) return;
  const market = state.markets.bySymbol(command.symbol);
  if (market === undefined) return reject(state, 'marketUnknown', { symbol: command.symbol });
  const rfq = admits(state, market, command);
  if (rfq === undefined) return;
  state.lastOrderId = rfq.rfqId;
  rfqs.add(rfq);
  scope.emit?.({ kind: 'rfqOpened', rfq: rfqViewOf(rfq) });
}

export function cancelRfq(state: State, { rfqId, clientId }: CancelRfq): void {
  const rfq = ownRfq(state, rfqId, clientId);
  if (rfq !== undefined) closeRfq(state, rfq, ORDER_STATUS.cancelled);
}

/** Quotes that are there stay, and end when they would have ended. */
export function refreshRfq(state: State, { rfqId }: RefreshRfq): void {
  const rfq = ownRfq(state, rfqId, -1);
  if (rfq === undefined) return;
  const market = state.markets.get(rfq.marketId) as Market;
  if (!marketAdmits(state, market, PRICED)) return;
  const { submissionUs, expiryUs } = timesFrom(market, state.scope.timeUs);
  state.rfqs.setTimes(rfq, submissionUs, expiryUs);
  state.scope.emit?.({ kind: 'rfqRefreshed', rfq: rfqViewOf(rfq) });
}
