// A strategy's text: the terms that all its slices share, as an order has them, and its schedule.
import type { CreateStrategy, MalformedCommand } from './commands.js';
import { clientIdAt, emptyIntent, SEEN, setOrderField } from './decode-order.js';
import { unsignedInteger } from './number-text.js';
import { BAD_VALUE, booleanOf } from './order-values.js';
import type { PairReader } from './signed-text.js';
import { ORDER_TYPE } from './vocabulary.js';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
export type StrategyDraft = Writable<CreateStrategy>;

/** Above the bits of an order's parameters. */
const SEEN_HERE = {
  strategyType: 1 << 26,
  clientStrategyId: 1 << 27,
  duration: 1 << 28,
  interval: 1 << 29,
  randomizedIntervalQuantity: 1 << 30,
} as const;

const TERMS = new Set([
  'symbol',
  'side',
  'price',
  'quantity',
  'timeInForce',
  'postOnly',
  'selfTradePrevention',
  'reduceOnly',
  'autoBorrow',
  'autoBorrowRepay',
  'autoLend',
  'autoLendRedeem',
  'slippageTolerance',
  'slippageToleranceType',
]);

const REQUIRED: readonly (readonly [field: string, bit: number])[] = [
  ['symbol', SEEN.symbol],
  ['side', SEEN.side],
  ['strategyType', SEEN_HERE.strategyType],
  ['duration', SEEN_HERE.duration],
  ['interval', SEEN_HERE.interval],
];

export function emptyStrategy(): StrategyDraft {
  return {
    kind: 'createStrategy',
    clientStrategyId: -1,
    terms: emptyIntent(),
    durationMs: 0,
    intervalMs: 0,
    randomized: false,
  };
}

/** Stores the pair: its bit, 0 for one that means nothing here, or BAD_VALUE. */
export function setStrategyField(strategy: StrategyDraft, key: string, reader: PairReader): number {
  const integer = () => unsignedInteger(reader.bytes, reader.valueStart, reader.valueEnd);
  switch (key) {
    case 'strategyType':
      return reader.value() === 'Scheduled' ? SEEN_HERE.strategyType : BAD_VALUE;
    case 'clientStrategyId':
      strategy.clientStrategyId = clientIdAt(reader);
      return strategy.clientStrategyId < 0 ? BAD_VALUE : SEEN_HERE.clientStrategyId;
    case 'duration':
      strategy.durationMs = integer();
      return strategy.durationMs < 0 ? BAD_VALUE : SEEN_HERE.duration;
    case 'interval':
      strategy.intervalMs = integer();
      return strategy.intervalMs < 0 ? BAD_VALUE : SEEN_HERE.interval;
    case 'randomizedIntervalQuantity': {
      const value = booleanOf(reader.value());
      strategy.randomized = value === true;
      return value === undefined ? BAD_VALUE : SEEN_HERE.randomizedIntervalQuantity;
    }
    default:
      return TERMS.has(key) ? setOrderField(strategy.terms, key, reader) : 0;
  }
}

/** Slices with a price are limit orders, all others market orders. */
export function closeStrategy(strategy: StrategyDraft, seen: number): MalformedCommand | undefined {
  const missing = REQUIRED.find(([, bit]) => (seen & bit) === 0);
  if (missing !== undefined) return { malformed: 'missing', field: missing[0] };
  strategy.terms.orderType = (seen & SEEN.price) === 0 ? ORDER_TYPE.market : ORDER_TYPE.limit;
  return undefined;
}
