import { describe, expect, test } from 'vitest';
import { INSTRUCTION, ORDER_TYPE, SELF_TRADE_PREVENTION, SIDE, TIME_IN_FORCE } from '../src/index.js';
import { commandIn } from './signed.js';

const LEAST = 'duration=60000&interval=10000&side=Ask&strategyType=Scheduled&symbol=A_B';

const strategy = (pairs: string) => commandIn(`instruction=${INSTRUCTION.createStrategy}&${pairs}`);

describe('a strategy', () => {
  test('without a price sells at market', () => {
    expect(strategy(`${LEAST}&quantity=1.50`)).toMatchObject({
      kind: 'createStrategy',
      clientStrategyId: -1,
      durationMs: 60_000,
      intervalMs: 10_000,
      randomized: false,
      terms: {
        symbol: 'A_B',
        side: SIDE.ask,
        orderType: ORDER_TYPE.market,
        quantityDigits: 15,
        quantityScale: 1,
        priceDigits: -1,
        clientId: -1,
      },
    });
  });

  test('has terms as an order has them', () => {
    const terms =
      'autoBorrow=true&clientStrategyId=7&postOnly=true&price=9.5&randomizedIntervalQuantity=true&selfTradePrevention=RejectBoth&timeInForce=GTC';
    expect(strategy(`${LEAST}&${terms}`)).toMatchObject({
      clientStrategyId: 7,
      randomized: true,
      terms: {
        orderType: ORDER_TYPE.limit,
        priceDigits: 95,
        postOnly: true,
        timeInForce: TIME_IN_FORCE.goodTillCancelled,
        selfTradePrevention: SELF_TRADE_PREVENTION.rejectBoth,
        extras: { autoBorrow: true },
      },
    });
  });

  test('takes no notice of what only orders have', () => {
    const only = 'clientId=3&quoteQuantity=5&takeProfitTriggerPrice=9&triggerPrice=4&triggerQuantity=1';
    const { terms } = strategy(`${LEAST}&${only}`) as { terms: object };
    expect(terms).toMatchObject({ clientId: -1, quoteQuantityDigits: -1, extras: undefined });
  });

  test.each(['duration', 'interval', 'side', 'strategyType', 'symbol'])('has to say its %s', (field) => {
    const rest = LEAST.split('&').filter((pair) => !pair.startsWith(field));
    const text = `instruction=${INSTRUCTION.createStrategy}&${rest.join('&')}`;
    expect(commandIn(text)).toBe(`${field}: missing`);
  });

  test.each([
    ['duration=1', 'given twice', 'duration'],
    ['randomizedIntervalQuantity=often', 'invalid value', 'randomizedIntervalQuantity'],
    ['clientStrategyId=4294967296', 'invalid value', 'clientStrategyId'],
    ['price=ten', 'invalid value', 'price'],
    ['instruction=strategyCreate', 'given twice', 'instruction'],
  ])('is refused with %s', (pair, problem, field) => {
    expect(strategy(`${LEAST}&${pair}`)).toBe(`${field}: ${problem}`);
  });

  test('of another type is refused', () => {
    expect(strategy(LEAST.replace('Scheduled', 'Grid'))).toBe('strategyType: invalid value');
  });
});

describe('taking strategies back', () => {
  test.each([
    ['strategyId=5', { strategyId: 5, clientStrategyId: -1 }],
    ['clientStrategyId=0', { strategyId: -1, clientStrategyId: 0 }],
  ])('names one of two ids: %s', (id, expected) => {
    const command = commandIn(`instruction=${INSTRUCTION.cancelStrategy}&${id}&symbol=A_B`);
    expect(command).toEqual({ kind: 'cancelStrategy', symbol: 'A_B', ...expected });
  });

  test.each(['', 'clientStrategyId=1&strategyId=2&'])('with "%s" is refused', (ids) => {
    expect(commandIn(`instruction=${INSTRUCTION.cancelStrategy}&${ids}symbol=A_B`)).toBe(
      'strategyId: give exactly one of strategyId and clientStrategyId',
    );
  });

  test('all of a market names no other type than there is', () => {
    const all = (pairs: string) => `instruction=${INSTRUCTION.cancelAllStrategies}&${pairs}`;
    expect(commandIn(all('strategyType=Scheduled&symbol=A_B'))).toEqual({ kind: 'cancelAllStrategies', symbol: 'A_B' });
    expect(commandIn(all('strategyType=Grid&symbol=A_B'))).toBe('strategyType: not Scheduled');
  });
});
