import { describe, expect, test } from 'vitest';
import { parseExpectedDepth } from '../../src/flow/lobster/expected-depth.js';
import { runLobster } from '../../src/flow/lobster/flow.js';
import { parseLobsterMessage } from '../../src/flow/lobster/messages.js';
import { parseOpeningOrder } from '../../src/flow/lobster/opening-orders.js';
import { identicalLeading, matchedInOrder } from '../../src/flow/lobster/touch-sequence.js';
import { noProgress } from '../../src/terminal/progress.js';
import { haveRecordings, recording } from './recordings.js';

describe('a LOBSTER message', () => {
  test('is read with its price in dollars and its time in microseconds', () => {
    expect(parseLobsterMessage('34200.004241176,1,16113575,18,5853300,1')).toMatchObject({
      timeUs: 34_200_004_241,
      type: 1,
      orderId: '16113575',
      sizeUnits: 1_800_000_000,
      priceUnits: 58_533_000_000,
      side: 0,
    });
  });

  test('names the side of the resting order, so −1 is an ask', () => {
    expect(parseLobsterMessage('34200,4,7,1,5859100,-1')?.side).toBe(1);
  });

  test.each([
    '',
    '34200,1,7,1,5859100',
    '34200,1,7,1,585.91,1',
    'time,type,id,size,price,direction',
    '34200,1,7,1,5859100,0',
  ])('is refused when the line is %j', (line) => {
    expect(parseLobsterMessage(line)).toBeUndefined();
  });
});

test('an opening order says side, price and size; what the row is based on does not matter', () => {
  const order = { orderId: '15826429', side: 1, priceUnits: 58_594_000_000, sizeUnits: 20_000_000_000 };
  expect(parseOpeningOrder('15826429,ask,5859400,200,visible')).toEqual(order);
  expect(parseOpeningOrder('15826429,ask,5859400,200')).toEqual(order);
  expect(parseOpeningOrder('15826429,sell,5859400,200')).toBeUndefined();
});

test('an expected book is the message followed by whole levels', () => {
  const row = parseExpectedDepth('34200.1,1,7,18,5853300,1,5859400,200,5853300,18');
  expect(row).toEqual({ message: '34200.1,1,7,18,5853300,1', levels: [5_859_400, 200, 5_853_300, 18] });
  expect(parseExpectedDepth('34200.1,1,7,18,5853300,1,5859400,200,5853300')).toBeUndefined();
});

test('states that only one sequence knows are passed over without losing the thread', () => {
  const expected = ['a', 'b', 'c', 'd', 'e'];
  expect(identicalLeading(['a', 'b', 'x', 'd'], expected)).toBe(2);
  expect(matchedInOrder(['a', 'b', 'x', 'd', 'e'], expected)).toBe(4);
  expect(matchedInOrder(['e', 'a', 'b'], expected)).toBe(1);
});

describe.skipIf(!haveRecordings)('an hour of Apple on Nasdaq', () => {
  const opening = recording('lobster_aapl_opening_orders.csv');

  test('leads to the books, the executions and the best prices that Nasdaq had', async () => {
    const report = await runLobster(
      {
        messages: recording('lobster_aapl_2012-06-21_0930-1030_messages_l50.csv.gz'),
        opening,
        expectDepth: recording('lobster_aapl_expected_depth10_first999.csv.gz'),
        expectBbo: recording('lobster_aapl_expected_bbo_fullday.csv.gz'),
      },
      { progress: noProgress },
    );
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.map(({ detail }) => detail).slice(0, 2)).toEqual([
      '999/999 books equal',
      '4067/4067 visible executions at the best price',
    ]);
    expect(report.figures).toMatchObject({
      added: 44_256,
      cancelsOfKnownIds: 41_459,
      cancelsOfUnknownIds: 14,
      'distinct bbo states': 23_439,
      'identical leading bbo states': 15_999,
    });
    expect(report.checks.find(({ name }) => name === 'bbo')?.detail).toMatch(/^23422\/23439 /);
  });

  test('compared with the books of another hour is a difference', async () => {
    const report = await runLobster(
      {
        messages: recording('lobster_aapl_expected_depth10_first999.csv.gz'),
        opening,
      },
      { progress: noProgress },
    ).catch((problem: Error) => problem);
    expect(report).toMatchObject({ name: 'MalformedLine', line: 1 });
  });
});
