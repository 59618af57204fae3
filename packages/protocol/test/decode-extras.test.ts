import { describe, expect, test } from 'vitest';
import { type OrderExtras, type OrderIntent, TRIGGER_BY } from '../src/index.js';
import { commandIn } from './signed.js';

const MINIMUM = 'instruction=orderExecute&orderType=Limit&side=Bid&symbol=SOL_USDC';
const FORTY_TWO = { digits: 425, scale: 1 };

function ordersIn(text: string): readonly OrderIntent[] {
  const command = commandIn(text);
  if (typeof command === 'string' || command.kind !== 'placeOrders') throw new Error(`no order: ${String(command)}`);
  return command.orders;
}

const extrasIn = (parameters: string): OrderExtras | undefined => ordersIn(`${MINIMUM}&${parameters}`)[0]?.extras;

describe('every rare parameter of an order', () => {
  test.each<[string, OrderExtras]>([
    ['autoBorrow=true', { autoBorrow: true }],
    ['autoBorrow=False', { autoBorrow: false }],
    ['autoBorrowRepay=True', { autoBorrowRepay: true }],
    ['autoLend=false', { autoLend: false }],
    ['autoLendRedeem=true', { autoLendRedeem: true }],
    ['triggerPrice=42.50', { triggerPrice: FORTY_TWO }],
    ['triggerPrice=42%2E5', { triggerPrice: FORTY_TWO }],
    ['triggerBy=LastPrice', { triggerBy: TRIGGER_BY.last }],
    ['triggerBy=MarkPrice', { triggerBy: TRIGGER_BY.mark }],
    ['triggerBy=IndexPrice', { triggerBy: TRIGGER_BY.index }],
    ['triggerQuantity=42.5', { triggerQuantity: { ...FORTY_TWO, percent: false } }],
    ['triggerQuantity=42.5%', { triggerQuantity: { ...FORTY_TWO, percent: true } }],
    ['triggerQuantity=42.5%25', { triggerQuantity: { ...FORTY_TWO, percent: true } }],
    ['takeProfitTriggerPrice=42.5', { takeProfit: { triggerPrice: FORTY_TWO } }],
    ['takeProfitTriggerBy=MarkPrice', { takeProfit: { triggerBy: TRIGGER_BY.mark } }],
    ['takeProfitLimitPrice=42.5', { takeProfit: { limitPrice: FORTY_TWO } }],
    ['stopLossTriggerPrice=42.5', { stopLoss: { triggerPrice: FORTY_TWO } }],
    ['stopLossTriggerBy=IndexPrice', { stopLoss: { triggerBy: TRIGGER_BY.index } }],
    ['stopLossLimitPrice=42.5', { stopLoss: { limitPrice: FORTY_TWO } }],
    ['slippageTolerance=42.5', { slippageTolerance: { ...FORTY_TWO, percent: true } }],
    ['slippageTolerance=42.5&slippageToleranceType=Percent', { slippageTolerance: { ...FORTY_TWO, percent: true } }],
    ['slippageTolerance=42.5&slippageToleranceType=TickSize', { slippageTolerance: { ...FORTY_TWO, percent: false } }],
    ['slippageToleranceType=TickSize&slippageTolerance=42.5', { slippageTolerance: { ...FORTY_TWO, percent: false } }],
    ['slippageToleranceType=Percent', { slippageTolerance: { digits: 0, scale: 0, percent: true } }],
  ])('%s', (parameters, extras) => {
    expect(extrasIn(parameters)).toEqual(extras);
  });

  test('the parts of both exits come together, in any order', () => {
    const parts = [
      'takeProfitTriggerPrice=110',
      'stopLossTriggerPrice=90',
      'takeProfitLimitPrice=109',
      'stopLossTriggerBy=MarkPrice',
      'takeProfitTriggerBy=LastPrice',
      'stopLossLimitPrice=89',
    ];
    const exits = {
      takeProfit: {
        triggerPrice: { digits: 110, scale: 0 },
        limitPrice: { digits: 109, scale: 0 },
        triggerBy: TRIGGER_BY.last,
      },
      stopLoss: {
        triggerPrice: { digits: 90, scale: 0 },
        limitPrice: { digits: 89, scale: 0 },
        triggerBy: TRIGGER_BY.mark,
      },
    };
    expect(extrasIn(parts.join('&'))).toEqual(exits);
    expect(extrasIn(parts.toReversed().join('&'))).toEqual(exits);
  });

  test('an order of a batch has its own', () => {
    const orders = ordersIn(`${MINIMUM}&triggerPrice=1&${MINIMUM}&${MINIMUM}&autoLend=true`);
    expect(orders.map(({ extras }) => extras)).toEqual([
      { triggerPrice: { digits: 1, scale: 0 } },
      undefined,
      { autoLend: true },
    ]);
  });
});

const DECIMALS = [
  'triggerPrice',
  'triggerQuantity',
  'takeProfitTriggerPrice',
  'takeProfitLimitPrice',
  'stopLossTriggerPrice',
  'stopLossLimitPrice',
  'slippageTolerance',
];
const FLAGS = ['autoBorrow', 'autoBorrowRepay', 'autoLend', 'autoLendRedeem'];
const PRICES = ['triggerBy', 'takeProfitTriggerBy', 'stopLossTriggerBy'];

describe('a rare parameter with a bad value names itself', () => {
  const bad = (keys: readonly string[], values: readonly string[]) =>
    keys.flatMap((key) => values.map((value): [string, string] => [key, value]));
  test.each<[string, string]>([
    ...bad(DECIMALS, ['', '0', '0.0', '-1', '+1', '1e5', '.5', '5.', '1,5', 'NaN', '9007199254740993', '%', '1%%']),
    ...bad(DECIMALS.slice(3), ['5%']),
    ...bad(FLAGS, ['', '1', 'TRUE', 'yes']),
    ...bad(PRICES, ['', 'Mark', 'markPrice', 'Price']),
    ...bad(['slippageToleranceType'], ['', 'Ticks', 'percent']),
    ['triggerQuantity', '%5'],
    ['triggerPrice', '50%'],
  ])('%s=%s', (key, value) => {
    expect(commandIn(`${MINIMUM}&${key}=${value}`)).toBe(`${key}: invalid value`);
  });
});

test.each([
  ...DECIMALS.map((key) => [key, '5'] as const),
  ...FLAGS.map((key) => [key, 'true'] as const),
  ...PRICES.map((key) => [key, 'LastPrice'] as const),
  ['slippageToleranceType', 'Percent'] as const,
])('%s given twice, even with the same value', (key, value) => {
  expect(commandIn(`${MINIMUM}&${key}=${value}&reduceOnly=true&${key}=${value}`)).toBe(`${key}: given twice`);
});

test('what an escape hides must be printable too', () => {
  expect(commandIn(`${MINIMUM}&triggerPrice=1%00`)).toBe('payload: not printable ASCII');
  expect(commandIn(`${MINIMUM}&slippageToleranceType=%C3%BC`)).toBe('payload: not printable ASCII');
});
