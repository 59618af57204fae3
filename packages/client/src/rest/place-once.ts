// An order whose reply is lost is neither lost nor doubled.
// The same signed bytes are sent again: the exchange carries one signature out at most once, so a repetition can only bring the
// lost reply or the news that the first one arrived. Then the order is looked up by its client id. Once the signature has
// expired and no such order exists, it is certain that there is none.
import { setTimeout as sleep } from 'node:timers/promises';
import { ERRORS, type Order, type OrderExecutePayload, type OrderType } from '@glasshouse/api';
import { ExchangeError } from '../errors.js';
import type { Connection, SealedRequest } from './connection.js';
import { liveOrderOf } from './order-history.js';

export type IdentifiedOrder = OrderExecutePayload & { readonly clientId: number };

/** History follows the log with a small delay; the search goes on so long after the signature's end. */
const GRACE_MS = 500;
const LOOKUP_ROWS = 200;

function alreadyArrived(error: ExchangeError): boolean {
  const texts = [ERRORS.requestReplayed.message, ERRORS.clientIdInUse.message];
  return texts.some((text) => error.reason.includes(text));
}

function expired(error: ExchangeError): boolean {
  return error.reason.includes(ERRORS.requestExpired.message);
}

/** An earlier order may carry the same client id: only one made since the signature is this one. */
async function openOrder(
  connection: Connection,
  order: IdentifiedOrder,
  sinceMs: number,
): Promise<OrderType | undefined> {
  try {
    const params = { symbol: order.symbol, clientId: order.clientId };
    const found = (await connection.call('order', params)) as OrderType;
    return found.createdAt >= sinceMs ? found : undefined;
  } catch (error) {
    if (error instanceof ExchangeError && error.code === 'RESOURCE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function finishedOrder(
  connection: Connection,
  order: IdentifiedOrder,
  sinceMs: number,
): Promise<OrderType | undefined> {
  const params = { symbol: order.symbol, limit: LOOKUP_ROWS };
  const rows = (await connection.call('orderHistory', params)) as readonly Order[];
  const row = rows.find((candidate) => candidate.clientId === order.clientId && createdMs(candidate) >= sinceMs);
  return row === undefined ? undefined : liveOrderOf(row);
}

function createdMs(order: Order): number {
  return Date.parse(`${order.createdAt}Z`);
}

async function lookUp(connection: Connection, order: IdentifiedOrder, request: SealedRequest): Promise<OrderType> {
  // The exchange's clock is known to within a round trip.
  const sinceMs = request.timestampMs - GRACE_MS;
  for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, GRACE_MS)) {
    const final = connection.clock.nowMs() > request.expiresMs + GRACE_MS;
    const found = (await openOrder(connection, order, sinceMs)) ?? (await finishedOrder(connection, order, sinceMs));
    if (found !== undefined) return found;
    if (final) throw notPlaced();
    await sleep(delayMs);
  }
}

function notPlaced(): ExchangeError {
  const reason = 'the reply was lost, and the exchange has no such order';
  return new ExchangeError('placeOrder', reason, { code: 'NOT_PLACED', status: 0 });
}

/** What to do after a failed attempt: give the error to the caller, send the same bytes again, or look the order up. */
function nextStep(error: unknown, attempts: number): 'throw' | 'repeat' | 'lookUp' {
  if (!(error instanceof ExchangeError)) return 'throw';
  if (error.outcomeUnknown) return 'repeat';
  if (attempts === 1) return 'throw';
  if (error.status === 429) return 'repeat';
  return alreadyArrived(error) || expired(error) ? 'lookUp' : 'throw';
}

async function placeSealed(connection: Connection, order: IdentifiedOrder): Promise<OrderType> {
  const request = await connection.seal('placeOrder', order);
  for (let attempts = 1; ; attempts += 1) {
    try {
      return (await connection.sendSealed(request)) as OrderType;
    } catch (error) {
      const step = nextStep(error, attempts);
      if (step === 'throw') throw error;
      if (step === 'lookUp' || connection.clock.nowMs() > request.expiresMs) return lookUp(connection, order, request);
      await sleep(Math.min(50 * 2 ** attempts, 1_000));
    }
  }
}

export function placeOnce(connection: Connection, order: IdentifiedOrder): Promise<OrderType> {
  return connection.patiently(() => placeSealed(connection, order), false);
}
