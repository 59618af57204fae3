// What few orders carry: triggers, attached exits, slippage tolerance, borrowing and lending with the fill.
import { parseDecimal } from '@glasshouse/units';
import type { AttachedExit, DecimalText, OrderExtras, OrderIntent } from './commands.js';
import { BAD_VALUE, booleanOf } from './order-values.js';
import type { PairReader } from './signed-text.js';
import { TRIGGER_BY, type TriggerBy } from './vocabulary.js';

/** Stores the value; false when it is out of its set or no number. */
type SetExtra = (extras: OrderExtras, text: string) => boolean;

const TRIGGER_OF = new Map<string, TriggerBy>([
  ['LastPrice', TRIGGER_BY.last],
  ['MarkPrice', TRIGGER_BY.mark],
  ['IndexPrice', TRIGGER_BY.index],
]);

function positive(text: string): DecimalText | undefined {
  const decimal = parseDecimal(text);
  return decimal !== undefined && decimal.digits > 0 ? decimal : undefined;
}

/** `12.5` or `12.5%`. */
function quantityOrPercent(text: string): (DecimalText & { readonly percent: boolean }) | undefined {
  const percent = text.endsWith('%');
  const decimal = positive(percent ? text.slice(0, -1) : text);
  return decimal === undefined ? undefined : { ...decimal, percent };
}

type Flag = 'autoBorrow' | 'autoBorrowRepay' | 'autoLend' | 'autoLendRedeem';

function flag(name: Flag): SetExtra {
  return (extras, text) => {
    const value = booleanOf(text);
    if (value !== undefined) extras[name] = value;
    return value !== undefined;
  };
}

function setTriggerPrice(exit: { triggerPrice?: DecimalText }, text: string): boolean {
  const price = positive(text);
  if (price !== undefined) exit.triggerPrice = price;
  return price !== undefined;
}

function setTriggerBy(exit: { triggerBy?: TriggerBy }, text: string): boolean {
  const by = TRIGGER_OF.get(text);
  if (by !== undefined) exit.triggerBy = by;
  return by !== undefined;
}

function setLimitPrice(exit: AttachedExit, text: string): boolean {
  const price = positive(text);
  if (price !== undefined) exit.limitPrice = price;
  return price !== undefined;
}

function takeProfitOf(extras: OrderExtras): AttachedExit {
  extras.takeProfit ??= {};
  return extras.takeProfit;
}

function stopLossOf(extras: OrderExtras): AttachedExit {
  extras.stopLoss ??= {};
  return extras.stopLoss;
}

function setTriggerQuantity(extras: OrderExtras, text: string): boolean {
  const quantity = quantityOrPercent(text);
  if (quantity !== undefined) extras.triggerQuantity = quantity;
  return quantity !== undefined;
}

function setTolerance(extras: OrderExtras, text: string): boolean {
  const tolerance = positive(text);
  if (tolerance !== undefined) extras.slippageTolerance = { percent: true, ...extras.slippageTolerance, ...tolerance };
  return tolerance !== undefined;
}

const NO_TOLERANCE = { digits: 0, scale: 0 };

function setToleranceType(extras: OrderExtras, text: string): boolean {
  if (text !== 'TickSize' && text !== 'Percent') return false;
  extras.slippageTolerance = { ...NO_TOLERANCE, ...extras.slippageTolerance, percent: text === 'Percent' };
  return true;
}

/** The place among all parameters of an order says which bit marks it as seen: the first eleven are the plain ones. */
const FIRST_BIT = 11;
const EXTRAS: readonly (readonly [key: string, set: SetExtra])[] = [
  ['autoBorrow', flag('autoBorrow')],
  ['autoBorrowRepay', flag('autoBorrowRepay')],
  ['autoLend', flag('autoLend')],
  ['autoLendRedeem', flag('autoLendRedeem')],
  ['triggerPrice', setTriggerPrice],
  ['triggerBy', setTriggerBy],
  ['triggerQuantity', setTriggerQuantity],
  ['takeProfitTriggerPrice', (extras, text) => setTriggerPrice(takeProfitOf(extras), text)],
  ['takeProfitTriggerBy', (extras, text) => setTriggerBy(takeProfitOf(extras), text)],
  ['takeProfitLimitPrice', (extras, text) => setLimitPrice(takeProfitOf(extras), text)],
  ['stopLossTriggerPrice', (extras, text) => setTriggerPrice(stopLossOf(extras), text)],
  ['stopLossTriggerBy', (extras, text) => setTriggerBy(stopLossOf(extras), text)],
  ['stopLossLimitPrice', (extras, text) => setLimitPrice(stopLossOf(extras), text)],
  ['slippageTolerance', setTolerance],
  ['slippageToleranceType', setToleranceType],
];

const BY_KEY = new Map(EXTRAS.map(([key, set], place) => [key, { bit: 1 << (FIRST_BIT + place), set }]));

/** Stores a rare parameter: its bit, 0 for one that means nothing here, or BAD_VALUE. */
export function setExtra(intent: OrderIntent, key: string, reader: PairReader): number {
  const extra = BY_KEY.get(key);
  if (extra === undefined) return 0;
  intent.extras ??= {};
  return extra.set(intent.extras, reader.decodedValue()) ? extra.bit : BAD_VALUE;
}
